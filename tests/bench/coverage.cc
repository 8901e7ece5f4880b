// The versions that nobody certifies, of a hundred times as many: the first page and its counts.
#include "absl/strings/str_cat.h"
#include "modules/education/module.h"
#include "puente/education/v1/certification_coverage.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"
#include "tests/testing/hosted.h"

namespace puente::bench {
namespace {

using Stub = education::v1::CertificationCoverageService::Stub;

class Coverage {
 public:
  explicit Coverage(int64_t versions)
      : schema_(Site::Shared().Schema(education::Education().migrations)) {
    Fill("microcredential_version",
         "microcredential, number, version, state, title_es, title_en, country_code,"
         " awarding_body, issue_date, outcomes, workload_hours, level, assessment_type,"
         " participation_form, quality_assurance, source, record_kind, publish_time, create_time,"
         " update_time",
         "CONCAT('m', seq), 1, 1, 2, 'Soldadura', 'Welding', 'MX', 'Instituto', '2026-01-01', '',"
         " 40, 'mnc:4', 1, 1, '', 'bench', 1, NOW(6), NOW(6), NOW(6)",
         versions);
    Fill("certification_coverage",
         "record_kind, microcredential, number, level, state, sector, certified, since",
         "1, CONCAT('m', seq), 1, 'mnc:4', '11', 'automotive', 0,"
         " '2026-01-01' + INTERVAL seq % 300 DAY",
         versions);
    Fill("uncertified_version", "record_kind, level, state, sector, since, microcredential, number",
         "1, 'mnc:4', '*', '*', '2026-01-01' + INTERVAL seq % 300 DAY, CONCAT('m', seq), 1",
         versions);
    hosted_ =
        std::make_unique<testing::HostedModule>(education::Education(), schema_, "council/cce");
    stub_ = education::v1::CertificationCoverageService::NewStub(hosted_->channel());
  }

  double Milliseconds(double seconds) {
    return MedianMilliseconds(seconds, [&] {
      education::v1::ListUncertifiedVersionsRequest request;
      request.set_level("mnc:4");
      const auto page = testing::Called(*stub_, &Stub::ListUncertifiedVersions, request);
      if (!page.ok()) Die(page.status().ToString());
      if (page->uncertified_versions_size() != 50) Die("the page is not full");
    });
  }

 private:
  void Fill(const char* table, const char* columns, const char* values, int64_t rows) {
    Site::Shared().Execute(schema_, absl::StrCat("INSERT INTO ", table, " (", columns, ") SELECT ",
                                                 values, " FROM seq_1_to_", rows));
  }

  const sql::Target schema_;
  std::unique_ptr<testing::HostedModule> hosted_;
  std::unique_ptr<Stub> stub_;
};

}  // namespace

void MeasureCoverage(const Options& options) {
  const int64_t few = options.quick ? 100 : 1'000, many = 100 * few;
  Coverage large(many), small(few);
  const double seconds = options.round_seconds();
  const auto figures = Interleave(
      {[&] { return large.Milliseconds(seconds); }, [&] { return small.Milliseconds(seconds); }},
      options.pairs());
  Print(options, {"certification.uncertified", "ms", AtMost(1.3)}, Pairs(figures[0], figures[1]));
}

}  // namespace puente::bench
