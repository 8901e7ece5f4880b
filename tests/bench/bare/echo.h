// A gRPC server that does nothing: the fastest that a call can be answered over mTLS on the
// callback API. Includes nothing of Puente.
#pragma once

#include <string>

namespace bare {

struct Echo {
  std::string ca;
  std::string certificate;
  std::string key;
  std::string method;       // "/package.Service/Method", unary
  std::string answer_file;  // what every call is answered with: a message's wire format
};

// Serves on a free port of 127.0.0.1, prints {"event":"ready","address":"127.0.0.1:PORT"} and goes
// on until SIGTERM. Returns the exit status.
int ServeEcho(const Echo& echo);

}  // namespace bare
