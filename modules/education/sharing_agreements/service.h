// puente.education.v1.SharingAgreementService, and the due work that ends agreements.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "common/resource/record_writer.h"

namespace puente::education {

class ServedSharingAgreements {
 public:
  // It must outlive the server.
  ServedSharingAgreements(calls::Host& host, due::Scheduler& due);

 private:
  const resource::RecordWriter writer_;
};

}  // namespace puente::education
