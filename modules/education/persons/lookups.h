// How often an actor may look for persons by identifiers: who may ask at will can try them all.
// Each process counts for itself, so that two of a module let through twice as much at most.
#pragma once

#include <deque>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "common/context/call.h"

namespace puente::education {

class LookUps {
 public:
  // By actors of a caller, within a minute.
  explicit LookUps(size_t most) : most_(most) {}

  // LOOKUPS_TOO_MANY, with when it is worth to try again.
  absl::Status Allow(const Call& call) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const size_t most_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::deque<absl::Time>> made_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace puente::education
