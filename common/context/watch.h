// Files that are read again when they change.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace puente {

class Watch {
 public:
  // How often it looks.
  static constexpr absl::Duration kLook = absl::Seconds(1);

  // `stamp` says in which state the files are, now and at every look; what is read for the first
  // time is read after this.
  explicit Watch(std::function<std::string()> stamp);
  ~Watch();  // as Stop()
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // From now on reads when the files have changed, and tells what came of it. What was no good is
  // read again at every look, since its cause may have been elsewhere, and is told once. Once; both
  // run on a thread of its own.
  void Start(std::function<absl::Status()> read, std::function<void(const absl::Status&)> told);
  // Reads and tells no more when it returns.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Look(const std::function<absl::Status()>& read,
            const std::function<void(const absl::Status&)>& told) ABSL_LOCKS_EXCLUDED(mutex_);

  const std::function<std::string()> stamp_;
  std::string seen_;  // the state of what was read last; the thread's own once there is one
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace puente
