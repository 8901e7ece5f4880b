// What ten times the data costs, or a hundred times with --large: a read by name, a page far behind
// the first, and the figures, of all and of a sector. Each asks for figures that nobody asked for
// before, since the same question would be answered from memory.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/context/values.h"
#include "common/journal/projection.h"
#include "common/sql/connection.h"
#include "modules/labor/module.h"
#include "modules/labor/vacancy_statistics/cuts.h"
#include "puente/labor/v1/statistics.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/meter.h"
#include "tests/bench/record_load.h"
#include "tests/bench/site.h"
#include "tests/bench/vacancy_calls.h"
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
constexpr int kBatch = 5000;  // vacancies that are counted at once
constexpr char kFilter[] = "record_kind = GENERATED AND state = OPEN";

// From any of 1,440 months before the first offer to any of 1,440 after the last one: all offers,
// asked for in another way for two million n.
void SetMonths(size_t n, GetVacancyStatisticsRequest& request) {
  constexpr int kMonths = 1440;
  const auto first = absl::CivilMonth(1900) + static_cast<int>(n % kMonths);
  const auto last = absl::CivilMonth(2030) + static_cast<int>(n / kMonths % kMonths);
  request.set_first_month(absl::FormatCivilTime(first));
  request.set_last_month(absl::FormatCivilTime(last));
}

// A module with many vacancies, as its callers see it.
class Grown {
 public:
  explicit Grown(const FilledModule& module)
      : module_(module),
        vacancies_(VacancyService::NewStub(Channel())),
        statistics_(VacancyStatisticsService::NewStub(Channel())) {}

  void Get() {
    GetVacancyRequest request;
    request.set_name("vacancies/" + module_.ids[next_++ * 7919 % module_.ids.size()]);
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
    GetVacancyStatisticsRequest request;
    SetMonths(next_++, request);
    Ask(*statistics_, &VacancyStatisticsService::Stub::GetVacancyStatistics, request);
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
  const Process& process() const { return *module_.process; }

 private:
  std::shared_ptr<grpc::Channel> Channel() const {
    return Site::Shared().Channel(module_.address, "labor", "council/cce");
  }

  const FilledModule& module_;
  const std::unique_ptr<VacancyService::Stub> vacancies_;
  const std::unique_ptr<VacancyStatisticsService::Stub> statistics_;
  size_t next_ = 0;
};

// A module whose figures count so many vacancies with a class: of 100 classes of one sector, 8
// states and 2 sources, a hundred on each day.
class Classified {
 public:
  explicit Classified(int64_t vacancies)
      : database_(Site::Shared().Schema(labor::Labor().migrations)) {
    sql::Connection connection(database_);
    for (int64_t first = 0; first < vacancies; first += kBatch) {
      journal::Deltas deltas;
      for (int64_t i = first; i < std::min(vacancies, first + kBatch); ++i) {
        const labor::v1::Vacancy vacancy = Vacancy(i);
        labor::statistics::CountVacancy(nullptr, &vacancy, deltas);
      }
      Apply(connection, deltas);
    }
    Site& site = Site::Shared();
    module_ = site.Start(site.Config("labor", database_));
    const std::string& address = module_->address("labor");
    const auto set = testing::SetCounted(site.Channel(address, "labor", "agency/labor"),
                                         "vacancies", type::v1::RECORD_KIND_GENERATED);
    if (!set.ok()) Die("the kind that counts was not set: " + set.status().ToString());
    const auto channel = site.Channel(address, "labor", "council/cce");
    statistics_ = VacancyStatisticsService::NewStub(channel);
    if (Sector().vacancy_count() != vacancies) Die("a sector's figures don't count all");
  }

