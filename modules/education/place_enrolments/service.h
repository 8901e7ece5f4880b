// puente.education.v1.PlaceEnrolmentService.
#pragma once

#include "common/calls/host.h"
#include "common/resource/record_writer.h"

namespace puente::education {

class ServedPlaceEnrolments {
 public:
  // It must outlive the server.
  explicit ServedPlaceEnrolments(calls::Host& host);

 private:
  const resource::RecordWriter writer_;
};

}  // namespace puente::education
