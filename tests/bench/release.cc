// A release of demand, from statements in memory to the figures that are told: 1,000,000 statements
// of 20,000 companies over 15 sectors, 32 states and 50 skills (a tenth of the statements unless
// --large says otherwise).
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <random>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "modules/economy/demand_releases/figures.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/site.h"

namespace puente::bench {
namespace {

using economy::Sectors;
using economy::releases::Basis;
using economy::releases::Cell;
using economy::releases::Earlier;
using economy::releases::Figures;
using economy::releases::Part;

constexpr int kClasses = 20;  // the last five belong to two sectors each
constexpr int kSectors = 15;
constexpr int kStates = 32;
constexpr int kSkills = 50;

std::string Class(int number) { return absl::StrFormat("%d", 1000 + number); }

Sectors MadeUpSectors() {
  Sectors sectors;
  for (int sector = 0; sector < kSectors; ++sector) {
    auto& prefixes = sectors[absl::StrCat("sectorTables/s", sector)];
    prefixes.push_back(Class(sector));
    if (sector % 3 < 2) prefixes.push_back(Class(kSectors + sector / 3));
  }
  return sectors;
}

// Companies of very different sizes, most of whose needs are in their own state and class.
std::vector<Part> MadeUpParts(int64_t statements) {
  std::mt19937 random(7);
  const int64_t companies = std::max<int64_t>(statements / 50, 100);
  std::lognormal_distribution<double> sizes(0, 1.4);
  std::lognormal_distribution<double> heads(1, 0.8);
  const auto skewed = [&](int n) {
    const double share = static_cast<double>(random() % 1'000'000 + 1) / 1e6;
    return std::min(n - 1, static_cast<int>(n * std::pow(share, 1.7)));
  };
  std::vector<double> size(companies);
  double all = 0;
  for (double& one : size) all += one = sizes(random);
  std::vector<Part> parts;
  for (int64_t company = 0; company < companies; ++company) {
    const auto count = std::max<int64_t>(
        1, static_cast<int64_t>(static_cast<double>(statements) * size[company] / all));
    const int of = skewed(kClasses);
    const int home = skewed(kStates);
    for (int64_t i = 0; i < count; ++i) {
      const int state = random() % 5 == 0 ? skewed(kStates) : home;
      parts.push_back({absl::StrCat("companies/c", company), "",
                       absl::StrCat("skills/k", skewed(kSkills)),
                       absl::StrFormat("%02d", state + 1), Class(of), "bench",
                       static_cast<int64_t>(heads(random)) + 1, 2027, 2028});
    }
  }
  return parts;
}

// The share of heads that stands in told cells of a sector and a state.
double ToldShare(const Figures& figures, const Sectors& sectors) {
  double told = 0;
  double all = 0;
  for (const Cell& cell : figures.cells) {
    if (!cell.key.sector.empty() && !cell.key.state_code.empty() && cell.key.skill.empty()) {
      told += static_cast<double>(cell.heads);
    }
  }
  for (const Part& part : figures.parts) {
    for (const auto& [name, prefixes] : sectors) {
      if (economy::BelongsTo(part.scian_class, prefixes) == economy::Belongs::kYes) {
        all += static_cast<double>(part.heads);
      }
    }
  }
  return told / all;
}

// What companies state a month later: a tenth of the needs are others than before.
std::vector<Part> MonthLater(std::vector<Part> parts) {
  std::mt19937 random(8);
  for (Part& part : parts) {
    if (random() % 10 == 0) part.heads = 1 + static_cast<int64_t>(random() % (2 * part.heads));
  }
  return parts;
}

Figures Make(const Basis& before, std::vector<Part> now, const Sectors& sectors) {
  auto figures =
      economy::releases::MakeFigures(before, std::move(now), sectors, [] { return false; });
  if (!figures.ok()) Die(figures.status().ToString());
  return *std::move(figures);
}

// The share of changed needs that the second release is of.
double ToldOfChanges(const std::vector<Part>& before, const std::vector<Part>& now,
                     const std::vector<Part>& told) {
  double changed = 0;
  double seen = 0;
  std::vector<Part> come;
  absl::c_set_difference(now, before, std::back_inserter(come));
  for (const Part& part : come) {
    ++changed;
    seen += absl::c_binary_search(told, part);
  }
  return seen / changed;
}

}  // namespace

void MeasureRelease(const Options& options) {
  const Sectors sectors = MadeUpSectors();
  std::vector<Part> now = MadeUpParts(options.size(1'000'000, 5'000));
  economy::releases::Compact(now);
  const std::vector<Part> later = MonthLater(now);
  Say(absl::StrCat("making a release of ", now.size(), " needs"));
  absl::Time start = absl::Now();
  const auto seconds = [&start] {
    return absl::ToDoubleSeconds(absl::Now() - std::exchange(start, absl::Now()));
  };
  Figures first = Make({}, now, sectors);
  Print(options, {"release.seconds", "s", AtMost(60), Line::Judged::kValue}, {{seconds(), 60}});
  Print(options, {"release.told", "", AtLeast(0.8), Line::Judged::kValue},
        {{ToldShare(first, sectors), 1}});
  Say("making the one after it");
  Basis basis;
  Earlier& earlier = basis.earlier.emplace_back();
  earlier.sectors = sectors;
  for (const Cell& cell : first.cells) earlier.told.insert(cell.key);
  basis.parts = std::move(first.parts);
  seconds();
  const Figures second = Make(basis, later, sectors);
  Print(options, {"release.next", "s", AtMost(60), Line::Judged::kValue}, {{seconds(), 60}});
  Print(options, {"release.next.told", "", AtLeast(0.3), Line::Judged::kValue},
        {{ToldOfChanges(now, later, second.parts), 1}});
  // Beside what the measurement itself holds: the needs of both months.
  rusage used = {};
  getrusage(RUSAGE_SELF, &used);
  const double held = static_cast<double>((now.capacity() + later.capacity()) * sizeof(Part)) / 1e6;
  Print(options, {"release.memory", "MB", AtMost(500), Line::Judged::kValue},
        {{static_cast<double>(used.ru_maxrss) * 1024 / 1e6 - held, 500}});
}

}  // namespace puente::bench
