#include "common/releases/figures.h"

#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"

namespace puente::releases {
namespace {

const Table kTable = {"test", disclosure::Rule::Persons(), {{}, {{"1", "2"}}}, 1};

class ReleasedFigures : public ::testing::Test {
 protected:
  Part Of(int person, const std::string& version, const std::string& stage = "1",
          int32_t measure = kNone) {
    return {texts_.Of(absl::StrCat("persons/", person)),
            {texts_.Of(version), texts_.Of(stage)},
            {measure, kNone, kNone, kNone}};
  }
  std::vector<Part> Persons(int count, const std::string& version, const std::string& stage = "1",
                            int first = 0) {
    std::vector<Part> parts;
    for (int i = first; i < first + count; ++i) parts.push_back(Of(i, version, stage));
    return parts;
  }
  Figures Make(std::vector<Part> now, const Basis& before = {}, const Joined& joined = {}) {
    Compact(now);
    auto figures = MakeFigures(kTable, texts_, joined, before, now, [] { return false; });
    EXPECT_TRUE(figures.ok());
    return *std::move(figures);
  }
  static Basis After(const Figures& figures) {
    Basis basis{figures.parts, {}};
    Earlier& last = basis.earlier.emplace_back();
    for (const Cell& cell : figures.cells) last.told.insert(cell.key);
    return basis;
  }
  // By "version stage".
  std::map<std::string, Cell> Told(const Figures& figures) {
    std::map<std::string, Cell> cells;
    for (const Cell& cell : figures.cells) {
      cells[absl::StrCat(texts_.At(cell.key[0]), " ", texts_.At(cell.key[1]))] = cell;
    }
    return cells;
  }

  Texts texts_;
};

TEST_F(ReleasedFigures, AddUpWhatDiffersInValueAlone) {
  std::vector<Part> parts = {Of(1, "a"), Of(2, "a"), Of(1, "a"), Of(1, "a", "1", 3)};
  Compact(parts);
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].value + parts[1].value, 3);
}

TEST_F(ReleasedFigures, OfValuesThatFewHaveCountInTotalsAlone) {
  std::vector<Part> now = Persons(20, "a");
  for (int i = 0; i < 3'000; ++i) now.push_back(Of(i % 20, absl::StrCat("made-up-", i)));
  for (int i = 0; i < 10; ++i) now.push_back(Of(i, ""));
  const auto told = Told(Make(now));
  EXPECT_EQ(told.at("a ").total, 20);
  EXPECT_EQ(told.at(" ").total, 3'030);
  for (const auto& [name, cell] : told) EXPECT_TRUE(name[0] == 'a' || name[0] == ' ') << name;
}

TEST_F(ReleasedFigures, OfAMeasureAreTheLowerMedianOfWhatIsCounted) {
  std::vector<Part> now;
  for (int i = 0; i < 12; ++i) now.push_back(Of(i, "a", "1", i));
  now.push_back(Of(12, "a"));
  const auto told = Told(Make(now));
  EXPECT_EQ(told.at("a ").medians[0], 5);
  EXPECT_EQ(told.at(" ").medians[0], 5);
  EXPECT_EQ(told.at("a 1").medians[0], kNone);
}

TEST_F(ReleasedFigures, OfAChangedMeasureWaitUntilManyChange) {
  std::vector<Part> now;
  for (int i = 0; i < 30; ++i) now.push_back(Of(i, "a", "1", 4));
  const Figures first = Make(now);
  for (int i = 0; i < 9; ++i) now[i].measures[0] = 1;
  const Figures second = Make(now, After(first));
  EXPECT_EQ(second.parts, first.parts);
  EXPECT_TRUE(Told(second).at("a ").behind);
  for (int i = 9; i < 20; ++i) now[i].measures[0] = 1;
  EXPECT_EQ(Told(Make(now, After(second))).at("a ").medians[0], 1);
}

TEST_F(ReleasedFigures, OfWhoIsAnotherNowChangeNothing) {
  const std::vector<Part> now = Persons(30, "a");
  const Figures first = Make(now);
  const Joined joined = {{now[3].contributor, now[4].contributor}};
  const Figures second = Make(now, After(first), joined);
  EXPECT_EQ(second.parts, first.parts);
  EXPECT_EQ(Told(second).at("a ").total, 30);
  EXPECT_FALSE(Told(second).at("a ").behind);
}

}  // namespace
}  // namespace puente::releases
