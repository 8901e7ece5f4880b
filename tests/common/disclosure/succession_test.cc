#include "common/disclosure/succession.h"

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/common/disclosure/attacker.h"
#include "tests/common/disclosure/countries.h"
#include "tests/common/disclosure/history.h"

namespace puente::disclosure {
namespace {

using testing::IsEmpty;

Successor After(const Successor& before, const std::vector<Contribution>& now) {
  absl::StatusOr<Successor> next = Succeed(before.basis.grid(), before.basis.contributions(),
                                           {{{}, before.pattern.told}}, now, {});
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
      Succeed(table.grid(), first.basis.contributions(), {{{}, first.pattern.told}}, now, options);
  ASSERT_TRUE(next.ok());
  EXPECT_EQ(next->basis.contributions(), first.basis.contributions());
  EXPECT_EQ(next->pattern.told, first.pattern.told);
}

// Somebody who compares two releases, of which the earlier one is `before`, finds nobody's change.
void ExpectNothingIsSeenBetween(const Successor& before, const Successor& after,
                                std::mt19937& random) {
  const Table changes = ChangesBetween(before.basis, after.basis);
  if (changes.contributions().empty()) return;
  for (const int64_t cell : before.pattern.told) {
    EXPECT_TRUE(after.pattern.told.contains(cell)) << "told once, told for good";
    const Sum* const sum = changes.Find(cell);
    EXPECT_TRUE(sum == nullptr || Rule({.least = 0}).Allows(*sum));
  }
  const auto one = [&] {
    return changes.contributions()[random() % changes.contributions().size()].contributor;
  };
  for (const std::set<int32_t>& pooling : {std::set<int32_t>(), {one(), one()}}) {
    EXPECT_THAT(FoundBetween(before.basis, before.pattern.told, after.basis, after.pattern.told,
                             Rule(), pooling),
                IsEmpty());
  }
}

TEST(Succession, NobodyFindsWhatIsHiddenInOneReleaseOrBetweenAnyTwo) {
  int64_t changes = 0;
  for (unsigned seed = 0; seed < 30; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    CountrySize size;
    size.companies = 40 + static_cast<int>(seed % 5) * 40;
    const Table country = Country(seed, size);
    History history(First(country));
    std::vector<Contribution> before;
    std::vector<Contribution> now = country.contributions();
    std::mt19937 random(seed);
    for (int month = 0; month < 4; ++month) {
      std::vector<Contribution> after = MonthAfter(now, before, size.companies, random);
      before = std::exchange(now, std::move(after));
      history.Add(now);
      const Successor& last = history.last();
      EXPECT_THAT(FoundIn(last.basis, last.pattern.told, Rule(), {}), IsEmpty());
      for (size_t i = 1; i < history.releases().size(); ++i) {
        ExpectNothingIsSeenBetween(history.releases()[i], last, random);
      }
      changes += last.basis.contributions() != history.releases()[1].basis.contributions();
    }
  }
  EXPECT_GE(changes, 60) << "of 120 releases those in which something new is told";
}

}  // namespace
}  // namespace puente::disclosure
