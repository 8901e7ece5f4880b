#include "tests/bench/measure.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstdio>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

namespace puente::bench {

void Print(const Options& options, const Line& line, std::vector<Pair> pairs) {
  if (!Wanted(options, line.name)) return;
  std::sort(pairs.begin(), pairs.end(),
            [](const Pair& a, const Pair& b) { return a.ratio() < b.ratio(); });
  const Pair& median = pairs[pairs.size() / 2];
  const double judged = line.judged == Line::Judged::kRatio ? median.ratio() : median.value;
  const bool least = line.target.sense == Target::Sense::kAtLeast;
  const bool ok = least ? judged >= line.target.bound : judged <= line.target.bound;
  absl::PrintF(
      "{\"name\":\"%s\",\"value\":%.6g,\"limit\":%.6g,\"ratio\":%.4g,\"target\":\"%s%g\","
      "\"ok\":%s,\"unit\":\"%s\",\"pairs\":%d,\"ratio_min\":%.4g,\"ratio_max\":%.4g}\n",
      line.name, median.value, median.limit, median.ratio(), least ? ">=" : "<=", line.target.bound,
      ok ? "true" : "false", line.unit, pairs.size(), pairs.front().ratio(), pairs.back().ratio());
  std::fflush(stdout);
}

bool Wanted(const Options& options, const std::string& name) {
  return options.only.empty() || RE2::PartialMatch(name, options.only);
}

void Say(const std::string& what) { absl::FPrintF(stderr, "%s\n", what); }

std::vector<std::vector<double>> Interleave(const std::vector<std::function<double()>>& sides,
                                            int rounds) {
  std::vector<std::vector<double>> figures(sides.size());
  for (int round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < sides.size(); ++i) {
      const size_t side = round % 2 == 0 ? i : sides.size() - 1 - i;
      figures[side].push_back(sides[side]());
    }
  }
  return figures;
}

Pair Rates(double seconds, const std::function<void(int64_t)>& value,
           const std::function<void(int64_t)>& limit) {
  constexpr absl::Duration kTurn = absl::Milliseconds(10);
  const std::function<void(int64_t)>* const sides[] = {&value, &limit};
  absl::Duration took[2];
  int64_t counts[2] = {0, 0};
  const absl::Time end = absl::Now() + absl::Seconds(seconds);
  for (int turn = 0; absl::Now() < end || turn % 2 != 0; ++turn) {
    const int side = turn % 2;
    const absl::Time start = absl::Now();
    do {
      (*sides[side])(counts[side]++);
    } while (absl::Now() - start < kTurn);
    took[side] += absl::Now() - start;
  }
  return {static_cast<double>(counts[0]) / absl::ToDoubleSeconds(took[0]),
          static_cast<double>(counts[1]) / absl::ToDoubleSeconds(took[1])};
}

std::vector<Pair> Pairs(const std::vector<double>& values, const std::vector<double>& limits) {
  std::vector<Pair> pairs;
  for (size_t i = 0; i < values.size(); ++i) pairs.push_back({values[i], limits[i]});
  return pairs;
}

double Percentile(std::vector<double> values, double share) {
  const auto rank = static_cast<size_t>(share * static_cast<double>(values.size()));
  const auto found = values.begin() + static_cast<int64_t>(std::min(rank, values.size() - 1));
  std::nth_element(values.begin(), found, values.end());
  return *found;
}

}  // namespace puente::bench
