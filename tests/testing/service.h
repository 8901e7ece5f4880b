// Services of which a test answers only a part.
#pragma once

#include "common/calls/service.h"

namespace puente::testing {

// Every method that has no function yet: unary ones answer with an error, streams are not called.
inline void AnswerTheRest(calls::Service& service) {
  for (int i = 0; i < service.descriptor().method_count(); ++i) {
    const auto& method = *service.descriptor().method(i);
    calls::Method& found = *service.Find(method.name());
    if (service.Answers(found)) continue;
    if (method.client_streaming()) {
      service.Upload(found, [] { return nullptr; });
      continue;
    }
    if (method.server_streaming()) {
      service.Stream(found, [](const calls::Message&) { return nullptr; });
      continue;
    }
    service.Read(found,
                 [](const Call&, sql::Session*, const calls::Message&,
                    calls::Message&) -> absl::StatusOr<OwnerProof> {
                   return absl::UnimplementedError("not of this test");
                 });
  }
}

}  // namespace puente::testing
