// puente.education.v1.DualAgreementService, and the due work that ends agreements.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "common/resource/record_writer.h"

namespace puente::education {

class ServedDualAgreements {
 public:
  // It must outlive the server.
  ServedDualAgreements(calls::Host& host, due::Scheduler& due);
  ServedDualAgreements(const ServedDualAgreements&) = delete;
  ServedDualAgreements& operator=(const ServedDualAgreements&) = delete;

 private:
  const resource::RecordWriter writer_;
};

}  // namespace puente::education
