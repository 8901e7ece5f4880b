// Whether the database answers, known without waiting for it.
#pragma once

#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/sql/connection.h"

namespace puente::serving {

// Asks on a connection and a thread of its own, twice a second.
class DatabaseProbe {
 public:
  explicit DatabaseProbe(sql::Target target);
  ~DatabaseProbe();
  DatabaseProbe(const DatabaseProbe&) = delete;
  DatabaseProbe& operator=(const DatabaseProbe&) = delete;

  // OK if it answered within the last two seconds; DATABASE_UNAVAILABLE or what it said otherwise.
  absl::Status status() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Loop();

  sql::Connection connection_;
  mutable absl::Mutex mutex_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status last_ ABSL_GUARDED_BY(mutex_);
  absl::Time last_ok_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;  // last: it uses everything above
};

}  // namespace puente::serving
