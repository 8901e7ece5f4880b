// The registry of principals as a file that is read again when it changes.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/context/watch.h"
#include "common/identity/principals.h"

namespace puente::identity {

// The issue that a signed registry holds; `public_key` is an Ed25519 key in PEM. REGISTRY_INVALID.
absl::StatusOr<std::shared_ptr<const Principals>> ReadSigned(absl::string_view content,
                                                             const std::string& public_key);

// The content of a registry: a text and the signature of it.
std::string SignedContent(absl::string_view text, absl::string_view signature);

// Thread-safe. A file that is no good, older, or another issue of the same serial, changes nothing:
// who was known stays so.
class Registry {
 public:
  struct Files {
    std::string registry;
    std::string public_key;  // PEM
  };
  // REGISTRY_INVALID if there is nothing good to begin with.
  static absl::StatusOr<std::unique_ptr<Registry>> Open(Files files);
  std::shared_ptr<const Principals> current() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Looks at the file from now on, as Watch does. When it has changed, tells OK after a new issue
  // was taken, otherwise why the old one stays.
  void StartWatching(std::function<void(const absl::Status&)> told);
  // Tells no more when it returns.
  void StopWatching() { watch_.Stop(); }

 private:
  Registry(Files files, std::string key);
  absl::Status Read() ABSL_LOCKS_EXCLUDED(mutex_);

  const Files files_;
  const std::string key_;  // read once: who can put issues in place does not choose who signs them
  std::string content_;    // of the current issue
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Principals> current_ ABSL_GUARDED_BY(mutex_);
  Watch watch_;  // last: its thread reads
};

}  // namespace puente::identity
