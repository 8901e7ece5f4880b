// A gRPC server for one host's services, with health, reflection and a graceful end.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/calls/host.h"
#include "common/identity/tls.h"

namespace puente::serving {

class FrontDoor;
class HealthService;

class Server {
 public:
  // Serves the host's services over mTLS on `listen`, "127.0.0.1:0" for a free port. LISTEN_FAILED
  // or TLS_FILES.
  static absl::StatusOr<std::unique_ptr<Server>> Start(calls::Host& host, const std::string& listen,
                                                       const identity::TlsFiles& files);
  // Serves them without a port, for InProcessChannel() alone. Calls come from
  // calls::Host::Options::in_process_caller.
  static absl::StatusOr<std::unique_ptr<Server>> StartInProcess(calls::Host& host);

  ~Server();  // as Drain(0)

  // "127.0.0.1:41234"; "" in process.
  std::string address() const;
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // What grpc.health.v1 answers, for the server as a whole and for each service.
  void SetServing(bool serving);

  // Refuses new calls, with SHUTTING_DOWN, ends streams that can be resumed, lets other calls in
  // flight finish within `grace`, and ends the rest. The host refuses calls from now on, whichever
  // server they come by. Not from a handler.
  void Drain(absl::Duration grace);

 private:
  Server(calls::Host& host, std::unique_ptr<FrontDoor> door);
  static absl::StatusOr<std::unique_ptr<Server>> Build(
      calls::Host& host, std::unique_ptr<FrontDoor> door,
      std::shared_ptr<grpc::ServerCredentials> credentials);

  calls::Host& host_;
  std::unique_ptr<HealthService> health_;  // after server_: calls may run until Drain()
  std::unique_ptr<FrontDoor> door_;        // null in process; after server_ as well
  std::unique_ptr<grpc::Server> server_;
  bool drained_ = false;
};

}  // namespace puente::serving
