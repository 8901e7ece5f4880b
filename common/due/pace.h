// How long work goes on beside calls.
#pragma once

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace puente::due {

// Has work that is long take half of the time at most. A lower priority does not do: calls lose a
// fifth of their rate to a thread that only gets what they leave, since no processor rests then and
// each wake-up has to interrupt another (`growth.demand.reads`).
class Pace {
 public:
  // To be called often: rests for as long as was worked, once that is long enough.
  void Rest() {
    const absl::Duration worked = absl::Now() - since_;
    if (worked < kEnough) return;
    absl::SleepFor(worked);
    since_ = absl::Now();
  }

 private:
  static constexpr absl::Duration kEnough = absl::Milliseconds(10);
  absl::Time since_ = absl::Now();
};

}  // namespace puente::due
