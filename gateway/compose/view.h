// How a service answers with a view.
#pragma once

#include <algorithm>
#include <memory>
#include <utility>

#include "common/calls/compose.h"
#include "gateway/compose/executor.h"

namespace puente::compose {

// For callers that set no deadline.
inline constexpr absl::Duration kDefaultDeadline = absl::Seconds(2);

// Runs the plan for a call. compose_answer: Answer(const Results&), pure. The plan must live for
// ever.
template <class Request, class Answer, class Fn>
void AnswerView(Executor& executor, const Plan& plan,
                std::shared_ptr<calls::Composition<Request, Answer>> composition,
                Fn compose_answer) {
  Call call = composition->call();
  if (!call.own_deadline) call.deadline = std::min(call.deadline, call.start + kDefaultDeadline);
  Cancel cancel = executor.Run(plan, composition->request(), call,
                               [composition, compose_answer](absl::StatusOr<Results> results) {
                                 if (!results.ok())
                                   return composition->Done(std::move(results).status());
                                 composition->Done(compose_answer(*results));
                               });
  composition->WhenAbandoned(std::move(cancel));
}

}  // namespace puente::compose
