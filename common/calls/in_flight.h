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
  void Begin() {
    ++open_;
    ++calls_;
  }
  void Answered() { Less(open_); }
  void End() { Less(calls_); }

  // For good.
  void StartDraining() { draining_ = true; }
  bool draining() const { return draining_; }
  // Wait so long at most, after StartDraining(): until each call has been answered;
  void AwaitAnswered(absl::Duration limit) { AwaitNone(open_, limit); }
  // until each has gone. One whose caller does not take its answer, or whose body runs on though
  // its caller has gone, may stay for long.
  void AwaitGone(absl::Duration limit) { AwaitNone(calls_, limit); }

 private:
  void Less(std::atomic<int64_t>& count) {
    if (--count == 0 && draining_) absl::MutexLock wakes(&mutex_);
  }
  void AwaitNone(const std::atomic<int64_t>& count, absl::Duration limit) {
    const auto none = [&count] { return count == 0; };
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&none), limit);
  }

  std::atomic<bool> draining_ = false;
  std::atomic<int64_t> open_ = 0;   // not answered yet
  std::atomic<int64_t> calls_ = 0;  // those, and answered ones that have not gone
  absl::Mutex mutex_;               // who waits looks again whenever it is unlocked
};

}  // namespace puente::calls
