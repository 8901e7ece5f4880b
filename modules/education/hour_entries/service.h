// puente.education.v1.HourEntryService.
#pragma once

#include "common/calls/host.h"
#include "common/resource/record_writer.h"

namespace puente::education {

class ServedHourEntries {
 public:
  // It must outlive the server.
  explicit ServedHourEntries(calls::Host& host);
  ServedHourEntries(const ServedHourEntries&) = delete;
  ServedHourEntries& operator=(const ServedHourEntries&) = delete;

  const resource::RecordWriter& writer() const { return writer_; }

 private:
  const resource::RecordWriter writer_;
};

}  // namespace puente::education
