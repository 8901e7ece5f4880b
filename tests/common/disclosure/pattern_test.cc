#include "common/disclosure/pattern.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/common/disclosure/attacker.h"
#include "tests/common/disclosure/countries.h"

namespace puente::disclosure {
namespace {

using testing::IsEmpty;

bool Long() { return std::getenv("PUENTE_LONG") != nullptr; }

std::string Describe(const Table& table, const std::vector<int64_t>& cells) {
  std::string text;
  for (const int64_t cell : cells) {
    absl::StrAppend(&text, "(", absl::StrJoin(table.grid().GroupsOf(cell), " "), ") ",
                    table.Find(cell)->total, " of ", table.Find(cell)->contributors, "; ");
  }
  return text;
}

Pattern Choose(const Table& table, const Rule& rule = {}) {
  PatternOptions options;
  options.rule = rule;
  absl::StatusOr<Pattern> pattern = ChoosePattern(table, options);
  EXPECT_TRUE(pattern.ok());
  return *std::move(pattern);
}

// Two contributors, the larger ones more often.
std::set<int32_t> Pair(const Table& table, std::mt19937& random) {
  const auto one = [&] {
    const auto& all = table.contributions();
    const Contribution& a = all[random() % all.size()];
    const Contribution& b = all[random() % all.size()];
    return a.value > b.value ? a.contributor : b.contributor;
  };
  return {one(), one()};
}

void NobodyFindsWhatIsHidden(const Rule& rule) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    CountrySize size;
    size.companies = 10 + static_cast<int>(seed % 10) * 15;
    const Table table = Country(seed, size);
    const Pattern pattern = Choose(table, rule);
    EXPECT_THAT(pattern.unprotected, IsEmpty());
    for (const int64_t cell : pattern.told) {
      EXPECT_TRUE(rule.Allows(*table.Find(cell)));
      EXPECT_TRUE(table.grid().Asked(cell));
    }
    std::mt19937 random(seed);
    for (int i = 0; i < (Long() ? 20 : 1); ++i) {
      const bool alone = (seed + i) % 3 == 0;
      const std::set<int32_t> pooling = alone ? std::set<int32_t>() : Pair(table, random);
      const std::vector<int64_t> found = FoundIn(table, pattern.told, rule, pooling);
      EXPECT_THAT(found, IsEmpty())
          << "pooling " << absl::StrJoin(pooling, " ") << ": " << Describe(table, found);
    }
  }
}

TEST(Pattern, NobodyFindsWhatIsHiddenInRandomCountries) {
  NobodyFindsWhatIsHidden(Rule::Companies());
}

TEST(Pattern, NobodyFindsHowManyPersonsACompanyHas) {
  NobodyFindsWhatIsHidden(Rule::PersonsOfCompanies());
}

TEST(Rule, AllowsNoFewPersonsOfManyCompanies) {
  const auto allows = [](const std::vector<int64_t>& persons, const Rule& rule) {
    Sum sum;
    for (size_t i = 0; i < persons.size(); ++i) sum.Add({static_cast<int32_t>(i), persons[i]});
    return rule.Allows(sum);
  };
  EXPECT_FALSE(allows({2, 2, 2, 2, 1}, Rule::PersonsOfCompanies())) << "nine";
  EXPECT_TRUE(allows({2, 2, 2, 2, 2}, Rule::PersonsOfCompanies()));
  EXPECT_FALSE(allows({20, 20, 20}, Rule::PersonsOfCompanies())) << "of three";
  EXPECT_TRUE(allows({1}, Rule::Public()));
}

// A table of one dimension, whose values are what each contributor has.
Table List(const std::vector<std::vector<int64_t>>& values) {
  std::vector<Contribution> contributions;
  int32_t contributor = 0;
  for (size_t value = 0; value < values.size(); ++value) {
    for (const int64_t part : values[value]) {
      contributions.push_back({contributor++, {static_cast<int32_t>(value)}, part});
    }
  }
  return Table(Grid({Dimension::OfValues(static_cast<int>(values.size()))}),
               std::move(contributions));
}

TEST(Rule, AllowsWhatTwoWhoPoolCannotTakeApart) {
  const auto allows = [](const std::vector<int64_t>& parts) {
    const Table table = List({parts});
    return Rule().Allows(*table.Find(table.grid().CellOf({Dimension::kAll})));
  };
  EXPECT_FALSE(allows({100, 100, 100}));      // fewer than four
  EXPECT_TRUE(allows({100, 100, 100, 100}));  // a quarter each
  EXPECT_FALSE(allows({900, 50, 50, 50}));    // 85 %
  EXPECT_FALSE(allows({900, 700, 700, 19}));  // two of 700 learn 900 to within 19
  EXPECT_TRUE(allows({900, 700, 700, 91}));
  // Ninety of 1 head each are known as well as counted.
  std::vector<int64_t> small(93, 1);
  small[0] = 900;
  small[1] = small[2] = 700;
  EXPECT_FALSE(allows(small));
}

// Two companies each stated 700 for a hidden cell, and its total was told: less 1,400 it was what
// the other two had, 900 and 19.
TEST(Pattern, WhoAddsToAHiddenCellDoesNotLearnIt) {
  const Table table = List({{900, 19, 700, 700}, {400, 300, 200, 350, 100}, {90, 80, 70, 60, 10}});
  const Pattern pattern = Choose(table);
  EXPECT_FALSE(pattern.told.contains(table.grid().CellOf({1})));
  EXPECT_THAT(FoundIn(table, pattern.told, Rule(), {2, 3}), IsEmpty());
}

