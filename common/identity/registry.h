// The registry of principals as a file that is read again when it changes.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/identity/principals.h"

namespace puente::identity {

// The issue that a signed registry holds; `public_key` is an Ed25519 key in PEM. REGISTRY_INVALID.
absl::StatusOr<std::shared_ptr<const Principals>> ReadSigned(absl::string_view content,
                                                             const std::string& public_key);

// Thread-safe. A file that is no good, older, or another issue of the same serial, changes nothing:
// who was known stays so.
class Registry {
 public:
  struct Files {
    std::string registry;
    std::string public_key;  // PEM
  };
  // How often the file is looked at.
  static constexpr absl::Duration kLook = absl::Seconds(1);

  // REGISTRY_INVALID if there is nothing good to begin with.
  static absl::StatusOr<std::unique_ptr<Registry>> Open(Files files);
  ~Registry();

  std::shared_ptr<const Principals> current() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Looks at the file from now on. When it has changed, tells OK after a new issue was taken,
  // otherwise why the old one stays; what was no good is tried again at every look. Once; `told`
  // runs on a thread of its own.
  void Watch(std::function<void(const absl::Status&)> told);
  // Tells no more when it returns.
  void StopWatching() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  Registry(Files files, std::string key) : files_(std::move(files)), key_(std::move(key)) {}
  absl::Status Read() ABSL_LOCKS_EXCLUDED(mutex_);
  // Which file it is, and which state of it; "" if there is none.
  std::string Stamp() const;

  const Files files_;
  const std::string key_;  // read once: who can put issues in place does not choose who signs them
  std::string stamp_;      // of what was read last
  std::string content_;    // of the current issue
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Principals> current_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread watcher_;
};

}  // namespace puente::identity
