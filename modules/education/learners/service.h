#pragma once

#include "common/calls/host.h"
#include "common/resource/record_writer.h"
#include "modules/education/persons/lookups.h"

namespace puente::education {

// Lives as long as the host serves them.
class ServedLearners {
 public:
  explicit ServedLearners(calls::Host& host);
  ServedLearners(const ServedLearners&) = delete;
  ServedLearners& operator=(const ServedLearners&) = delete;

  const resource::RecordWriter& writer() const { return writer_; }

 private:
  LookUps lookups_;
  const resource::RecordWriter writer_;
};

}  // namespace puente::education
