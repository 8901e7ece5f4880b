// Vacancies loaded through the RPC, beside LOAD DATA LOCAL INFILE of the same rows, in the same
// order, into an empty table of the same columns and keys. And the module's memory meanwhile: while
// it stores 100 MB, and while it checks 1 GB, which takes the same way but for the writing. Then
// companies, each row acknowledged, beside a client's inserts of many of the same rows at a time:
// new ones, and the same file again, which changes nothing; and the last tenth beside the first.
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "modules/economy/module.h"
#include "modules/labor/module.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/portal.h"
#include "tests/bench/record_load.h"
#include "tests/bench/site.h"

namespace puente::bench {
namespace {

constexpr int64_t kRows = 50'000;
constexpr int64_t kQuickRows = 3'000;
constexpr double kMegabyte = 1e6;
constexpr double kMostMegabytes = 200;  // of memory, whatever the file's size

constexpr int64_t kBatch = 1'000;  // companies that are stored at once

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

// The stored rows of a table as LOAD DATA takes them, in the order of the file.
std::string Dump(const sql::Target& database, const std::string& table, const std::string& order) {
  Site& site = Site::Shared();
  const std::string path = site.folder() / (table + ".tsv");
  site.Execute(database, absl::StrCat("SELECT * INTO OUTFILE '", path,
                                      "' CHARACTER SET binary FROM ", table, " ORDER BY ", order));
  return path;
}

double LoadByClient(const std::string& like_schema, const std::string& table,
                    const std::string& rows) {
  Site& site = Site::Shared();
  const sql::Target database = site.EmptySchema();
  site.Execute(database, absl::StrCat("CREATE TABLE ", table, " LIKE ", like_schema, ".", table));
  const absl::Time start = absl::Now();
  Run({"mariadb", "--no-defaults", "--local-infile=1", "--socket=" + database.socket, "--user=root",
       database.schema,
       absl::StrCat("--execute=LOAD DATA LOCAL INFILE '", rows, "' INTO TABLE ", table,
                    " CHARACTER SET binary")},
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

// DENUE's columns, as data/economy/profiles has them.
constexpr char kCompanyColumns[] =
    "id,clee,nom_estab,raz_social,codigo_act,nombre_act,per_ocu,cve_ent,entidad,telefono,"
    "correoelec\n";

std::string CompanyRows(int64_t first, int64_t count) {
  std::string rows;
  for (int64_t row = first; row < first + count; ++row) {
    absl::StrAppend(&rows, row, ",,,Empresa ", row, " (muestra),", 331'110 + row % 5'000,
                    ",,11 a 30 personas,", absl::Dec(1 + row % 32, absl::kZeroPad2), ",,,\n");
  }
  return rows;
}

api::v1::LoadRecordsHeader CompanyHeader() {
  api::v1::LoadRecordsHeader header;
  header.set_profile("inegi-denue");
  header.set_source("bench");
  header.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  return header;
}

// Economy on a database of its own.
struct Register {
  Register()
      : database(Site::Shared().Schema(economy::Economy().migrations)),
        module(Site::Shared().Start(Site::Shared().Config("economy", database))),
        channel(Site::Shared().Channel(module->address("economy"), "economy", "agency/economy")) {
    channel->WaitForConnected(gpr_inf_future(GPR_CLOCK_REALTIME));
  }

  double Load(const std::string& rows, api::v1::Load& load) {
    return SecondsOf([&] {
      RecordUpload upload(channel, CompanyHeader(), kCompanyColumns);
      upload.Send(rows);
      load = upload.End();
    });
  }

  const sql::Target database;
  std::unique_ptr<Process> module;
  const std::shared_ptr<grpc::Channel> channel;
};

void Acknowledged(const Options& options) {
  Site& site = Site::Shared();
  const int64_t rows = options.size(50'000, 3'000);
  const std::string file = CompanyRows(1, rows);
  std::vector<Pair> fresh, again;
  const auto rate = [&](double seconds) { return static_cast<double>(rows) / seconds; };
  for (int i = 0; i < 5; ++i) {
    Register economy;
    api::v1::Load load;
    const double first = economy.Load(file, load);
    if (load.taken_count() != rows) Die("not every row was taken: " + load.ShortDebugString());
    const double second = economy.Load(file, load);
    if (load.unchanged_count() != rows) Die("a row was changed: " + load.ShortDebugString());
    economy.module.reset();
    const double limit = InsertByClient(economy.database, "company", "id", kBatch);
    Say(absl::StrCat("load: ", rows, " companies in ", first, " s, again ", second, " s, bare ",
                     limit, " s"));
    fresh.push_back({rate(first), rate(limit)});
    again.push_back({rate(second), rate(limit)});
    site.Drop(economy.database);
  }
  Print(options, {"load.acknowledged", "1/s", AtLeast(0.2)}, fresh);
  Print(options, {"load.acknowledged.again", "1/s", AtLeast(0.2)}, again);
}

void LastTenth(const Options& options) {
  const int64_t rows = options.size(50 * kBatch, kBatch);  // of a tenth
  std::vector<Pair> pairs;
  for (int i = 0; i < 5; ++i) {
    Register economy;
    pairs.push_back(LastAndFirst(economy.channel, economy.database, CompanyHeader(),
                                 kCompanyColumns,
                                 {.rows = rows, .make = &CompanyRows, .actor = ""}));
    Site::Shared().Drop(economy.database);
  }
  Print(options, {"load.acknowledged.last", "1/s", AtLeast(0.9)}, pairs);
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
      // Within a day the ids are digests and have no order, so neither has this.
      const std::string dump = Dump(loaded.database, "vacancy", "offer_date, SHA1(id)");
      const double limit = LoadByClient(loaded.database.schema, "vacancy", dump);
      Say(absl::StrCat("load: ", rows, " rows in ", loaded.seconds, " s, bare ", limit, " s"));
      pairs.push_back({rate(loaded.seconds), rate(limit)});
      std::filesystem::remove(dump);
      site.Drop(loaded.database);
    }
    Print(options, {"load.rows", "1/s", AtLeast(0.25)}, pairs);
  }
  if (Wanted(options, "load.memory")) Memory(options);
  if (Wanted(options, "load.gigabyte")) Gigabyte(options);
  if (Wanted(options, "load.acknowledged") || Wanted(options, "load.acknowledged.again")) {
    Acknowledged(options);
  }
  if (Wanted(options, "load.acknowledged.last")) LastTenth(options);
}

}  // namespace puente::bench
