// What a read by name and a page of a list look like to those who call at a fixed rate, beside an
// echo of the same answer at the same rate; and what one of them costs.
#include "absl/strings/str_cat.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/meter.h"
#include "tests/bench/vacancy_calls.h"

namespace puente::bench {
namespace {

using labor::v1::GetVacancyRequest;
using labor::v1::ListVacanciesRequest;
using labor::v1::ListVacanciesResponse;
using labor::v1::Vacancy;
using labor::v1::VacancyService;

constexpr int64_t kVacancies = 10'000;
constexpr int kPageSize = 50;
constexpr int kConnections = 2;

// What a kind of call is judged by.
struct Bounds {
  double p50;  // milliseconds
  double p99;
  double server_us;
};

// Half of what the module can answer at most is not yet a queue: `calls` and `echo` get that.
template <class Calls>
void Measure(const Options& options, const std::string& name, const Process& module, Calls& calls,
             Calls& echo, int rows, const Bounds& bounds) {
  const double seconds = options.round_seconds();
  calls.Rate(seconds / 2);
  const double rate = calls.Rate(seconds) / 2;
  Say(absl::StrCat(name, ": ", static_cast<int64_t>(rate), " calls a second"));
  std::vector<Pair> p50, p99, cpu, statements, examined;
  for (int i = 0; i < options.pairs(); ++i) {
    Load load;
    const Cost cost = CostOf(module, [&] {
      load = calls.Open(rate, seconds);
      return static_cast<int64_t>(rate * seconds);
    });
    const Load limit = echo.Open(rate, seconds);
    p50.push_back({load.p50, limit.p50});
    p99.push_back({load.p99, limit.p99});
    cpu.push_back({cost.server_us, cost.database_us});
    statements.push_back({cost.statements, 1});
    examined.push_back({cost.rows, static_cast<double>(rows)});
  }
  Print(options, {name + ".p50", "ms", AtMost(bounds.p50), Line::Judged::kValue}, p50);
  Print(options, {name + ".p99", "ms", AtMost(bounds.p99), Line::Judged::kValue}, p99);
  Print(options, {name + ".cpu", "us", AtMost(bounds.server_us), Line::Judged::kValue}, cpu);
  Print(options, {name + ".statements", "a call", AtMost(1.05)}, statements);
  Print(options, {name + ".rows", "a call", AtMost(2.2)}, examined);
}

void MeasureReads(const Options& options, const FilledModule& module) {
  const std::string& address = module.address;
  VacancyReads reads(address, module.ids, kConnections);
  const auto stub =
      VacancyService::NewStub(Site::Shared().Channel(address, "labor", "council/cce"));
  GetVacancyRequest request;
  request.set_name("vacancies/" + module.ids.front());
  const auto server = StartEcho("/puente.labor.v1.VacancyService/GetVacancy",
                                Ask(*stub, &VacancyService::Stub::GetVacancy, request));
  VacancyReads echo(server->address("echo"), module.ids, kConnections);
  Measure(options, "load_shape.get", *module.process, reads, echo, 1, {5, 40, 300});
}

void MeasurePages(const Options& options, const FilledModule& module) {
  using Calls = VacancyCalls<ListVacanciesRequest, ListVacanciesResponse>;
  const auto make = [](int64_t, ListVacanciesRequest& request) {
    request.set_page_size(kPageSize);
    request.set_filter("record_kind = GENERATED AND state = OPEN");
  };
  const Calls::Method method = &Calls::Stub::async::ListVacancies;
  Calls pages(module.address, method, make, kConnections);
  const auto stub =
      VacancyService::NewStub(Site::Shared().Channel(module.address, "labor", "council/cce"));
  ListVacanciesRequest request;
  make(0, request);
  const auto server = StartEcho("/puente.labor.v1.VacancyService/ListVacancies",
                                Ask(*stub, &VacancyService::Stub::ListVacancies, request));
  Calls echo(server->address("echo"), method, make, kConnections);
  Measure(options, "load_shape.page", *module.process, pages, echo, kPageSize, {10, 60, 1500});
}

}  // namespace

void MeasureLoadShape(const Options& options) {
  const FilledModule module(kVacancies);
  MeasureReads(options, module);
  MeasurePages(options, module);
}

}  // namespace puente::bench
