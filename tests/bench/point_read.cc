// One vacancy read through its module, beside an echo of the same messages by the same client,
// beside the same statement by the connector alone, beside a module that reads one by one, and
// beside the same server without its guards.
#include "absl/strings/str_cat.h"
#include "modules/labor/vacancies/resource.h"
#include "tests/bench/bare/sql.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/vacancy_calls.h"

namespace puente::bench {
namespace {

using labor::v1::GetVacancyRequest;
using labor::v1::Vacancy;
using labor::v1::VacancyService;

constexpr int64_t kVacancies = 10'000;
constexpr char kMethod[] = "/puente.labor.v1.VacancyService/GetVacancy";

// The loop with the number of connections that makes it fastest.
template <class MakeLoop>
auto Best(const std::vector<int>& connections, double seconds, const MakeLoop& make) {
  decltype(make(1)) best;
  double fastest = 0;
  for (const int count : connections) {
    auto loop = make(count);
    loop->Rate(seconds / 2);
    const double rate = loop->Rate(seconds);
    Say(absl::StrCat("  ", count, " connections: ", static_cast<int64_t>(rate), "/s"));
    if (rate > fastest) {
      fastest = rate;
      best = std::move(loop);
    }
  }
  return best;
}

Vacancy Answer(const FilledModule& module) {
  const auto stub =
      VacancyService::NewStub(Site::Shared().Channel(module.address, "labor", "council/cce"));
  GetVacancyRequest request;
  request.set_name("vacancies/" + module.ids.front());
  return Ask(*stub, &VacancyService::Stub::GetVacancy, request);
}

}  // namespace

void MeasurePointRead(const Options& options) {
  const FilledModule module(kVacancies);
  const auto echo_server = StartEcho(kMethod, Answer(module));
  const double seconds = options.round_seconds();
  Say("point_read: connections of the echo");
  const auto echo = Best({1, 2, 4}, seconds, [&](int count) {
    return std::make_unique<VacancyReads>(echo_server->address("echo"), module.ids, count);
  });
  Say("point_read: connections of the module");
  const auto reads = Best({1, 2, 4}, seconds, [&](int count) {
    return std::make_unique<VacancyReads>(module.address, module.ids, count);
  });
  const resource::Spec& spec = labor::Vacancies();
  const auto select = [&](int connections) {
    return bare::SelectLoop(Site::PlaceOf(module.database),
                            absl::StrCat(spec.select(), " FROM vacancy WHERE ", spec.where_id()),
                            module.ids, connections);
  };
  config::Server one_by_one = module.config;
  one_by_one.set_reads_together(1);
  const auto single = Site::Shared().Start(one_by_one);
  Say("point_read: connections of the module that reads one by one");
  const auto singly = Best({1, 2, 4}, seconds, [&](int count) {
    return std::make_unique<VacancyReads>(single->address("labor"), module.ids, count);
  });
  Say("point_read: connections of the prepared statement");
  const auto statement = Best({1, 2, 4, 8}, seconds, select);
  const auto queued = select(kInFlight);  // as many waiting as the module has
  std::vector<double> p99, single_p99, bare_p99;
  const auto figures =
      Interleave({[&] {
                    const Load load = reads->Closed(seconds);
                    p99.push_back(load.p99);
                    return load.rate;
                  },
                  [&] { return echo->Rate(seconds); }, [&] { return statement->Rate(seconds); },
                  [&] {
                    const Load load = singly->Closed(seconds);
                    single_p99.push_back(load.p99);
                    return load.rate;
                  },
                  [&] {
                    const double rate = queued->Rate(seconds);
                    bare_p99.push_back(queued->P99Milliseconds());
                    return rate;
                  }},
                 options.pairs());
  Print(options, {"point_read.echo", "1/s", AtLeast(0.25)}, Pairs(figures[0], figures[1]));
  Print(options, {"point_read.statement", "1/s", AtLeast(0.3)}, Pairs(figures[0], figures[2]));
  Print(options, {"point_read.together", "1/s", AtLeast(1)}, Pairs(figures[0], figures[3]));
  Print(options, {"point_read.p99", "ms", AtMost(1)}, Pairs(p99, single_p99));
  // A third of the rate lets 64 calls wait three times as long.
  Print(options, {"point_read.p99_bare", "ms", AtMost(1 / 0.3)}, Pairs(p99, bare_p99));
}

// One read in flight, beside an echo and a bare statement one after the other.
void MeasureGet(const Options& options) {
  const FilledModule module(kVacancies);
  const auto echo_server = StartEcho(kMethod, Answer(module));
  const auto median = [&](const std::string& address) {
    const std::shared_ptr<VacancyService::Stub> stub =
        VacancyService::NewStub(Site::Shared().Channel(address, "labor", "council/cce"));
    return [&module, stub, next = size_t{0}](double seconds) mutable {
      return MedianMilliseconds(seconds, [&] {
        GetVacancyRequest request;
        request.set_name("vacancies/" + module.ids[next++ * 7919 % module.ids.size()]);
        Ask(*stub, &VacancyService::Stub::GetVacancy, request);
      });
    };
  };
  auto get = median(module.address);
  auto echo = median(echo_server->address("echo"));
  const resource::Spec& spec = labor::Vacancies();
  const auto statement = bare::SelectLoop(
      Site::PlaceOf(module.database),
      absl::StrCat(spec.select(), " FROM vacancy WHERE ", spec.where_id()), module.ids, 1);
  const double seconds = options.round_seconds();
  get(seconds / 2);
  echo(seconds / 2);
  auto figures = Interleave({[&] { return get(seconds); }, [&] { return echo(seconds); },
                             [&] {
                               statement->Rate(seconds);
                               return statement->P50Milliseconds();
                             }},
                            options.pairs());
  for (size_t i = 0; i < figures[1].size(); ++i) figures[1][i] += figures[2][i];
  Print(options, {"get", "ms", AtMost(1.6)}, Pairs(figures[0], figures[1]));
}

// Reads by the gateway for somebody else: rights, delegation, metrics and logs all have their part.
void MeasureRights(const Options& options) {
  const FilledModule module(kVacancies);
  Site& site = Site::Shared();
  const Process unguarded({Sibling("puente_bench"), "--serve-unguarded",
                           site.Write(site.Config("labor", module.database))},
                          site.log());
  const Callers callers = {"gateway", "council/cce"};
  VacancyReads reads(module.address, module.ids, 2, callers);
  VacancyReads bare(unguarded.address("labor"), module.ids, 2, callers);
  const double seconds = options.round_seconds();
  for (VacancyReads* side : {&reads, &bare}) side->Rate(seconds / 2);
  const auto figures = Interleave(
      {[&] { return reads.Rate(seconds); }, [&] { return bare.Rate(seconds); }}, options.pairs());
  Print(options, {"rights", "1/s", AtLeast(0.85)}, Pairs(figures[0], figures[1]));
}

}  // namespace puente::bench
