#include "modules/economy/demand_releases/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "modules/economy/demand_statements/rules.h"
#include "puente/economy/v1/demand.pb.h"
#include "tests/agencies/bundled.h"

namespace puente::economy::releases {
namespace {

using ::puente::testing::BundledRequests;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Sectors kSectors = {{"sectorTables/auto", {"3361"}}, {"sectorTables/metal", {"336", "331"}}};

Part Need(const std::string& company, const std::string& scian_class, int64_t heads,
          const std::string& source = "test") {
  return {company, "", "skills/welding", "11", scian_class, source, heads, 2027, 2028};
}

Figures Make(const Basis& before, std::vector<Part> now, const Sectors& sectors = kSectors) {
  Compact(now);
  auto figures = MakeFigures(before, now, sectors, [] { return false; });
  EXPECT_TRUE(figures.ok());
  return *std::move(figures);
}

// What the release after one rests on.
Basis After(const Figures& figures, const Basis& before = {}, const Sectors& sectors = kSectors) {
  Basis basis{figures.parts, {}};
  Earlier& last = basis.earlier.emplace_back();
  last.sectors = sectors;
  for (const Cell& cell : figures.cells) last.told.insert(cell.key);
  for (Earlier earlier : before.earlier) {
    // Compared with what it came to, not with the release after it.
    std::vector<Part> then = before.parts;
    then.insert(then.end(), earlier.gone.begin(), earlier.gone.end());
    std::erase_if(then,
                  [&](const Part& part) { return absl::c_linear_search(earlier.come, part); });
    absl::c_sort(then);
    earlier.gone.clear();
    earlier.come.clear();
    absl::c_set_difference(then, figures.parts, std::back_inserter(earlier.gone));
    absl::c_set_difference(figures.parts, then, std::back_inserter(earlier.come));
    basis.earlier.push_back(earlier);
  }
  return basis;
}

std::map<Key, int64_t> Heads(const Figures& figures) {
  std::map<Key, int64_t> heads;
  for (const Cell& cell : figures.cells) heads[cell.key] = cell.heads;
  return heads;
}

TEST(Compact, AddsUpWhatDiffersInHeadsAndYearsAlone) {
  std::vector<Part> parts = {Need("b", "3361", 1), Need("a", "3361", 10), Need("a", "3361", 5)};
  parts[2].first_year = 2025;
  Compact(parts);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].company, "a");
  EXPECT_EQ(parts[0].heads, 15);
  EXPECT_EQ(parts[0].first_year, 2025);
  EXPECT_EQ(parts[1].company, "b");
}

TEST(Figures, AreToldBySectorStateAndSkill) {
  std::vector<Part> now;
  for (int i = 0; i < 5; ++i) now.push_back(Need(absl::StrCat("c", i), "3361", 10 + i));
  const std::map<Key, int64_t> heads = Heads(Make({}, now));
  for (const Key& key : std::vector<Key>{{},
                                         {"sectorTables/auto", "", ""},
                                         {"sectorTables/metal", "11", ""},
                                         {"", "11", "skills/welding"}}) {
    ASSERT_TRUE(heads.contains(key)) << key.sector << key.state_code << key.skill;
    EXPECT_EQ(heads.at(key), 60);
  }
  EXPECT_FALSE(heads.contains({"", "05", ""}))
      << "it would tell who is first to need anybody there";
}

TEST(Figures, NameASourceByWhichFourHaveStated) {
  std::vector<Part> now;
  for (int i = 0; i < 5; ++i) now.push_back(Need(absl::StrCat("c", i), "3361", 10, "portal"));
  now.push_back(Need("c0", "3361", 3, "company.c0"));
  const Figures figures = Make({}, now);
  for (const Cell& cell : figures.cells) {
    if (cell.heads == 0) continue;
    EXPECT_THAT(cell.sources, ElementsAre("portal"));
  }
}

