// A server that sends all vacancies, or a file of a report, as a program of its own would: pages of
// one prepared statement, read by hand into the contract's messages, on gRPC's synchronous stream
// over mTLS. Includes nothing of Puente but the contract.
#pragma once

#include <string>

#include "tests/bench/bare/sql.h"

namespace bare {

struct Export {
  std::string ca;
  std::string certificate;
  std::string key;
  Place place;
};

// As ServeEcho().
int ServeExport(const Export& options);

}  // namespace bare
