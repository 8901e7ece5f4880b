// A release of awards, from parts in memory to the figures that are told: 1,000,000 awards of
// 800,000 persons over 300 versions, 32 states, 3 sexes and 12 quarters (a tenth of the awards
// unless --large says otherwise).
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "modules/education/award_releases/tables.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/site.h"

namespace puente::bench {
namespace {

using releases::Basis;
using releases::Cell;
using releases::Earlier;
using releases::Figures;
using releases::Part;

constexpr int kVersions = 300;
constexpr int kStates = 32;
constexpr int kQuarters = 12;
constexpr int kMostWeeks = 60;

std::vector<Part> MadeUpParts(int64_t awards, releases::Texts& texts) {
  std::mt19937 random(7);
  const auto skewed = [&](int n) {
    const double share = static_cast<double>(random() % 1'000'000 + 1) / 1e6;
    return std::min(n - 1, static_cast<int>(n * std::pow(share, 1.7)));
  };
  const auto weeks = [&] { return static_cast<int32_t>(random() % kMostWeeks); };
  std::vector<Part> parts;
  for (int64_t i = 0; i < awards; ++i) {
    const int quarter = static_cast<int>(random() % kQuarters);
    const std::string sex = random() % 50 == 0 ? "3" : absl::StrCat(random() % 2 + 1);
    parts.push_back(
        {texts.Of(absl::StrCat("persons/", random() % (awards * 4 / 5))),
         {texts.Of(absl::StrCat("microcredentials/m", skewed(kVersions))),
          texts.Of(absl::StrFormat("%02d", skewed(kStates) + 1)),
          texts.Of(absl::StrCat(2023 + quarter / 4, "-Q", quarter % 4 + 1)), texts.Of(sex)},
         {weeks(), weeks(), weeks(), weeks()}});
  }
  releases::Compact(parts);
  return parts;
}

Figures Make(releases::Texts& texts, const Basis& before, std::vector<Part> now) {
  auto figures = releases::MakeFigures(education::AwardFamily().tables[0], texts, {}, before,
                                       std::move(now), [] { return false; });
  if (!figures.ok()) Die(figures.status().ToString());
  return *std::move(figures);
}

// The share of awards that stand in told cells of a version and a state.
double ToldShare(const Figures& figures, size_t awards) {
  int64_t told = 0;
  for (const Cell& cell : figures.cells) {
    const auto& [version, state, quarter, sex] = cell.key;
    if (version != 0 && state != 0 && sex == 0 && quarter == 0) told += cell.total;
  }
  return static_cast<double>(told) / static_cast<double>(awards);
}

}  // namespace

void MeasureAwardRelease(const Options& options) {
  releases::Texts texts;
  const std::vector<Part> now = MadeUpParts(options.size(1'000'000, 5'000), texts);
  std::vector<Part> before = now;
  std::mt19937 random(8);
  std::erase_if(before, [&](const Part&) { return random() % 12 == 0; });
  Say(absl::StrCat("making a release of ", before.size(), " awards"));
  absl::Time start = absl::Now();
  const auto seconds = [&start] {
    return absl::ToDoubleSeconds(absl::Now() - std::exchange(start, absl::Now()));
  };
  Figures first = Make(texts, {}, before);
  Print(options, {"award_release.seconds", "s", AtMost(120), Line::Judged::kValue},
        {{seconds(), 120}});
  Print(options, {"award_release.told", "", AtLeast(0.5), Line::Judged::kValue},
        {{ToldShare(first, before.size()), 1}});
  Say("making the one after it, with a twelfth more");
  Basis basis;
  Earlier& earlier = basis.earlier.emplace_back();
  for (const Cell& cell : first.cells) earlier.told.insert(cell.key);
  basis.parts = std::move(first.parts);
  seconds();
  const Figures second = Make(texts, basis, now);
  Print(options, {"award_release.next", "s", AtMost(300), Line::Judged::kValue},
        {{seconds(), 300}});
  Print(options, {"award_release.next.told", "", AtLeast(0.3), Line::Judged::kValue},
        {{static_cast<double>(second.parts.size() - before.size()) /
              static_cast<double>(now.size() - before.size()),
          1}});
  rusage used = {};
  getrusage(RUSAGE_SELF, &used);
  Print(options, {"award_release.memory", "MB", AtMost(1500), Line::Judged::kValue},
        {{static_cast<double>(used.ru_maxrss) * 1024 / 1e6, 1500}});
}

}  // namespace puente::bench
