#include "tests/bench/meter.h"

#include <time.h>

#include "absl/strings/str_cat.h"
#include "tests/bench/site.h"
#include "tests/testing/database.h"

namespace puente::bench {
namespace {

// Processor time of all threads that a process has had.
double CpuSeconds(int pid) {
  clockid_t clock;
  timespec time;
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0) {
    Die("can't read a process's clock");
  }
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double Counter(const char* names) {
  const std::string text = absl::StrCat(
      "SELECT CAST(SUM(variable_value) AS UNSIGNED)"
      " FROM information_schema.global_status WHERE variable_name REGEXP '",
      names, "'");
  return std::stod(Site::Shared().Texts(testing::Database::Shared().server(), text).front());
}

Cost Now(const Process& server) {
  return {.server_us = 1e6 * CpuSeconds(server.pid()),
          .database_us = 1e6 * CpuSeconds(testing::Database::Shared().pid()),
          .statements = Counter("^com_stmt_execute$"),
          .rows = Counter("^handler_read_(first|key|last|next|prev|rnd|rnd_next)$")};
}

Cost operator-(const Cost& a, const Cost& b) {
  return {a.server_us - b.server_us, a.database_us - b.database_us, a.statements - b.statements,
          a.rows - b.rows};
}

}  // namespace

Cost CostOf(const Process& server, const std::function<int64_t()>& calls) {
  const Cost start = Now(server);
  const Cost before = Now(server);  // less `start`, this is what looking costs
  const auto count = static_cast<double>(calls());
  const Cost total = Now(server) - before - (before - start);
  return {total.server_us / count, total.database_us / count, total.statements / count,
          total.rows / count};
}

}  // namespace puente::bench