TEST(Figures, SayWhichSectorsACoarseClassIsOfThatFourState) {
  std::vector<Part> now;
  for (int i = 0; i < 3; ++i) now.push_back(Need(absl::StrCat("c", i), "33", 10));
  EXPECT_THAT(Make({}, now).could_not_split, IsEmpty());
  now.push_back(Need("c3", "33", 10));
  EXPECT_THAT(Make({}, now).could_not_split,
              ElementsAre("sectorTables/auto", "sectorTables/metal"));
}

TEST(Figures, KeepWhatWaitsAsItWas) {
  std::vector<Part> now;
  for (int i = 0; i < 5; ++i) now.push_back(Need(absl::StrCat("c", i), "3361", 10));
  const Figures first = Make({}, now);
  now.push_back(Need("newcomer", "3361", 77));
  const Figures second = Make(After(first), now);
  EXPECT_EQ(second.parts, first.parts);
  EXPECT_EQ(Heads(second).at({}), 50);
  for (const Cell& cell : second.cells) EXPECT_TRUE(cell.behind);
}

TEST(Figures, OfARestatedPeriodWaitUntilManyRestate) {
  std::vector<Part> now;
  for (int i = 0; i < 8; ++i) now.push_back(Need(absl::StrCat("c", i), "3361", 10));
  const Figures first = Make({}, now);
  EXPECT_EQ(first.cells.front().first_year, 2027);
  now[0].first_year = 2020;
  const Figures second = Make(After(first), now);
  EXPECT_EQ(second.parts, first.parts);
  for (int i = 1; i < 5; ++i) now[i].first_year = 2025;
  const Figures third = Make(After(second, After(first)), now);
  EXPECT_EQ(third.parts, now);
  EXPECT_EQ(third.cells.front().first_year, 2025) << "a year before which one begins is its own";
}

// That others state other periods meanwhile hides nothing of it.
TEST(Figures, DoNotTellWhoNeedsMoreBehindWhoRestatesAPeriod) {
  std::vector<Part> now;
  for (int i = 0; i < 8; ++i) now.push_back(Need(absl::StrCat("c", i), "3361", 100));
  const Figures first = Make({}, now);
  for (int i = 0; i < 4; ++i) now[i].last_year = 2031;
  now[7].heads = 180;
  const Figures second = Make(After(first), now);
  EXPECT_EQ(Heads(second).at({}), 800) << "880 would tell what one needs more";
  EXPECT_EQ(second.cells.front().last_year, 2031) << "in or after which four end";
}

// What five stated in a release and four took back in the next leaves what the fifth stated.
TEST(Figures, OfThreeReleasesDoNotTellWhatOthersTookBack) {
  std::vector<Part> now;
  for (int i = 0; i < 8; ++i) now.push_back(Need(absl::StrCat("c", i), "3361", 100));
  const std::vector<Part> before = now;
  const Figures first = Make({}, now);
  for (int i = 0; i < 5; ++i) now[i].heads = 140;
  const Figures second = Make(After(first), now);
  ASSERT_EQ(Heads(second).at({}), 1000);
  for (int i = 1; i < 5; ++i) now[i].heads = 100;
  const Figures third = Make(After(second, After(first)), now);
  EXPECT_EQ(Heads(third).at({}), 1000) << "840 less 800 is what c0 needs more";
}

// A company that leaves its group takes nothing away and brings nothing.
TEST(Figures, AreNotChangedByWhoBelongsToWhichGroup) {
  std::vector<Part> now;
  for (int i = 0; i < 9; ++i) {
    now.push_back(Need(absl::StrCat("c", i), "3361", 10));
    if (i < 3) now.back().group = "groups/g";
  }
  const Figures first = Make({}, now);
  for (int i = 0; i < 3; ++i) now[i].group = "";
  now[8].heads = 90;
  const Figures second = Make(After(first), now);
  EXPECT_EQ(Heads(second).at({}), 90) << "one company needs more, and no group came or went";
  EXPECT_EQ(second.cells.front().companies, 9);
}