TEST(Pattern, AHiddenCellIsNotTheDifferenceOfOverlappingSectors) {
  // Two sectors share an atom; what one has beyond it is one company's.
  const Grid grid({Dimension::OfGroups(3, {{0, 1}, {1}}), Dimension::OfValues(1)});
  std::vector<Contribution> contributions = {{0, {0, 0}, 50}};
  for (int32_t i = 1; i < 9; ++i) contributions.push_back({i, {1, 0}, 40 + i});
  for (int32_t i = 9; i < 19; ++i) contributions.push_back({i, {2, 0}, 30 + i});
  const Table table(grid, contributions);
  const Pattern pattern = Choose(table);
  EXPECT_FALSE(pattern.told.contains(grid.CellOf({1, 0})) &&
               pattern.told.contains(grid.CellOf({2, 0})));
  EXPECT_THAT(FoundIn(table, pattern.told, Rule(), {}), IsEmpty());
}

// Nobody, and any two of the largest in the table, find anything.
bool IsSafe(const Table& table, const absl::flat_hash_set<int64_t>& told) {
  std::map<int32_t, int64_t> values;
  for (const Contribution& one : table.contributions()) values[one.contributor] += one.value;
  std::vector<std::pair<int64_t, int32_t>> largest;
  for (const auto& [contributor, value] : values) largest.push_back({-value, contributor});
  std::sort(largest.begin(), largest.end());
  if (!FoundIn(table, told, Rule(), {}).empty()) return false;
  for (size_t i = 0; i < 4 && i < largest.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (!FoundIn(table, told, Rule(), {largest[i].second, largest[j].second}).empty()) {
        return false;
      }
    }
  }
  return true;
}

// The least number of these cells that can be hidden, tried one set after the other.
size_t LeastHidden(const Table& table, const std::vector<int64_t>& cells) {
  for (size_t hidden = 0; hidden < cells.size(); ++hidden) {
    std::vector<bool> told(cells.size(), true);
    std::fill(told.begin(), told.begin() + static_cast<std::ptrdiff_t>(hidden), false);
    do {
      absl::flat_hash_set<int64_t> these;
      for (size_t i = 0; i < cells.size(); ++i) {
        if (told[i]) these.insert(cells[i]);
      }
      if (IsSafe(table, these)) return hidden;
    } while (std::next_permutation(told.begin(), told.end()));
  }
  return cells.size();
}

TEST(Pattern, HidesHardlyMoreThanTheLeastThatMustBeOnSmallTables) {
  size_t hidden = 0;
  size_t least = 0;
  for (unsigned seed = 0; seed < 12; ++seed) {
    const CountrySize size = {.sectors = 0,
                              .atoms = 3,
                              .states = 3,
                              .skills = 1,
                              .companies = 30 + 5 * static_cast<int>(seed),
                              .most_statements = 3};
    const Table table(Grid({Dimension::OfValues(3), Dimension::OfValues(3)}),
                      Country(seed, size).contributions());
    std::vector<int64_t> allowed;
    size_t others = 0;
    for (const auto& [cell, sum] : table.sums()) {
      if (!table.grid().Asked(cell)) continue;
      if (Rule().Allows(sum)) {
        allowed.push_back(cell);
      } else {
        ++others;
      }
    }
    std::sort(allowed.begin(), allowed.end());
    const Pattern pattern = Choose(table);
    EXPECT_TRUE(IsSafe(table, pattern.told));
    hidden += others + allowed.size() - pattern.told.size();
    least += others + LeastHidden(table, allowed);
  }
  EXPECT_GT(least, 0u);
  EXPECT_LE(2 * hidden, 3 * least) << hidden << " hidden, at least " << least << " have to be";
}

TEST(Pattern, IsTheSameInWhateverOrderTheDataComes) {
  const Table table = Country(4, {.companies = 100});
  std::vector<Contribution> shuffled = table.contributions();
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(1));
  const Pattern one = Choose(table);
  const Pattern other = Choose(Table(table.grid(), shuffled));
  EXPECT_FALSE(one.told.empty());
  EXPECT_EQ(one.told, other.told);
  EXPECT_EQ(one.ways, other.ways);
}

TEST(Pattern, EndsWhenItIsCancelled) {
  PatternOptions options;
  options.cancelled = [] { return true; };
  EXPECT_EQ(ChoosePattern(Country(1, {}), options).status().code(), absl::StatusCode::kCancelled);
}

TEST(Pattern, IsCoarserAndNeverSlowerForATableThatIsTooLarge) {
  const Table table = Country(9, {.companies = 145});
  PatternOptions options;
  options.most_ways = 100;
  const auto pattern = ChoosePattern(table, options);
  ASSERT_TRUE(pattern.ok());
  EXPECT_GT(pattern->coarseness, 0);
  for (const int64_t cell : pattern->told) {
    EXPECT_GE(table.grid().Stars(cell), pattern->coarseness);
  }
  EXPECT_THAT(FoundIn(table, pattern->told, Rule(), {}), IsEmpty());
}

}  // namespace
}  // namespace puente::disclosure
