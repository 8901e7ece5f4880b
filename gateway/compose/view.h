// How a service answers with a view: one line a method.
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "common/rpc/compose.h"
#include "gateway/compose/executor.h"

namespace puente::compose {

// For callers that set no deadline.
inline constexpr absl::Duration kDefaultDeadline = absl::Seconds(2);

// compose_answer: Answer(const Results&), pure. The plan must live for ever.
template <class Request, class Answer, class Fn>
grpc::ServerUnaryReactor* View(rpc::Host& host, Executor& executor,
                               grpc::CallbackServerContext* context, const Request* request,
                               Answer* answer, const Plan& plan, Fn compose_answer) {
  using Composition = rpc::Composition<Request, Answer>;
  const bool no_deadline = context->deadline() == std::chrono::system_clock::time_point::max();
  return rpc::Compose(
      host, context, request, answer,
      [&executor, &plan, compose_answer, no_deadline](std::shared_ptr<Composition> composition) {
        Call call = composition->call();
        if (no_deadline) call.deadline = std::min(call.deadline, call.start + kDefaultDeadline);
        Cancel cancel =
            executor.Run(plan, composition->request(), call,
                         [composition, compose_answer](absl::StatusOr<Results> results) {
                           if (!results.ok()) return composition->Done(std::move(results).status());
                           composition->Done(compose_answer(*results));
                         });
        composition->WhenAbandoned(std::move(cancel));
      });
}

}  // namespace puente::compose
