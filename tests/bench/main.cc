// Measures Puente beside the bare machine: one JSON line each.
//   puente_bench [--quick] [--large] [--only REGEX]
// From the root of the tree, with the servers built beside it. A ratio that misses its target is
// said in its line; only what can't be measured fails.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "absl/synchronization/mutex.h"
#include "tests/bench/bare/echo.h"
#include "tests/bench/bare/export.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/one_section.h"
#include "tests/bench/unguarded.h"

namespace puente::bench {
namespace {

struct Benchmark {
  std::vector<std::string> lines;
  void (*run)(const Options&);
};

const std::vector<Benchmark>& Benchmarks() {
  static const auto* all = new std::vector<Benchmark>{
      {{"point_read.echo", "point_read.statement", "point_read.together", "point_read.p99",
        "point_read.p99_bare"},
       &MeasurePointRead},
      {{"get"}, &MeasureGet},
      {{"rights"}, &MeasureRights},
      {{"load_shape.get.p50", "load_shape.get.p99", "load_shape.get.cpu",
        "load_shape.get.statements", "load_shape.get.rows", "load_shape.page.p50",
        "load_shape.page.p99", "load_shape.page.cpu", "load_shape.page.statements",
        "load_shape.page.rows"},
       &MeasureLoadShape},
      {{"overview.processes", "overview.hot", "overview.hot.written", "overview.hot.rate",
        "overview.hot.whole", "overview.embedded", "overview.million"},
       &MeasureOverview},
      {{"write.in_process.1", "write.rpc.1", "write.in_process.8", "write.rpc.8"}, &MeasureWrite},
      {{"write.guarded"}, &MeasureGuarded},
      {{"overload.writes", "overload.after"}, &MeasureOverload},
      {{"standard.get", "standard.list_100", "standard.field_checks"}, &MeasureStandard},
      {{"stream.export", "stream.export.memory"}, &MeasureStreamExport},
      {{"due.slices"}, &MeasureDue},
      {{"personal.seal", "personal.hash", "personal.lookup"}, &MeasurePersonal},
      {{"persons.register.known", "persons.register.unknown"}, &MeasurePersons},
      {{"awards.load", "awards.load.again", "awards.load.last", "awards.load.memory"},
       &MeasureAwards},
      {{"hours.load.last"}, &MeasureHours},
      {{"acts", "certification.queue", "certification.trace"}, &MeasureCertification},
      {{"places.reserve", "places.hot", "places.hot.p99", "places.place", "places.find",
        "places.find.growth"},
       &MeasurePlaces},
      {{"places.summary.growth"}, &MeasurePlaceFigures},
      {{"feasibility", "feasibility.growth", "feasibility.teaching.growth"}, &MeasureFeasibility},
      {{"certification.uncertified"}, &MeasureCoverage},
      {{"release.seconds", "release.told"}, &MeasureRelease},
      {{"award_release.seconds", "award_release.told", "award_release.next"}, &MeasureAwardRelease},
      {{"sdmx.table"}, &MeasureSdmx},
      {{"http.json", "http.idle"}, &MeasureHttpJson},
      {{"reports.memory", "reports.csv", "reports.reads", "reports.whole", "reports.whole.memory",
        "reports.whole.reads"},
       &MeasureReports},
      {{"load.rows", "load.memory", "load.gigabyte", "load.acknowledged", "load.acknowledged.again",
        "load.acknowledged.last"},
       &MeasureLoad},
      {{"growth.point_read", "growth.page_10000", "growth.page_10000.rows", "growth.statistics",
        "growth.sector"},
       &MeasureGrowth},
      {{"growth.equivalents", "growth.equivalents.shared"}, &MeasureEquivalents},
      {{"growth.demand", "growth.demand.changed", "growth.demand.reads"}, &MeasureGrowthOfDemand},
      {{"growth.journal"}, &MeasureGrowthOfJournal}};
  return *all;
}

bool AnyWanted(const Options& options, const Benchmark& benchmark) {
  return std::any_of(benchmark.lines.begin(), benchmark.lines.end(),
                     [&](const std::string& line) { return Wanted(options, line); });
}

int Main(int argc, char** argv) {
  CLI::App app("Measures Puente beside the bare machine, one JSON line each");
  Options options;
  app.add_flag("--quick", options.quick, "Short rounds, which only show that everything runs");
  app.add_flag("--large", options.large,
               "All rows of load.gigabyte, overview.million, stream.export, personal.lookup, "
               "awards.load, hours.load and reports; else a tenth. Of growth.statistics a hundred "
               "times the vacancies, not ten");
  app.add_option("--only", options.only, "Regular expression on the lines' names");
  // How it starts the servers that it compares with.
  std::vector<std::string> echo, bare_export;
  std::string gateway, embedded, unguarded;
  app.add_option("--serve-echo", echo)->expected(5)->group("");
  app.add_option("--serve-export", bare_export)->expected(5)->group("");
  app.add_option("--serve-gateway", gateway)->group("");
  app.add_option("--serve-embedded", embedded)->group("");
  app.add_option("--serve-unguarded", unguarded)->group("");
  CLI11_PARSE(app, argc, argv);
  // As the servers do (common/hosting/run_server.cc), for the echo as well.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  if (!echo.empty()) return bare::ServeEcho({echo[0], echo[1], echo[2], echo[3], echo[4]});
  if (const auto& e = bare_export; !e.empty()) {
    return bare::ServeExport({e[0], e[1], e[2], {e[3], e[4]}});
  }
  if (!gateway.empty()) return ServeOneSectionGateway(gateway.c_str());
  if (!embedded.empty()) return ServeOneSectionEmbedded(embedded.c_str());
  if (!unguarded.empty()) return ServeUnguarded(unguarded.c_str());
  for (const Benchmark& benchmark : Benchmarks()) {
    if (AnyWanted(options, benchmark)) benchmark.run(options);
  }
  return 0;
}

}  // namespace
}  // namespace puente::bench

int main(int argc, char** argv) { return puente::bench::Main(argc, argv); }
