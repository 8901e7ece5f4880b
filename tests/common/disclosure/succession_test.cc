#include "common/disclosure/succession.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "tests/common/disclosure/attacker.h"
#include "tests/common/disclosure/countries.h"

namespace puente::disclosure {
namespace {

using testing::IsEmpty;

Successor First(const Table& table) {
  absl::StatusOr<Successor> first = Succeed(table.grid(), {}, {}, table.contributions(), {});
  EXPECT_TRUE(first.ok());
  return *std::move(first);
}

Successor After(const Successor& before, const std::vector<Contribution>& now) {
  absl::StatusOr<Successor> next =
      Succeed(before.basis.grid(), before.basis.contributions(), before.pattern.told, now, {});
  EXPECT_TRUE(next.ok());
  return *std::move(next);
}

int64_t Total(const Successor& release) {
  return release.basis.Find(release.basis.grid().CellOf({}))->total;
}

// Many companies everywhere, so that much is told.
Table Crowd() { return Country(3, {.companies = 300, .most_statements = 12}); }

TEST(Succession, WhatOneCompanyStatesIsNotTheDifferenceOfTwoReleases) {
  const Table table = Crowd();
  const Successor first = First(table);
  ASSERT_FALSE(first.pattern.told.empty());
  std::vector<Contribution> now = table.contributions();
  now.push_back({1'000, {0, 0, 0}, 77});
  const Successor second = After(first, now);
  for (const int64_t cell : first.pattern.told) {
    EXPECT_TRUE(second.pattern.told.contains(cell));
    EXPECT_EQ(second.basis.Find(cell)->total, first.basis.Find(cell)->total);
  }
  EXPECT_TRUE(second.behind.contains(table.grid().CellOf({})));
}

TEST(Succession, WhatManyStateIsToldAndWhatWaitedWithIt) {
  const Table table = Crowd();
  const Successor first = First(table);
  std::vector<Contribution> now = table.contributions();
  now.push_back({1'000, {0, 0, 0}, 20});
  const Successor second = After(first, now);
  EXPECT_EQ(Total(second), Total(first));
  for (int32_t i = 1; i < 12; ++i) now.push_back({1'000 + i, {0, 0, 0}, 15 + i});
  const Successor third = After(second, now);
  EXPECT_GT(Total(third), Total(second));
  EXPECT_FALSE(third.behind.contains(table.grid().CellOf({})));
}

TEST(Succession, EverythingWaitsWhereThereIsNoEffortToFindWhatMay) {
  const Table table = Crowd();
  const Successor first = First(table);
  std::vector<Contribution> now = table.contributions();
  for (int32_t i = 0; i < 12; ++i) now.push_back({1'000 + i, {0, 0, 0}, 15 + i});
  PatternOptions options;
  options.most_ways = 0;
  const auto next =
      Succeed(table.grid(), first.basis.contributions(), first.pattern.told, now, options);
  ASSERT_TRUE(next.ok());
  EXPECT_EQ(next->basis.contributions(), first.basis.contributions());
  EXPECT_EQ(next->pattern.told, first.pattern.told);
}

// The changes between two bases, as a table.
Table Difference(const Successor& before, const Successor& after) {
  std::map<std::pair<int32_t, Numbers>, int64_t> values;
  for (const auto& one : after.basis.contributions()) {
    values[{one.contributor, one.place}] += one.value;
  }
  for (const auto& one : before.basis.contributions()) {
    values[{one.contributor, one.place}] -= one.value;
  }
  std::vector<Contribution> changes;
  for (const auto& [key, value] : values) {
    if (value != 0) changes.push_back({key.first, key.second, std::abs(value)});
  }
  return Table(before.basis.grid(), std::move(changes));
}

TEST(Succession, NobodyFindsWhatIsHiddenInOneReleaseOrBetweenTwo) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    CountrySize size;
    size.companies = 40 + static_cast<int>(seed % 5) * 40;
    std::vector<Contribution> now = Country(seed, size).contributions();
    Successor release = First(Country(seed, size));
    std::mt19937 random(seed);
    for (int month = 0; month < 4; ++month) {
      // Some state more, some less, some withdraw, some are new.
      std::map<std::pair<int32_t, Numbers>, int64_t> values;
      for (const Contribution& one : now) {
        if (random() % 20 == 0) continue;
        values[{one.contributor, one.place}] =
            random() % 4 == 0 ? 1 + static_cast<int64_t>(random() % (2 * one.value)) : one.value;
      }
      for (int i = 0; i < size.companies / 4; ++i) {
        const auto company = static_cast<int32_t>(random() % (2 * size.companies));
        const Contribution& like = now[random() % now.size()];
        values[{company, like.place}] = 1 + static_cast<int64_t>(random() % 40);
      }
      now.clear();
      for (const auto& [key, value] : values) now.push_back({key.first, key.second, value});

      const Successor next = After(release, now);
      // Told once, told for good: what it was is known.
      for (const int64_t cell : release.pattern.told) {
        EXPECT_TRUE(next.pattern.told.contains(cell));
      }
      const Attacker attacker(next.basis, next.pattern.told, Rule(), {});
      EXPECT_THAT(attacker.Finds(), IsEmpty());
      const Table difference = Difference(release, next);
      for (const int64_t cell : next.pattern.told) {
        const Sum* const sum = difference.Find(cell);
        if (sum == nullptr) continue;
        EXPECT_TRUE(Rule({.least = 0}).Allows(*sum));
      }
      release = next;
    }
  }
}

}  // namespace
}  // namespace puente::disclosure
