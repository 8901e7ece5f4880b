// Time as a parameter.
#pragma once

#include "absl/time/civil_time.h"
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
// The day of legal dates: that of Mexico City.
absl::CivilDay LegalDay(absl::Time time);
// When a legal day begins.
absl::Time StartOf(absl::CivilDay day);

}  // namespace puente
