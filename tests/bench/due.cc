// Due work done by one process, a durable claim and a durable end each, beside bare durable inserts
// on one connection.
#include <atomic>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/due/scheduler.h"
#include "common/resource/journaled_module.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/site.h"
#include "tests/testing/wait.h"

namespace puente::bench {
namespace {

constexpr char kBare[] = "CREATE TABLE bare (id VARBINARY(100) PRIMARY KEY, n BIGINT)";

// Slices a second of so many tasks that are due.
double Rate(const sql::Target& database, int64_t tasks) {
  Site::Shared().Execute(database,
                         absl::StrCat("INSERT INTO due SELECT 'bench', seq, 1, UTC_TIMESTAMP(6),"
                                      " UTC_TIMESTAMP(6), '', 0, '', '' FROM seq_1_to_",
                                      tasks));
  std::atomic<int64_t> done = 0;
  due::Scheduler scheduler({.caller = "agency/bench", .target = database});
  scheduler.Handle("bench", [&](const due::Slice&) -> absl::StatusOr<due::Next> {
    ++done;
    return due::Next::Done();
  });
  const absl::Time start = absl::Now();
  scheduler.Start({journal::Tokens("bench")});
  if (!testing::Becomes([&] { return done >= tasks; }, absl::Minutes(5))) Die("tasks stay undone");
  scheduler.Stop();
  return static_cast<double>(tasks) / absl::ToDoubleSeconds(absl::Now() - start);
}

}  // namespace

void MeasureDue(const Options& options) {
  const sql::Target database = Site::Shared().Schema(resource::WithJournal({}));
  Site::Shared().Execute(database, kBare);
  const auto insert = bare::InsertLoop(
      Site::PlaceOf(database), "INSERT INTO bare (id, n) VALUES (?, ?)", {{{}, ""}, {1, {}}}, 1);
  const int64_t tasks = options.quick ? 20 : 2'000;
  const auto figures = Interleave({[&] { return Rate(database, tasks); },
                                   [&] { return insert->Rate(options.round_seconds()); }},
                                  options.pairs());
  Print(options, {"due.slices", "1/s", AtLeast(0.2)}, Pairs(figures[0], figures[1]));
}

}  // namespace puente::bench
