// puente.education.v1.FacilityBookingService.
#pragma once

#include "common/calls/host.h"
#include "common/resource/record_writer.h"

namespace puente::education {

class ServedFacilityBookings {
 public:
  // It must outlive the server.
  explicit ServedFacilityBookings(calls::Host& host);

  const resource::RecordWriter& writer() const { return writer_; }

 private:
  const resource::RecordWriter writer_;
};

}  // namespace puente::education
