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

// Two places, in both of which ten contributors have 30 each.
Table Pair() {
  std::vector<Contribution> contributions;
  for (int32_t i = 0; i < 10; ++i) {
    for (int32_t place : {0, 1}) contributions.push_back({i, {place}, 30});
  }
  return Table(Grid({Dimension::OfValues(2)}), std::move(contributions));
}

// Four move from one place to the other: that is all that the places tell, and nothing of the sum.
TEST(Succession, WhatOneAddsIsNotSeenBehindWhatOthersMove) {
  const Table table = Pair();
  const Grid& grid = table.grid();
  const Successor first = First(table);
  ASSERT_EQ(first.pattern.told.size(), 3u);
  std::vector<Contribution> now = table.contributions();
  for (Contribution& one : now) {
    if (one.contributor < 4) one.value = one.place[0] == 0 ? 10 : 50;
    if (one.contributor == 9 && one.place[0] == 0) one.value = 55;
  }
  const Successor second = After(first, now);
  EXPECT_EQ(Total(second), 600) << "625 would tell what one has more";
  EXPECT_EQ(second.basis.Find(grid.CellOf({1}))->total, 220) << "who moved waits for nobody";
  EXPECT_EQ(second.basis.Find(grid.CellOf({2}))->total, 380);
  EXPECT_EQ(second.waiting.size(), 1u);
}

// Of another detail all counts as changed: that hides nothing of what the figure moves by.
TEST(Succession, WhatOneAddsIsNotSeenBehindWhatOthersSayAnew) {
  const Successor first = First(Pair());
  std::vector<Contribution> now = first.basis.contributions();
  for (Contribution& one : now) {
    if (one.contributor < 6) one.detail = 7;
    if (one.contributor == 5 && one.place[0] == 0) one.value = 55;
  }
  const Successor second = After(first, now);
  EXPECT_EQ(Total(second), 600);
  EXPECT_EQ(second.waiting.size(), 2u) << "the others said it without the one";
}

// What three have in one place was told as that of four, of whom two are one now.
TEST(Succession, WhoBecomeOneHoldUpNobodyElse) {
  std::vector<Contribution> contributions;
  for (int32_t i = 0; i < 3; ++i) contributions.push_back({i, {0}, i == 2 ? 60 : 30});
  for (int32_t i = 3; i < 20; ++i) contributions.push_back({i, {1}, 30});
  const Grid grid({Dimension::OfValues(2)});
  const absl::flat_hash_set<int64_t> told = {grid.CellOf({0}), grid.CellOf({1}), grid.CellOf({2})};
  std::vector<Contribution> now = contributions;
  for (int i = 3; i < 13; ++i) now[i].value += 10;
  const auto next = Succeed(grid, contributions, {{{}, told}}, now, {});
  ASSERT_TRUE(next.ok());
  EXPECT_FALSE(next->nothing_new);
  EXPECT_EQ(Total(*next), 730);
  EXPECT_TRUE(next->waiting.empty());
  now[0].value += 10;
  const auto waits = Succeed(grid, contributions, {{{}, told}}, now, {});
  ASSERT_TRUE(waits.ok());
  EXPECT_EQ(waits->basis.Find(grid.CellOf({1}))->total, 120) << "nothing new of the three";
}

// Somebody who compares two releases, of which the earlier one is `before`, finds nobody's change.
void ExpectNothingIsSeenBetween(const Successor& before, const Successor& after,
                                std::mt19937& random) {
  const Table changes = ChangesBetween(before.basis, after.basis);
  if (changes.contributions().empty()) return;
  const std::map<int64_t, Sum> nets = NetsBetween(before.basis, after.basis);
  for (const int64_t cell : before.pattern.told) {
    EXPECT_TRUE(after.pattern.told.contains(cell)) << "told once, told for good";
    const Sum* const sum = changes.Find(cell);
    EXPECT_TRUE(sum == nullptr || Rule({.least = 0}).Allows(*sum));
    const auto net = nets.find(cell);
    EXPECT_TRUE(net == nets.end() || Rule({.least = 0}).Allows(net->second));
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

// Nor in it alone. Whether it tells anything new.
bool ExpectNothingIsFoundInTheLast(const History& history, std::mt19937& random) {
  const Successor& last = history.last();
  EXPECT_THAT(FoundIn(last.basis, last.pattern.told, Rule(), {}), IsEmpty());
  for (size_t i = 1; i < history.releases().size(); ++i) {
    ExpectNothingIsSeenBetween(history.releases()[i], last, random);
  }
  return last.basis.contributions() != history.releases()[1].basis.contributions();
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
      changes += ExpectNothingIsFoundInTheLast(history, random);
    }
  }
  EXPECT_GE(changes, 60) << "of 120 releases those in which something new is told";
}

TEST(Succession, NobodyFindsWhatAFewHaveMoreBehindWhatManyMoveAndSayAnew) {
  int64_t changes = 0;
  for (unsigned seed = 0; seed < 15; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    CountrySize size;
    size.companies = 100 + static_cast<int>(seed % 3) * 100;
    size.most_statements = 12;
    const Table country = Country(seed, size);
    History history(First(country));
    std::vector<Contribution> now = country.contributions();
    std::mt19937 random(seed);
    for (int month = 0; month < 3; ++month) {
      now = Rearranged(now, 1 + static_cast<int>(random() % 5), random);
      history.Add(now);
      changes += ExpectNothingIsFoundInTheLast(history, random);
    }
  }
  EXPECT_GT(changes, 0) << "or nobody could have found anything";
}

}  // namespace
}  // namespace puente::disclosure
