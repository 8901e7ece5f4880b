// Services of which a test answers only a part.
#pragma once

#include "common/rpc/service.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::testing {

// Every method that has no function yet: unary ones answer with an error, uploads are not called.
inline void AnswerTheRest(rpc::Service& service) {
  for (int i = 0; i < service.descriptor().method_count(); ++i) {
    const auto& method = *service.descriptor().method(i);
    rpc::Method& found = *service.Find(method.name());
    if (service.Answers(found)) continue;
    if (method.client_streaming()) {
      service.Upload<labor::v1::LoadVacanciesRequest, labor::v1::LoadVacanciesResponse>(
          [] { return nullptr; });
      continue;
    }
    const absl::Status unanswered = absl::UnimplementedError("not of this test");
    if (found.access.has_owners()) {  // which only a mutation can check
      service.Mutate(found, [=](const auto&...) { return unanswered; });
    } else {
      service.Read(found, [=](const auto&...) { return unanswered; });
    }
  }
}

}  // namespace puente::testing
