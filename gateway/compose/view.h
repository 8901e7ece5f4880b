// How a service answers with a view: one line a method.
#pragma once

#include <memory>
#include <utility>

#include "common/rpc/compose.h"
#include "gateway/compose/executor.h"

namespace puente::compose {

// compose_answer: Answer(const Results&), pure. The plan must live for ever.
template <class Request, class Answer, class Fn>
grpc::ServerUnaryReactor* View(rpc::Host& host, Executor& executor,
                               grpc::CallbackServerContext* context, const Request* request,
                               Answer* answer, const Plan& plan, Fn compose_answer) {
  using Composition = rpc::Composition<Request, Answer>;
  return rpc::Compose(host, context, request, answer,
                      [&executor, &plan, compose_answer](std::shared_ptr<Composition> composition) {
                        Cancel cancel = executor.Run(
                            plan, composition->request(), composition->call(),
                            [composition, compose_answer](absl::StatusOr<Results> results) {
                              if (!results.ok())
                                return composition->Done(std::move(results).status());
                              composition->Done(compose_answer(*results));
                            });
                        composition->WhenAbandoned(std::move(cancel));
                      });
}

}  // namespace puente::compose
