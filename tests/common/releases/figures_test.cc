#include "common/releases/figures.h"

#include <gtest/gtest.h>

#include <map>

#include "absl/algorithm/container.h"
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

// A tenth who leaves is seen, however many move or are measured anew meanwhile.
TEST_F(ReleasedFigures, DoNotTellWhoLeavesBehindWhoMoves) {
  std::vector<Part> now = Persons(40, "a");
  for (const Part& part : Persons(40, "a", "2", 40)) now.push_back(part);
  const Figures first = Make(now);
  ASSERT_EQ(Told(first).at("a ").total, 80);
  for (int i = 0; i < 10; ++i) now[i].place[1] = texts_.Of("2");
  now.erase(now.begin() + 20);
  const auto second = Told(Make(now, After(first)));
  EXPECT_EQ(second.at("a ").total, 80) << "79 would tell who left";
  EXPECT_EQ(second.at("a 1").total, 30);
  EXPECT_EQ(second.at("a 2").total, 50) << "who moved waits for nobody";
}

TEST_F(ReleasedFigures, DoNotTellWhoLeavesBehindWhoseMeasureChanges) {
  std::vector<Part> now;
  for (int i = 0; i < 40; ++i) now.push_back(Of(i, "a", "1", 4));
  const Figures first = Make(now);
  for (int i = 0; i < 30; ++i) now[i].measures[0] = 1;
  now.pop_back();
  const auto second = Told(Make(now, After(first)));
  EXPECT_EQ(second.at("a ").total, 40);
  EXPECT_EQ(second.at("a ").medians[0], 1);
}

// Persons whom companies have, by how far they are.
class FiguresOfStays : public ReleasedFigures {
 protected:
  Part Stays(int company, int64_t count, const std::string& stage = "1") {
    Part part = Of(company, "a", stage);
    part.value = count;
    return part;
  }
  Figures MakeStays(std::vector<Part> now, const Basis& before = {}, const Joined& joined = {}) {
    Compact(now);
    auto figures = MakeFigures(kStays, texts_, joined, before, now, [] { return false; });
    EXPECT_TRUE(figures.ok());
    return *std::move(figures);
  }

  const Table kStays = {"stays", disclosure::Rule::PersonsOfCompanies(), {{}, {{"1", "2"}}}, 0};
};

TEST_F(FiguresOfStays, DoNotTellWhatOneAddsBehindWhatOthersMove) {
  std::vector<Part> now;
  for (int i = 0; i < 6; ++i) now.push_back(Stays(i, 40));
  for (int i = 0; i < 6; ++i) now.push_back(Stays(i, 40, "2"));
  const Figures first = MakeStays(now);
  ASSERT_EQ(Told(first).at("a ").total, 480);
  for (int i = 1; i < 6; ++i) {
    now[i].value -= 20;
    now[6 + i].value += 20;
  }
  now[0].value += 30;
  const auto second = Told(MakeStays(now, After(first)));
  EXPECT_EQ(second.at("a ").total, 480) << "510 would tell whose thirty there are more";
  EXPECT_EQ(second.at("a 1").total, 140);
}

TEST_F(FiguresOfStays, ChangeByNoFewerPersonsThanTheyAreToldOf) {
  std::vector<Part> now;
  for (int i = 0; i < 6; ++i) now.push_back(Stays(i, 40));
  const Figures first = MakeStays(now);
  for (int i = 0; i < 4; ++i) ++now[i].value;
  EXPECT_EQ(Told(MakeStays(now, After(first))).at("a ").total, 240) << "four persons";
  now[0].value += 40;
  EXPECT_EQ(Told(MakeStays(now, After(first))).at("a ").total, 240) << "nearly all of one";
  for (int i = 1; i < 4; ++i) now[i].value += 10;
  EXPECT_EQ(Told(MakeStays(now, After(first))).at("a ").total, 314);
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

// What rests on names of groups is understood beside what rests on those of companies.
TEST_F(FiguresOfStays, OfAGroupAreThoseOfItsCompanies) {
  std::vector<Part> now;
  for (int i = 0; i < 8; ++i) now.push_back(Stays(i, 20));
  std::vector<Part> grouped(now.begin() + 2, now.end());
  grouped.push_back(Stays(100, 40));
  const Figures first = MakeStays(grouped);
  Joined joined;
  for (int i = 0; i < 2; ++i) joined[now[i].contributor] = grouped.back().contributor;
  now[7].value += 30;
  const Figures second = MakeStays(now, After(first), joined);
  EXPECT_EQ(Told(second).at("a ").total, 160);
  EXPECT_FALSE(second.nothing_new);
  EXPECT_TRUE(absl::c_linear_search(second.parts, now[0])) << "kept by company from now on";
  const auto third = Told(MakeStays(now, After(second), joined));
  EXPECT_EQ(third.at("a ").total, 160);
}

// Of a table by four dimensions that has few in each place.
class ThinFigures : public ReleasedFigures {
 protected:
  // So many persons over places, of which there are `size` by the last two dimensions each.
  std::vector<Part> Thin(int persons, int size) {
    std::vector<Part> parts;
    for (int i = 0; i < persons; ++i) {
      Part& part = parts.emplace_back();
      part.contributor = texts_.Of(absl::StrCat("persons/", i));
      part.place = {texts_.Of(absl::StrCat("a", i % 3)), texts_.Of(absl::StrCat("b", i / 3 % 4)),
                    texts_.Of(absl::StrCat("c", i / 12 % size)),
                    texts_.Of(absl::StrCat("d", i / 12 / size % size))};
    }
    Compact(parts);
    return parts;
  }
  Figures MakeThin(const std::vector<Part>& now, const Basis& before = {}) {
    auto figures = MakeFigures(kFour, texts_, {}, before, now, [] { return false; });
    EXPECT_TRUE(figures.ok());
    return *std::move(figures);
  }
  static int Told(const Figures& figures, int dimension) {
    return static_cast<int>(absl::c_count_if(
        figures.cells, [&](const Cell& cell) { return cell.key[dimension] != 0; }));
  }

  const Table kFour = {"thin", disclosure::Rule::Persons(), {{}, {}, {}, {}}, 0};
};

TEST_F(ThinFigures, AreToldByTheFirstDimensions) {
  const Figures figures = MakeThin(Thin(12 * 18 * 18, 18));
  EXPECT_EQ(Told(figures, 3), 0);
  EXPECT_GT(Told(figures, 2), 0);
}

// What was hidden beside finer figures stays hidden beside them.
TEST_F(ThinFigures, TellNoMoreThanFinerOnesBefore) {
  const Figures first = MakeThin(Thin(12 * 18 * 20, 2));
  ASSERT_GT(Told(first, 3), 0);
  const Basis before = After(first);
  std::vector<Part> now = Thin(12 * 18 * 20, 18);
  const Figures second = MakeThin(now, before);
  EXPECT_EQ(Told(second, 3), 0);
  ASSERT_FALSE(second.cells.empty());
  for (const Cell& cell : second.cells) {
    EXPECT_TRUE(before.earlier.front().told.contains(cell.key));
  }
}

}  // namespace
}  // namespace puente::releases
