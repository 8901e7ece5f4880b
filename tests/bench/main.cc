// Measures Puente beside the bare machine: one JSON line each.
//   puente_bench [--quick] [--only REGEX]
// From the root of the tree, with the servers built beside it. A ratio that misses its target is
// said in its line; only what can't be measured fails.
#include <CLI/CLI.hpp>

#include "tests/bench/bare/echo.h"
#include "tests/bench/benchmarks.h"

namespace puente::bench {
namespace {

struct Benchmark {
  std::string name;  // its lines begin with it and a dot
  void (*run)(const Options&);
};

const std::vector<Benchmark>& Benchmarks() {
  static const auto* all = new std::vector<Benchmark>{
      {"point_read", &PointRead}, {"write", &Write}, {"load", &Load}, {"growth", &Growth}};
  return *all;
}

int Main(int argc, char** argv) {
  CLI::App app("Measures Puente beside the bare machine, one JSON line each");
  Options options;
  std::vector<std::string> echo;
  app.add_flag("--quick", options.quick, "Short rounds, which only show that everything runs");
  app.add_option("--only", options.only, "Regular expression on the benchmarks' names");
  app.add_option("--serve-echo", echo)->expected(5)->group("");  // how it starts the bare server
  CLI11_PARSE(app, argc, argv);
  if (!echo.empty()) return bare::ServeEcho({echo[0], echo[1], echo[2], echo[3], echo[4]});
  for (const Benchmark& benchmark : Benchmarks()) {
    if (Wanted(options, benchmark.name)) benchmark.run(options);
  }
  return 0;
}

}  // namespace
}  // namespace puente::bench

int main(int argc, char** argv) { return puente::bench::Main(argc, argv); }
