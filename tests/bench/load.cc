// Vacancies loaded through the RPC, beside LOAD DATA LOCAL INFILE of the same rows, in the same
// order, into an empty table of the same columns and keys. And the module's memory meanwhile: while
// it stores 100 MB, and while it checks 1 GB, which takes the same way but for the writing.
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "modules/labor/module.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/portal.h"
#include "tests/bench/site.h"

namespace puente::bench {
namespace {

constexpr int64_t kRows = 50'000;
constexpr int64_t kQuickRows = 3'000;
constexpr double kMegabyte = 1e6;
constexpr double kMostMegabytes = 200;  // of memory, whatever the file's size

// A module of its own on an empty database.
struct Loaded {
  sql::Target database;
  std::unique_ptr<Process> module;
  double seconds = 0;  // of the load
};

Loaded LoadByRpc(const std::string& file) {
  Site& site = Site::Shared();
  Loaded loaded;
  loaded.database = site.Schema(labor::Labor().migrations);
  loaded.module = site.Start(site.Config("labor", loaded.database));
  const auto channel = site.Channel(loaded.module->address("labor"), "labor", "agency/labor");
  channel->WaitForConnected(gpr_inf_future(GPR_CLOCK_REALTIME));
  const absl::Time start = absl::Now();
  const auto done = LoadPortalFile(channel, file);
  loaded.seconds = absl::ToDoubleSeconds(absl::Now() - start);
  if (done.loaded_count() != done.read_count()) {
    Die("not every row was loaded: " + done.ShortDebugString());
  }
  return loaded;
}

// The stored rows as LOAD DATA takes them. By day, as the file is; within a day the ids are digests
// and have no order, so neither has this.
std::string Dump(const sql::Target& database) {
  Site& site = Site::Shared();
  const std::string path = site.folder() / "vacancy.tsv";
  site.Execute(database, absl::StrCat("SELECT * INTO OUTFILE '", path,
                                      "' CHARACTER SET binary FROM vacancy"
                                      " ORDER BY offer_date, SHA1(id)"));
  return path;
}

double LoadByClient(const std::string& like_schema, const std::string& rows) {
  Site& site = Site::Shared();
  const sql::Target database = site.EmptySchema();
  site.Execute(database, absl::StrCat("CREATE TABLE vacancy LIKE ", like_schema, ".vacancy"));
  const absl::Time start = absl::Now();
  Run({"mariadb", "--no-defaults", "--local-infile=1", "--socket=" + database.socket, "--user=root",
       database.schema,
       absl::StrCat("--execute=LOAD DATA LOCAL INFILE '", rows,
                    "' INTO TABLE vacancy CHARACTER SET binary")},
      site.log());
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  site.Drop(database);
  return seconds;
}

void PrintMemory(const Options& options, const char* name, const Process& module) {
  Print(options, {name, "MB", AtMost(kMostMegabytes), Line::Judged::kValue},
        {{module.PeakMegabytes(), kMostMegabytes}});
}

void Memory(const Options& options) {
  Site& site = Site::Shared();
  const std::string file = site.folder() / "memory.csv";
  const double megabytes = options.quick ? 2 : 100;
  WritePortalFile(file, 0, static_cast<int64_t>(megabytes * kMegabyte));
  Say(absl::StrCat("load: ", megabytes, " MB through a fresh module"));
  const Loaded loaded = LoadByRpc(file);
  std::filesystem::remove(file);
  PrintMemory(options, "load.memory", *loaded.module);
  site.Drop(loaded.database);
}

void Gigabyte(const Options& options) {
  Site& site = Site::Shared();
  const std::string file = site.folder() / "gigabyte.csv";
  const int64_t megabytes = options.size(1000, 2);
  const int64_t rows = WritePortalFile(file, 0, static_cast<int64_t>(megabytes * kMegabyte));
  const sql::Target database = site.Schema(labor::Labor().migrations);
  const auto module = site.Start(site.Config("labor", database));
  const absl::Time start = absl::Now();
  const auto done = LoadPortalFile(site.Channel(module->address("labor"), "labor", "agency/labor"),
                                   file, Pass::kCheck);
  std::filesystem::remove(file);
  if (done.loaded_count() != rows || done.check().empty()) {
    Die("not every row was good: " + done.ShortDebugString());
  }
  Say(absl::StrCat("load: ", megabytes, " MB, ", rows, " rows, checked in ",
                   absl::ToDoubleSeconds(absl::Now() - start), " s"));
  PrintMemory(options, "load.gigabyte", *module);
  site.Drop(database);
}

}  // namespace

void MeasureLoad(const Options& options) {
  Site& site = Site::Shared();
  const std::string file = site.folder() / "load.csv";
  const int64_t rows = WritePortalFile(file, options.quick ? kQuickRows : kRows);
  if (Wanted(options, "load.rows")) {
    std::vector<Pair> pairs;
    const auto rate = [&](double seconds) { return static_cast<double>(rows) / seconds; };
    for (int i = 0; i < 5; ++i) {
      Loaded loaded = LoadByRpc(file);
      loaded.module.reset();
      const std::string dump = Dump(loaded.database);
      const double limit = LoadByClient(loaded.database.schema, dump);
      Say(absl::StrCat("load: ", rows, " rows in ", loaded.seconds, " s, bare ", limit, " s"));
      pairs.push_back({rate(loaded.seconds), rate(limit)});
      std::filesystem::remove(dump);
      site.Drop(loaded.database);
    }
    Print(options, {"load.rows", "1/s", AtLeast(0.25)}, pairs);
  }
  if (Wanted(options, "load.memory")) Memory(options);
  if (Wanted(options, "load.gigabyte")) Gigabyte(options);
}

}  // namespace puente::bench