  // The sector, and a class that isn't there: another one each time.
  labor::v1::VacancyStatistics Sector() {
    GetVacancyStatisticsRequest request;
    request.add_scian_prefixes("31");
    request.add_scian_prefixes(absl::StrCat(900'000 + next_++));
    return Ask(*statistics_, &VacancyStatisticsService::Stub::GetVacancyStatistics, request);
  }

 private:
  static labor::v1::Vacancy Vacancy(int64_t i) {
    labor::v1::Vacancy vacancy;
    vacancy.set_record_kind(type::v1::RECORD_KIND_GENERATED);
    vacancy.set_state(labor::v1::VACANCY_STATE_OPEN);
    vacancy.set_scian_class(absl::StrCat(310'000 + i * 37 % 100));
    vacancy.set_state_code(absl::StrFormat("%02d", 1 + i / 3 % 8));
    vacancy.set_source(i % 7 < 3 ? "one" : "another");
    *vacancy.mutable_offer_date() = ToProto(absl::CivilDay(2000, 1, 1) + i / 100);
    vacancy.set_post_count(1 + static_cast<int>(i % 2));
    vacancy.mutable_monthly_wage()->set_currency_code("MXN");
    vacancy.mutable_monthly_wage()->set_units(8000 + 100 * (i % 40));
    vacancy.set_minutes_a_day(480);
    vacancy.mutable_quality()->add_wage_zones(labor::v1::WAGE_ZONE_GENERAL);
    return vacancy;
  }

  static void Apply(sql::Connection& connection, const journal::Deltas& deltas) {
    absl::Status status = connection.Begin(sql::Isolation::kReadCommitted);
    if (status.ok()) status = journal::ApplyDeltas(connection, deltas);
    if (status.ok()) status = connection.Commit();
    if (!status.ok()) Die("counting failed: " + status.ToString());
  }

  const sql::Target database_;
  std::unique_ptr<Process> module_;
  std::unique_ptr<VacancyStatisticsService::Stub> statistics_;
  int next_ = 0;
};

}  // namespace

namespace {

using Step = std::function<void()>;

void Compare(const Options& options, const char* name, const Step& value, const Step& limit) {
  const double seconds = options.round_seconds() / 2;
  const auto figures = Interleave({[&] { return MedianMilliseconds(seconds, value); },
                                   [&] { return MedianMilliseconds(seconds, limit); }},
                                  options.pairs());
  Print(options, {name, "ms", AtMost(1.3)}, Pairs(figures[0], figures[1]));
}

void CompareVacancies(const Options& options, int64_t rows) {
  const Buffers buffers(CountryGigabytes(options));
  Say(absl::StrCat("growth: loading ", rows, " vacancies, and the country's"));
  const FilledModule few(rows);
  Grown small(few);
  Grown large(WholeCountry(options));
  const std::string far = large.TokenOf(options.quick ? kQuickFarPage : kFarPage);
  Compare(
      options, "growth.point_read", [&] { large.Get(); }, [&] { small.Get(); });
  Compare(
      options, "growth.page_10000", [&] { large.Page(far); }, [&] { large.Page(""); });
  std::vector<Pair> examined;
  for (int i = 0; i < options.pairs(); ++i) {
    const Cost cost = CostOf(large.process(), [&] {
      for (int call = 0; call < kRowCalls; ++call) large.Page(far);
      return kRowCalls;
    });
    examined.push_back({cost.rows, kPageSize});
  }
  Print(options, {"growth.page_10000.rows", "rows", AtMost(2)}, examined);
  Compare(
      options, "growth.statistics", [&] { large.Statistics(); }, [&] { small.Statistics(); });
}

void CompareSectors(const Options& options, int64_t rows) {
  Say(absl::StrCat("growth.sector: counting ", rows, " and ", 10 * rows, " vacancies"));
  Classified small(rows);
  Classified large(10 * rows);
  Compare(
      options, "growth.sector", [&] { large.Sector(); }, [&] { small.Sector(); });
}

}  // namespace

void MeasureGrowth(const Options& options) {
  const int64_t rows = options.quick ? kQuickRows : kRows;
  const bool of_vacancies =
      Wanted(options, "growth.point_read") || Wanted(options, "growth.page_10000") ||
      Wanted(options, "growth.page_10000.rows") || Wanted(options, "growth.statistics");
  if (of_vacancies) CompareVacancies(options, rows);
  if (Wanted(options, "growth.sector")) CompareSectors(options, rows / 4);
}

}  // namespace puente::bench
