// HTTP/1.1 on a few threads, however many connections there are.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "console/http/exchange.h"

namespace puente::console {

struct Limits {
  int threads = 0;  // half of the machine's cores, so that gRPC has the others
  int connections = 4'096;
  size_t head_bytes = 16 << 10;
  // Of all requests that are read whole, until they are answered, and of messages of streams.
  size_t body_bytes = 256 << 20;
  absl::Duration idle = absl::Minutes(2);      // for the next request, its head included
  absl::Duration reading = absl::Seconds(30);  // for the next piece of a body
  absl::Duration writing = absl::Minutes(1);   // for what was written to be taken
  absl::Duration drain = absl::Seconds(10);    // for answers that are awaited at the end
};

class Server {
 public:
  // `handler` outlives it.
  explicit Server(Handler& handler, Limits limits = {});
  // Refuses new connections, waits for answers that are awaited, then lets their clients go.
  ~Server();

  // "127.0.0.1:0", "[::1]:8080" or "unix:/path", whose socket its owner and group alone may use.
  // Returns the address with the port that it has. INVALID_ARGUMENT, UNAVAILABLE.
  absl::StatusOr<std::string> Listen(const std::string& address);

 private:
  class State;
  const std::unique_ptr<State> state_;
};

}  // namespace puente::console
