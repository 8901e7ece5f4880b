// Where callers come in: connections are accepted here, bounded, and handed to gRPC. gRPC 1.51
// itself closes a listener for good when an accept fails, as all do while descriptors are used up,
// and bounds nothing.
#pragma once

#include <grpcpp/grpcpp.h>
#include <sys/types.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/identity/tls.h"
#include "common/serving/listener.h"

namespace puente::serving {

class FrontDoor {
 public:
  // Listens, but takes nobody yet. LISTEN_FAILED.
  static absl::StatusOr<std::unique_ptr<FrontDoor>> Open(const std::string& address);

  // For the server that is being built; once.
  void AddTo(grpc::ServerBuilder& builder, std::shared_ptr<grpc::ServerCredentials> credentials);
  // After the server has started.
  void Start();
  // New connections are refused from now on.
  void Close() { listener_->Stop(); }
  // Says no more on any connection, after Close(), and waits until those at the other ends have all
  // that was said, so long at most.
  void HangUp(absl::Duration limit);

  const std::string& address() const { return listener_->address(); }

 private:
  explicit FrontDoor(std::unique_ptr<Listener> listener);
  void Take(int client);
  bool HasRoom();

  // Half of the descriptors that the process may have, and not more than gRPC serves well.
  const size_t most_;
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  // The inodes of the sockets that gRPC was given, by descriptor. gRPC does not say when it closes
  // one: a descriptor that has another inode now, or none, was closed. The listener's thread alone
  // uses these until Close().
  absl::flat_hash_map<int, ino_t> given_;
  absl::Time counted_ = absl::InfinitePast();
  std::unique_ptr<Listener> listener_;  // last: its thread uses everything above
};

// Asks the server at `address`, whose path is `server`, for its health, as any caller would: over a
// new connection, with the certificate in `files`. SERVER_NOT_ANSWERING.
std::function<absl::Status()> AskHealth(const std::string& address, const identity::TlsFiles& files,
                                        const std::string& trust_domain, const std::string& server);

}  // namespace puente::serving
