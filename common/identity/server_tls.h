// The certificate of a server that runs.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/context/watch.h"
#include "common/identity/tls.h"

namespace puente::identity {

// Hands certificate, key and CA on to gRPC, which reads files and takes up whatever is in them: so
// it is given files in memory, with what ReadServerTlsFiles() has found good.
class ServerTlsFiles {
 public:
  // TLS_FILES if there is nothing good to begin with.
  static absl::StatusOr<std::unique_ptr<ServerTlsFiles>> Open(TlsFiles files,
                                                              std::string trust_domain,
                                                              std::string path);
  ~ServerTlsFiles();
  ServerTlsFiles(const ServerTlsFiles&) = delete;
  ServerTlsFiles& operator=(const ServerTlsFiles&) = delete;

  // Of what is in use: for this process alone, and as long as this is there.
  const TlsFiles& in_use() const { return in_use_; }
  // When the certificate that is in use ends.
  absl::Time end() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Looks at the files from now on, as Watch does. When they have changed, tells OK after they were
  // taken up, otherwise why those before stay.
  void StartWatching(std::function<void(const absl::Status&)> told);
  // Tells no more when it returns.
  void StopWatching() { watch_.Stop(); }

 private:
  ServerTlsFiles(TlsFiles files, std::string trust_domain, std::string path);
  absl::Status Read() ABSL_LOCKS_EXCLUDED(mutex_);

  const TlsFiles files_;
  const std::string trust_domain_;
  const std::string path_;
  // Descriptors of the files in memory.
  int ca_ = -1;
  int pair_ = -1;  // key and certificate, which so change as one
  TlsFiles in_use_;
  mutable absl::Mutex mutex_;
  absl::Time end_ ABSL_GUARDED_BY(mutex_);
  Watch watch_;  // last: its thread reads
};

}  // namespace puente::identity
