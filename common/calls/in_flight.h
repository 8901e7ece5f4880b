// The calls of a host that are in flight.
#pragma once

#include <atomic>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace puente::calls {

// Shared by the host and its calls: the last reference to a call may be dropped by a timer of
// gRPC's after the host has gone.
class InFlight {
 public:
  void Begin() { ++calls_; }
  void End() {
    if (--calls_ == 0 && draining_) absl::MutexLock wakes(&mutex_);
  }

  // For good.
  void StartDraining() { draining_ = true; }
  bool draining() const { return draining_; }
  // Waits until no call is in flight, so long at most. After StartDraining().
  void Await(absl::Duration limit) {
    const auto none = [this] { return calls_ == 0; };
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&none), limit);
  }

 private:
  std::atomic<bool> draining_ = false;
  std::atomic<int64_t> calls_ = 0;
  absl::Mutex mutex_;  // who waits looks again whenever it is unlocked
};

}  // namespace puente::calls
