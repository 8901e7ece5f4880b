// How long work goes on beside calls.
#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace puente::due {

// Has work that is long take half of the time at most. A lower priority does not do: calls lose a
// fifth of their rate to a thread that only gets what they leave, since no processor rests then and
// each wake-up has to interrupt another (`growth.demand.reads`).
class Pace {
 public:
  // To be called often: rests for as long as was worked, once that is long enough.
  void Rest() {
    const Clock::duration worked = Clock::now() - since_;
    if (worked < kEnough) return;
    std::this_thread::sleep_for(std::min<Clock::duration>(worked, kLongest));
    since_ = Clock::now();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kEnough{10};
  // A wait for the database, or of a machine that stood still, is no work.
  static constexpr std::chrono::seconds kLongest{1};
  Clock::time_point since_ = Clock::now();
};

}  // namespace puente::due
