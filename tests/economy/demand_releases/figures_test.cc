#include "modules/economy/demand_releases/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

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
  return {company, "skills/welding", "11", scian_class, source, heads, 2027, 2028};
}

Figures Make(const Basis& before, std::vector<Part> now, const Sectors& sectors = kSectors) {
  Compact(now);
  auto figures = MakeFigures(before, now, sectors, [] { return false; });
  EXPECT_TRUE(figures.ok());
  return *std::move(figures);
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
  EXPECT_EQ(parts[0].contributor, "a");
  EXPECT_EQ(parts[0].heads, 15);
  EXPECT_EQ(parts[0].first_year, 2025);
  EXPECT_EQ(parts[1].contributor, "b");
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
  EXPECT_EQ(heads.at({"", "05", ""}), 0) << "everybody may know that nobody needs anything there";
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

TEST(Figures, SayWhichSectorsACoarseClassIsOf) {
  EXPECT_THAT(Make({}, {Need("a", "33", 1)}).could_not_split,
              ElementsAre("sectorTables/auto", "sectorTables/metal"));
  EXPECT_THAT(Make({}, {Need("a", "3361", 1)}).could_not_split, IsEmpty());
}

TEST(Figures, KeepWhatWaitsAsItWas) {
  std::vector<Part> now;
  for (int i = 0; i < 5; ++i) now.push_back(Need(absl::StrCat("c", i), "3361", 10));
  const Figures first = Make({}, now);
  now.push_back(Need("newcomer", "3361", 77));
  const Figures second = Make(first.basis, now);
  EXPECT_EQ(second.basis.parts, first.basis.parts);
  EXPECT_EQ(Heads(second).at({}), 50);
  for (const Cell& cell : second.cells) EXPECT_EQ(cell.behind, cell.heads > 0);
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
  EXPECT_FALSE(Heads(Make(first.basis, now, after)).contains({"sectorTables/s", "", ""}));
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
    const v1::DemandStatement& one = request.demand_statement();
    current[NeedKey(one)] = {one.company(),           one.skill(),          one.state_code(),
                             one.scian_class(),       one.source(),         one.heads(),
                             one.start_date().year(), one.end_date().year()};
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
