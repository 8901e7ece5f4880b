// Waiting for a condition, never for a time.
#pragma once

#include <functional>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace puente::testing {

// Whether the condition came to hold. The limit is for a test that fails: far more than the slowest
// machine needs.
inline bool Becomes(const std::function<bool()>& condition,
                    absl::Duration limit = absl::Seconds(20)) {
  for (const absl::Time give_up = absl::Now() + limit; absl::Now() < give_up;) {
    if (condition()) return true;
    absl::SleepFor(absl::Milliseconds(1));
  }
  return condition();
}

}  // namespace puente::testing
