#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "modules/education/persons/lookups.h"

namespace puente::education {

// Lives as long as the host serves them.
class ServedPersons {
 public:
  ServedPersons(calls::Host& host, due::Scheduler& due);
  ServedPersons(const ServedPersons&) = delete;
  ServedPersons& operator=(const ServedPersons&) = delete;

 private:
  LookUps lookups_;
};

}  // namespace puente::education
