// What ten times the data costs: a read by name, a page far behind the first, and the figures.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "modules/labor/module.h"
#include "puente/labor/v1/statistics.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/meter.h"
#include "tests/bench/portal.h"
#include "tests/bench/site.h"
#include "tests/testing/counted.h"

namespace puente::bench {
namespace {

using labor::v1::GetVacancyRequest;
using labor::v1::GetVacancyStatisticsRequest;
using labor::v1::ListVacanciesRequest;
using labor::v1::ListVacanciesResponse;
using labor::v1::VacancyService;
using labor::v1::VacancyStatisticsService;

constexpr int64_t kRows = 100'000;  // and ten times as many
constexpr int64_t kQuickRows = 600;
constexpr int kPageSize = 50;
constexpr int kFarPage = 10'000;
constexpr int kQuickFarPage = 100;
constexpr int kLargestStep = 1000;
constexpr int kRowCalls = 200;
constexpr char kFilter[] = "record_kind = GENERATED AND state = OPEN";

// A module with so many vacancies.
class Grown {
 public:
  explicit Grown(int64_t rows)
      : database_(Site::Shared().Schema(labor::Labor().migrations)),
        module_(Site::Shared().Start(Site::Shared().Config("labor", database_))) {
    Site& site = Site::Shared();
    const std::string file = site.folder() / "growth.csv";
    WritePortalFile(file, rows);
    const std::string& address = module_->address("labor");
    const auto loaded = LoadPortalFile(site.Channel(address, "labor", "agency/labor"), file);
    const auto channel = site.Channel(address, "labor", "council/cce");
    vacancies_ = VacancyService::NewStub(channel);
    statistics_ = VacancyStatisticsService::NewStub(channel);
    ids_ = site.Texts(database_, "SELECT id FROM vacancy LIMIT 5000");
    const auto set = testing::SetCounted(site.Channel(address, "labor", "agency/labor"),
                                         "vacancies", type::v1::RECORD_KIND_GENERATED);
    if (!set.ok()) Die("the kind that counts was not set: " + set.status().ToString());
    AwaitFigures(channel, loaded.freshness_token());
  }

  void Get() {
    GetVacancyRequest request;
    request.set_name("vacancies/" + ids_[next_++ * 7919 % ids_.size()]);
    Ask(*vacancies_, &VacancyService::Stub::GetVacancy, request);
  }
  ListVacanciesResponse Page(const std::string& token, int size = kPageSize) {
    ListVacanciesRequest request;
    request.set_page_size(size);
    request.set_filter(kFilter);
    request.set_page_token(token);
    return Ask(*vacancies_, &VacancyService::Stub::ListVacancies, request);
  }
  void Statistics() {
    Ask(*statistics_, &VacancyStatisticsService::Stub::GetVacancyStatistics,
        GetVacancyStatisticsRequest());
  }
  // The token of a page, walked to from the first in larger steps: a token is for any page size.
  std::string TokenOf(int page) {
    std::string token;
    for (int left = (page - 1) * kPageSize; left > 0; left -= std::min(left, kLargestStep)) {
      token = Page(token, std::min(left, kLargestStep)).next_page_token();
      if (token.empty()) Die("there are not so many pages");
    }
    return token;
  }
  const Process& process() const { return *module_; }

 private:
  const sql::Target database_;
  const std::unique_ptr<Process> module_;
  std::unique_ptr<VacancyService::Stub> vacancies_;
  std::unique_ptr<VacancyStatisticsService::Stub> statistics_;
  std::vector<std::string> ids_;
  size_t next_ = 0;
};

}  // namespace

void MeasureGrowth(const Options& options) {
  const int64_t rows = options.quick ? kQuickRows : kRows;
  Say(absl::StrCat("growth: loading ", rows, " and ", 10 * rows, " vacancies"));
  Grown small(rows);
  Grown large(10 * rows);
  const std::string far = large.TokenOf(options.quick ? kQuickFarPage : kFarPage);
  const auto measure = [&](const char* name, const std::function<void()>& value,
                           const std::function<void()>& limit) {
    const double seconds = options.round_seconds() / 2;
    const auto figures = Interleave({[&] { return MedianMilliseconds(seconds, value); },
                                     [&] { return MedianMilliseconds(seconds, limit); }},
                                    options.pairs());
    Print(options, {name, "ms", AtMost(1.3)}, Pairs(figures[0], figures[1]));
  };
  measure(
      "growth.point_read", [&] { large.Get(); }, [&] { small.Get(); });
  measure(
      "growth.page_10000", [&] { large.Page(far); }, [&] { large.Page(""); });
  std::vector<Pair> examined;
  for (int i = 0; i < options.pairs(); ++i) {
    const Cost cost = CostOf(large.process(), [&] {
      for (int call = 0; call < kRowCalls; ++call) large.Page(far);
      return kRowCalls;
    });
    examined.push_back({cost.rows, kPageSize});
  }
  Print(options, {"growth.page_10000.rows", "rows", AtMost(2)}, examined);
  measure(
      "growth.statistics", [&] { large.Statistics(); }, [&] { small.Statistics(); });
}

}  // namespace puente::bench
