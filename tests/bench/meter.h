// What a call costs, seen from outside: the processor time of the server's process and of the
// database's, whatever clients burn; statements; rows that the database read.
#pragma once

#include <cstdint>
#include <functional>

#include "tests/bench/process.h"

namespace puente::bench {

struct Cost {  // of one call
  double server_us = 0;
  double database_us = 0;
  double statements = 0;  // prepared ones that were run
  double rows = 0;        // rows and index entries that the database looked at
};

// `calls` makes calls to the server and returns how many. Nobody else may use the database
// meanwhile.
Cost CostOf(const Process& server, const std::function<int64_t()>& calls);

}  // namespace puente::bench