// Skills that few name are one to the table, however many there are.
TEST(Figures, OfSkillsThatFewNameCountInTotalsAlone) {
  std::vector<Part> now;
  for (int i = 0; i < 6; ++i) now.push_back(Need(absl::StrCat("c", i), "3361", 1'000));
  for (int i = 0; i < 3'000; ++i) {
    Part part = Need(absl::StrCat("c", i % 6), "3361", 1);
    part.skill = absl::StrCat("skills/made-up-", i);
    now.push_back(part);
  }
  const Figures figures = Make({}, now);
  const std::map<Key, int64_t> heads = Heads(figures);
  ASSERT_TRUE(heads.contains({"", "", "skills/welding"}));
  EXPECT_EQ(heads.at({"", "", "skills/welding"}), 6'000);
  EXPECT_EQ(heads.at({}), 9'000);
  for (const Cell& cell : figures.cells) {
    EXPECT_TRUE(cell.key.skill.empty() || cell.key.skill == "skills/welding");
  }
}

// A table that is told and then given other prefixes would tell the difference: one company's.
TEST(Figures, OfASectorThatIsDefinedAnewDoNotTellWhoCameOrWent) {
  std::vector<Part> now;
  for (int i = 0; i < 5; ++i) now.push_back(Need(absl::StrCat("c", i), "3361", 10));
  for (int i = 5; i < 10; ++i) now.push_back(Need(absl::StrCat("c", i), "1111", 10));
  now.push_back(Need("lonely", "3399", 77));
  const Sectors before = {{"sectorTables/s", {"3361"}}};
  const Sectors after = {{"sectorTables/s", {"3361", "3399"}}};
  const Figures first = Make({}, now, before);
  ASSERT_TRUE(Heads(first).contains({"sectorTables/s", "", ""}));
  const Basis after_first = After(first, {}, before);
  const Figures second = Make(after_first, now, after);
  EXPECT_FALSE(Heads(second).contains({"sectorTables/s", "", ""}));
  // Nor does the release after that one forget what the first has told.
  const Figures third = Make(After(second, after_first, after), now, after);
  EXPECT_FALSE(Heads(third).contains({"sectorTables/s", "", ""}));
}

TEST(Figures, OfTheBundledSampleTellSomething) {
  Sectors sectors;
  for (const auto& request :
       BundledRequests<v1::CreateSectorTableRequest>("data/economy/sector-tables.json")) {
    v1::SectorTable table = request.sector_table();
    table.set_name("sectorTables/" + request.sector_table_id());
    sectors[table.name()] = PrefixesInForce(table, absl::CivilDay(2026, 11, 28));
  }
  std::map<std::string, Part> current;  // by need
  for (const auto& request :
       BundledRequests<v1::CreateDemandStatementRequest>("data/economy/demand-statements.json")) {
    v1::DemandStatement one = request.demand_statement();
    one.set_name(absl::StrCat(request.parent(), "/demandStatements/one"));
    current[NeedKey(one)] = {
        request.parent(),     "",           one.skill(), one.state_code(),
        one.scian_class(),    one.source(), one.heads(), one.start_date().year(),
        one.end_date().year()};
  }
  std::vector<Part> now;
  for (const auto& [need, part] : current) now.push_back(part);
  const std::map<Key, int64_t> heads = Heads(Make({}, now, sectors));
  EXPECT_TRUE(heads.contains({}));
  EXPECT_FALSE(heads.contains({"sectorTables/aerospace", "26", ""})) << "two companies";
  EXPECT_FALSE(heads.contains({"sectorTables/automotive", "21", ""})) << "one has over 80 %";
  int told = 0;
  for (const auto& [key, value] : heads) told += value > 0;
  EXPECT_GE(told, 150);
}

}  // namespace
}  // namespace puente::economy::releases
