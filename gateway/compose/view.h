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

// Up to when a view is worked on.
inline absl::Time DeadlineOf(const Call& call) {
  return call.own_deadline ? call.deadline : std::min(call.deadline, call.start + kDefaultDeadline);
}

// Runs the plan for a call; what it needs to know is in `request`, which is the call's or made of
// it. `then`: Given(Results), pure, on any thread. The plan must live for ever.
template <class Request, class Given, class Fn>
void RunView(Executor& executor, const Plan& plan, const google::protobuf::Message& request,
             std::shared_ptr<calls::Composition<Request, Given>> composition, Fn then) {
  Call call = composition->call();
  call.deadline = DeadlineOf(call);
  Cancel cancel =
      executor.Run(plan, request, call, [composition, then](absl::StatusOr<Results> results) {
        if (!results.ok()) return composition->Done(std::move(results).status());
        composition->Done(then(*std::move(results)));
      });
  composition->WhenAbandoned(std::move(cancel));
}

// Answers a call with the view. compose_answer: Answer(const Results&), pure. The plan must live
// for ever.
template <class Request, class Answer, class Fn>
void AnswerView(Executor& executor, const Plan& plan,
                std::shared_ptr<calls::Composition<Request, Answer>> composition,
                Fn compose_answer) {
  const Request& request = composition->request();
  RunView(executor, plan, request, std::move(composition), std::move(compose_answer));
}

}  // namespace puente::compose
