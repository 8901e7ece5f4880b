// Whether something answers, known without waiting for it.
#pragma once

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace puente::serving {

// Asks on a thread of its own, again and again.
class Probe {
 public:
  struct Options {
    std::function<absl::Status()> ask;
    absl::Duration pause;     // between an answer and the next question
    absl::Duration fresh;     // how long an answer counts
    absl::Status unanswered;  // what counts without one
  };

  explicit Probe(Options options);
  ~Probe();  // waits for a question that is being asked
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  absl::Status status() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Loop();

  const Options options_;
  mutable absl::Mutex mutex_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status last_ ABSL_GUARDED_BY(mutex_);
  absl::Time answered_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  std::thread thread_;  // last: it uses everything above
};

}  // namespace puente::serving
