// The SDMX endpoint over HTTP: read-only, for everybody, on a thread pool and with limits of its
// own. TLS is for whatever stands in front.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/telemetry/http_metrics.h"
#include "gateway/reports/rest/published.h"

namespace puente::gateway::reports {

struct EndpointLimits {
  int threads = 4;
  size_t waiting_connections = 64;  // beyond these, connections wait in the kernel
  int read_seconds = 5;             // for a request to arrive
  int write_seconds = 30;           // for a caller to take some of an answer
  size_t cache_bytes = 64 << 20;    // of answers that are kept
};

class Endpoint {
 public:
  // Both must outlive it.
  Endpoint(Catalogue& catalogue, telemetry::HttpMetrics& metrics, EndpointLimits limits = {});
  // Ends all calls.
  ~Endpoint();
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  // Serves from a thread of its own; the port that it got, which is another one than 0.
  absl::StatusOr<int> Listen(const std::string& host, int port);

 private:
  class Server;

  std::unique_ptr<Server> server_;
};

}  // namespace puente::gateway::reports
