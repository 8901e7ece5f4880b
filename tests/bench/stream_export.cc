// All vacancies through the module's stream, beside the same columns read by a bare client into the
// same messages on a bare gRPC stream; and the module's memory meanwhile.
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "modules/labor/module.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/portal.h"
#include "tests/bench/site.h"

namespace puente::bench {
namespace {

using labor::v1::ExportVacanciesRequest;
using labor::v1::ExportVacanciesResponse;
using labor::v1::VacancyService;

constexpr int64_t kRows = 1'000'000;
constexpr int64_t kQuickRows = 3'000;
constexpr double kMostGrowth = 20;  // MB of memory, however many vacancies

// A client of one of both.
class Exports {
 public:
  explicit Exports(const std::string& address)
      : stub_(VacancyService::NewStub(Site::Shared().Channel(address, "labor", "council/cce"))) {}

  // Vacancies a second of a whole export.
  double Rate(int64_t rows) {
    const absl::Time start = absl::Now();
    const int64_t count = Read([](const ExportVacanciesResponse&) { return true; });
    if (count != rows) Die(absl::StrCat(count, " vacancies came of ", rows));
    return static_cast<double>(count) / absl::ToDoubleSeconds(absl::Now() - start);
  }

  labor::v1::Vacancy First() {
    labor::v1::Vacancy first;
    Read([&](const ExportVacanciesResponse& message) {
      first = message.vacancies(0);
      return false;
    });
    return first;
  }

 private:
  int64_t Read(const std::function<bool(const ExportVacanciesResponse&)>& more) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(10));
    const auto reader = stub_->ExportVacancies(&context, ExportVacanciesRequest());
    ExportVacanciesResponse message;
    int64_t count = 0;
    while (reader->Read(&message)) {
      count += message.vacancies_size();
      if (more(message)) continue;
      context.TryCancel();
      (void)reader->Finish();
      return count;
    }
    const grpc::Status status = reader->Finish();
    if (!status.ok()) Die("an export failed: " + status.error_message());
    return count;
  }

  const std::unique_ptr<VacancyService::Stub> stub_;
};

}  // namespace

void MeasureStreamExport(const Options& options) {
  Site& site = Site::Shared();
  const int64_t rows = options.size(kRows, kQuickRows);
  const sql::Target database = site.Schema(labor::Labor().migrations);
  const std::string file = site.folder() / "export.csv";
  WritePortalFile(file, rows);
  Say(absl::StrCat("stream.export: loading ", rows, " vacancies"));
  {
    const auto loader = site.Start(site.Config("labor", database));
    LoadPortalFile(site.Channel(loader->address("labor"), "labor", "agency/labor"), file);
  }
  const auto module = site.Start(site.Config("labor", database));
  const auto bare_server = site.StartBareExport(database);
  Exports ours(module->address("labor")), bare(bare_server->address("export"));
  if (ours.First().SerializeAsString() != bare.First().SerializeAsString()) {
    Die("the module and the bare client send different vacancies");
  }
  const double before = module->PeakMegabytes();
  const auto figures = Interleave(
      {[&] { return ours.Rate(rows); }, [&] { return bare.Rate(rows); }}, options.pairs());
  const double growth = module->PeakMegabytes() - before;
  Print(options, {"stream.export", "1/s", AtLeast(0.4)}, Pairs(figures[0], figures[1]));
  Print(options, {"stream.export.memory", "MB", AtMost(kMostGrowth), Line::Judged::kValue},
        {{growth, kMostGrowth}});
  site.Drop(database);
}

}  // namespace puente::bench
