// Connections to the servers of the federation, as one caller.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <string>

#include "absl/synchronization/mutex.h"
#include "common/federation/federation.h"

namespace puente {

// Thread-safe.
class Channels {
 public:
  // `caller` must be one of the federation's.
  Channels(const Federation& federation, const std::string& caller);

  const std::string& caller() const { return caller_; }
  const identity::TlsFiles& files() const { return files_; }

  // NOT_FOUND if the federation has no such server.
  absl::StatusOr<std::string> AddressOf(const std::string& server) const;

  // The channel to a server, which is held against its own SPIFFE id.
  absl::StatusOr<std::shared_ptr<grpc::Channel>> To(const std::string& server);

 private:
  const Federation federation_;
  const std::string caller_;
  const identity::TlsFiles files_;
  absl::Mutex mutex_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_ ABSL_GUARDED_BY(mutex_);
};

// Why the last TLS handshake of this process was refused, as OpenSSL told; "" if none was.
std::string LastHandshakeRefusal();

}  // namespace puente
