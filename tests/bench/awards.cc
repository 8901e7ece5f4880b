// Awards from a file, each row acknowledged, beside a client's inserts of the same rows; the same
// file again, which changes nothing; the last tenth of a million beside the first, as it is for a
// client's inserts, and the server's memory meanwhile.
#include "absl/strings/str_cat.h"
#include "modules/education/module.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/record_load.h"
#include "tests/bench/site.h"
#include "tests/education/earned.h"

namespace puente::bench {
namespace {

constexpr char kActor[] = "registrar-1";
constexpr char kColumns[] = "assessment,issue_date,end_date,grade\n";
constexpr int64_t kBatch = 1'000;       // awards that are stored at once
constexpr double kMostMegabytes = 300;  // of memory, whatever the file's size

api::v1::LoadRecordsHeader Header() {
  api::v1::LoadRecordsHeader header;
  header.set_profile("puente-awards");
  header.set_parent("organizations/a");
  header.set_source("bench");
  header.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  return header;
}

std::string Rows(int64_t first, int64_t count) {
  const std::string day = absl::FormatCivilTime(education::testing::InDays(-5));
  std::string rows;
  for (int64_t row = first; row < first + count; ++row) {
    absl::StrAppend(&rows, "organizations/a/assessments/s-", row, ",", day, ",,9\n");
  }
  return rows;
}

// An agency whose learners have earned so many awards.
class School {
 public:
  explicit School(int64_t earned)
      : database(Site::Shared().Schema(education::Education().migrations)) {
    Site& site = Site::Shared();
    module = site.Start(site.Config("education", database));
    const std::string address = module->address("education");
    channel = site.Channel(address, "education", "agency/education");
    channel->WaitForConnected(gpr_inf_future(GPR_CLOCK_REALTIME));
    const absl::Status may =
        education::testing::MayAward(channel, site.Channel(address, "education", "gateway"));
    if (!may.ok()) Die(may.ToString());
    for (const std::string& statement : education::testing::Earned(earned)) {
      site.Execute(database, statement);
    }
  }

  double Load(const std::string& rows, api::v1::Load& load) {
    return SecondsOf([&] {
      RecordUpload upload(channel, Header(), kColumns, kActor);
      upload.Send(rows);
      load = upload.End();
    });
  }

  const sql::Target database;
  std::unique_ptr<Process> module;
  std::shared_ptr<grpc::Channel> channel;
};

void Fresh(const Options& options) {
  const int64_t rows = options.size(200'000, 3'000);
  const std::string file = Rows(1, rows);
  const auto rate = [&](double seconds) { return static_cast<double>(rows) / seconds; };
  std::vector<Pair> fresh, again;
  for (int i = 0; i < 5; ++i) {
    School school(rows);
    api::v1::Load load;
    const double first = school.Load(file, load);
    if (load.taken_count() != rows) Die("not every row was taken: " + load.ShortDebugString());
    const double second = school.Load(file, load);
    if (load.unchanged_count() != rows) Die("a row was changed: " + load.ShortDebugString());
    school.module.reset();
    const double limit = InsertByClient(school.database, "award", "assessment", kBatch);
    Say(absl::StrCat("awards: ", rows, " in ", first, " s, again ", second, " s, bare ", limit,
                     " s"));
    fresh.push_back({rate(first), rate(limit)});
    again.push_back({rate(second), rate(limit)});
    Site::Shared().Drop(school.database);
  }
  Print(options, {"awards.load", "1/s", AtLeast(0.3)}, fresh);
  Print(options, {"awards.load.again", "1/s", AtLeast(0.3)}, again);
}

void Many(const Options& options) {
  const int64_t rows = options.size(100'000, kBatch);  // of a tenth
  const Buffers buffers;
  School school(10 * rows);
  const Pair pair = LastAndFirst(school.channel, school.database, Header(), kColumns,
                                 {.rows = rows, .make = &Rows, .actor = kActor});
  const double megabytes = school.module->PeakMegabytes();
  school.module.reset();
  // Keys that follow no order cost a larger index more, whoever inserts them: what that is the same
  // rows say, inserted by a client.
  const std::vector<double> bare =
      InsertPartsByClient(school.database, "award", "assessment", kBatch, 10);
  const double kept = pair.value / pair.limit, bare_kept = bare.front() / bare.back();
  Say(absl::StrCat("awards: ", 10 * rows, ", the first tenth ", pair.limit, "/s, the last ",
                   pair.value, "/s, which is ", kept, " of it; of a client's inserts ", bare_kept));
  Print(options, {"awards.load.last", "of the first tenth", AtLeast(0.9), Line::Judged::kValue},
        {{kept, bare_kept}});
  Print(options, {"awards.load.memory", "MB", AtMost(kMostMegabytes), Line::Judged::kValue},
        {{megabytes, kMostMegabytes}});
  Site::Shared().Drop(school.database);
}

}  // namespace

void MeasureAwards(const Options& options) {
  if (Wanted(options, "awards.load") || Wanted(options, "awards.load.again")) Fresh(options);
  if (Wanted(options, "awards.load.last") || Wanted(options, "awards.load.memory")) Many(options);
}

}  // namespace puente::bench
