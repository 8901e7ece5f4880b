#include "modules/economy/demand_statements/disclosure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>

#include "absl/strings/str_cat.h"
#include "modules/economy/demand_statements/rules.h"
#include "puente/economy/v1/demand.pb.h"
#include "tests/agencies/bundled.h"

namespace puente::economy {
namespace {

using ::puente::testing::BundledRequests;
using Contributions = std::vector<Contribution>;

Contribution Need(std::string company, int64_t heads, std::string state = "11",
                  std::string skill = "skills/welding", std::set<std::string> sectors = {"auto"}) {
  return {std::move(company), std::move(skill), std::move(state), std::move(sectors), heads};
}

void Append(Contributions& all, const Contributions& more) {
  all.insert(all.end(), more.begin(), more.end());
}

// Companies "{prefix}1".. with these heads.
Contributions Of(const std::string& prefix, const std::vector<int64_t>& heads, std::string state,
                 std::string skill = "skills/welding", std::set<std::string> sectors = {"auto"}) {
  Contributions all;
  for (const int64_t one : heads) {
    all.push_back(Need(absl::StrCat(prefix, all.size() + 1), one, state, skill, sectors));
  }
  return all;
}

const Selection kAll{};
Selection State(std::string code) { return {"", std::move(code), {}}; }
Selection Sector(std::string name) { return {std::move(name), "", {}}; }

TEST(Safety, NeedsThreeCompaniesAndNoneAboveFourFifths) {
  struct Case {
    const char* name;
    std::map<std::string, int64_t> heads;
    bool safe;
  };
  for (const Case& c : std::vector<Case>{
           {"nobody", {}, false},
           {"two", {{"a", 5}, {"b", 5}}, false},
           {"three", {{"a", 5}, {"b", 5}, {"c", 5}}, true},
           {"exactly 80 %", {{"a", 80}, {"b", 10}, {"c", 10}}, true},
           {"a head more", {{"a", 81}, {"b", 10}, {"c", 10}}, false},
           {"many, one large", {{"a", 900}, {"b", 50}, {"c", 50}, {"d", 50}}, false}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(IsSafe(c.heads), c.safe);
  }
}

TEST(Release, TellsWhatIsSafeAndNothingAboutFewCompanies) {
  const Release three(Of("a", {10, 10, 10}, "11"));
  EXPECT_TRUE(three.MayTell(kAll));
  EXPECT_TRUE(three.MayTell(State("11")));
  EXPECT_TRUE(three.MayTell(State("12"))) << "nothing was stated there: zero is a figure";
  const Release two(Of("a", {10, 10}, "11"));
  EXPECT_FALSE(two.MayTell(kAll));
  EXPECT_FALSE(two.MayTell(State("11")));
  const Release dominated(Of("a", {81, 10, 9}, "11"));
  EXPECT_FALSE(dominated.MayTell(kAll));
  EXPECT_TRUE(Release({}).MayTell(kAll));
}

TEST(Release, SuppressesTheSmallestOtherStateThatWouldGiveOneBack) {
  Contributions all = Of("a", {40, 40, 40}, "09");
  Append(all, Of("b", {20, 20, 20}, "14"));
  Append(all, Of("c", {30, 30, 30}, "19"));
  Append(all, Of("d", {5, 5}, "26"));
  const Release release(all);
  EXPECT_TRUE(release.MayTell(kAll));
  EXPECT_TRUE(release.MayTell(State("09")));
  EXPECT_TRUE(release.MayTell(State("19")));
  EXPECT_FALSE(release.MayTell(State("26")));
  EXPECT_FALSE(release.MayTell(State("14"))) << "all minus the others would be state 26";
}

TEST(Release, SuppressesNoMoreOnceTheRestIsSafeTogether) {
  Contributions all = Of("a", {40, 40, 40}, "09");
  Append(all, Of("b", {20, 20, 20}, "14"));
  Append(all, Of("d", {5, 5}, "26"));
  Append(all, Of("e", {5, 5}, "08"));
  const Release release(all);
  EXPECT_TRUE(release.MayTell(State("14"))) << "the rest has four companies";
  EXPECT_FALSE(release.MayTell(State("26")));
  EXPECT_FALSE(release.MayTell(State("08")));
}

TEST(Release, CountsACompanyOnceInTheRestOfAList) {
  Contributions all = Of("a", {40, 40, 40}, "09");
  Append(all, Of("d", {5, 5}, "26"));
  Append(all, Of("d", {5, 5}, "08"));  // the same two
  EXPECT_FALSE(Release(all).MayTell(State("09")));
}

TEST(Release, ProtectsWhatTwoSectorsDifferBy) {
  // Chemistry holds pharmacy and one company more.
  Contributions all = Of("a", {10, 10, 10}, "11", "skills/gmp", {"chemistry", "pharmacy"});
  Append(all, Of("b", {7}, "11", "skills/gmp", {"chemistry"}));
  Append(all, Of("c", {50, 50, 50}, "11", "skills/gmp", {"textile"}));
  const Release release(all);
  EXPECT_NE(release.MayTell(Sector("chemistry")), release.MayTell(Sector("pharmacy")));
  EXPECT_TRUE(release.MayTell(kAll));
}

TEST(Release, HoldsForTheComplementOfASector) {
  Contributions all = Of("a", {10, 10, 10}, "11");
  Append(all, Of("b", {5, 5}, "11", "skills/welding", {}));  // of no sector
  const Release release(all);
  EXPECT_TRUE(release.MayTell(kAll));
  EXPECT_FALSE(release.MayTell(Sector("auto"))) << "all minus auto would tell about two companies";
}

TEST(Release, TellsSkillsTogetherOnlyIfEachIsKnown) {
  Contributions all = Of("a", {10, 10, 10}, "11", "skills/welding");
  Append(all, Of("b", {10, 10, 10}, "11", "skills/sewing"));
  Append(all, Of("c", {9, 9}, "11", "skills/plc"));
  Append(all, Of("d", {9, 9, 9}, "11", "skills/english"));
  const Release release(all);
  EXPECT_TRUE(release.MayTell({"", "", {"skills/welding", "skills/sewing"}}));
  EXPECT_FALSE(release.MayTell({"", "", {"skills/welding", "skills/plc"}}));
  EXPECT_TRUE(release.MayTell({"", "", {"skills/plc", "skills/english"}}))
      << "that is what all minus the two told leaves anyway, of five companies";
}

TEST(Release, IsTheSameWhateverTheOrder) {
  Contributions all = Of("a", {40, 40, 40}, "09");
  Append(all, Of("b", {20, 20, 20}, "14"));
  Append(all, Of("c", {20, 20, 20}, "19"));
  Append(all, Of("d", {5, 5}, "26"));
  Contributions turned(all.rbegin(), all.rend());
  const Release one(all), other(turned);
  for (const char* state : {"09", "14", "19", "26"}) {
    EXPECT_EQ(one.MayTell(State(state)), other.MayTell(State(state))) << state;
  }
}

// Least-squares distance of `target` from what the rows span, apart from the code under test.
double DistanceFromSpan(std::vector<std::vector<double>> rows, std::vector<double> target) {
  std::vector<std::vector<double>> basis;
  const auto project = [&](std::vector<double> v) {
    for (int again = 0; again < 2; ++again) {
      for (const auto& b : basis) {
        double dot = 0;
        for (size_t i = 0; i < v.size(); ++i) dot += v[i] * b[i];
        for (size_t i = 0; i < v.size(); ++i) v[i] -= dot * b[i];
      }
    }
    return v;
  };
  const auto length = [](const std::vector<double>& v) {
    double sum = 0;
    for (const double x : v) sum += x * x;
    return std::sqrt(sum);
  };
  for (const auto& row : rows) {
    std::vector<double> left = project(row);
    const double size = length(left);
    if (size < 1e-9) continue;
    for (double& x : left) x /= size;
    basis.push_back(std::move(left));
  }
  return length(project(target));
}

std::vector<Selection> EverySelection(const Contributions& all) {
  std::set<std::string> sectors = {""}, states = {""}, skills = {""};
  for (const Contribution& one : all) {
    sectors.insert(one.sectors.begin(), one.sectors.end());
    states.insert(one.state_code);
    skills.insert(one.skill);
  }
  std::vector<Selection> selections;
  for (const std::string& sector : sectors) {
    for (const std::string& state : states) {
      for (const std::string& skill : skills) {
        selections.push_back({sector, state, {}});
        if (!skill.empty()) selections.back().skills.insert(skill);
      }
    }
  }
  return selections;
}

// The property that matters, against an attacker who asks everything: no unsafe sum of the table
// is a combination of those told.
void ExpectNothingUnsafeFollows(const Contributions& all) {
  const Release release(all);
  const std::vector<Selection> selections = EverySelection(all);
  std::vector<std::vector<double>> told;
  std::vector<std::pair<Selection, std::vector<double>>> unsafe;
  for (const Selection& selection : selections) {
    std::vector<double> cells;
    std::map<std::string, int64_t> heads;
    for (const Contribution& one : all) {
      cells.push_back(selection.Holds(one));
      if (selection.Holds(one)) heads[one.company] += one.heads;
    }
    if (heads.empty()) continue;
    if (release.MayTell(selection)) {
      EXPECT_TRUE(IsSafe(heads));
      told.push_back(cells);
    } else if (!IsSafe(heads)) {
      unsafe.emplace_back(selection, cells);
    }
  }
  for (const auto& [selection, cells] : unsafe) {
    EXPECT_GT(DistanceFromSpan(told, cells), 1e-6)
        << selection.sector << "/" << selection.state_code << "/"
        << (selection.skills.empty() ? "" : *selection.skills.begin());
  }
}

TEST(Release, GivesNoUnsafeSumToWhoAsksEverything) {
  std::mt19937 random(20261123);
  const int rounds = std::getenv("PUENTE_LONG") == nullptr ? 4 : 40;
  for (int round = 0; round < rounds; ++round) {
    SCOPED_TRACE(round);
    Contributions all;
    for (int i = 0; i < 30; ++i) {
      std::set<std::string> sectors;
      for (const char* sector : {"a", "b", "c"}) {
        if (random() % 2 == 0) sectors.insert(sector);
      }
      all.push_back(Need(absl::StrCat("company", random() % 9), 1 + random() % 60,
                         absl::StrCat("1", random() % 4), absl::StrCat("skills/s", random() % 3),
                         sectors));
    }
    ExpectNothingUnsafeFollows(all);
  }
}

TEST(Release, OfMuchDataIsMadeOfSafeBlocks) {
  Contributions all;
  for (int i = 0; i < 4000; ++i) {
    all.push_back(Need(absl::StrCat("company", i % 700), 1 + i % 50,
                       absl::StrCat(i % 2 == 0 ? "1" : "2", i % 7),
                       absl::StrCat("skills/s", i % 23), {absl::StrCat("sector", i % 5)}));
  }
  all.push_back(Need("alone", 30, "31", "skills/rare", {"rare"}));
  const Release release(all);
  EXPECT_TRUE(release.MayTell(kAll));
  EXPECT_FALSE(release.MayTell(State("31")));
  EXPECT_FALSE(release.MayTell(Sector("rare")));
  EXPECT_TRUE(release.MayTell(State("10")));
}

Contributions Sample() {
  const auto tables =
      BundledRequests<v1::CreateSectorTableRequest>("data/economy/sector-tables.json");
  Contributions all;
  std::map<std::string, v1::DemandStatement> current;
  for (const auto& request :
       BundledRequests<v1::CreateDemandStatementRequest>("data/economy/demand-statements.json")) {
    current[NeedKey(request.demand_statement())] = request.demand_statement();
  }
  for (const auto& [need, statement] : current) {
    Contribution one{
        statement.company(), statement.skill(), statement.state_code(), {}, statement.heads()};
    for (const auto& table : tables) {
      const auto prefixes = PrefixesInForce(table.sector_table(), absl::CivilDay(2026, 11, 1));
      if (BelongsTo(statement.scian_class(), prefixes) == Belongs::kYes) {
        one.sectors.insert(table.sector_table_id());
      }
    }
    EXPECT_FALSE(one.sectors.empty()) << statement.scian_class();
    all.push_back(std::move(one));
  }
  return all;
}

TEST(Sample, ShowsEverySectorAndBothCasesOfSuppression) {
  const Contributions all = Sample();
  const Release release(all);
  std::set<std::string> sectors;
  for (const Contribution& one : all) sectors.insert(one.sectors.begin(), one.sectors.end());
  EXPECT_EQ(sectors.size(), 11u);
  EXPECT_TRUE(release.MayTell(kAll));
  for (const std::string& sector : sectors) {
    EXPECT_TRUE(release.MayTell(Sector(sector))) << sector;
  }
  EXPECT_FALSE(release.MayTell({"aerospace", "26", {}})) << "two companies";
  EXPECT_FALSE(release.MayTell({"automotive", "21", {}})) << "one company has over 80 %";
  ExpectNothingUnsafeFollows(all);
}

}  // namespace
}  // namespace puente::economy
