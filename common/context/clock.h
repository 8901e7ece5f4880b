// Time as a parameter.
#pragma once

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace puente {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
  // The system's clock.
  static const Clock& System();
};

// The zone of legal dates.
absl::TimeZone MexicoCity();

}  // namespace puente
