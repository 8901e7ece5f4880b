#include "modules/science/skill_signals/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace puente::science {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

SignalFacts Signal(std::string id, std::string skill, std::string sector = "auto",
                   std::string technology = "robots") {
  return {std::move(id), std::move(sector), std::move(skill), std::move(technology), "test"};
}

TEST(SignalFigures, CountOnlyWhatIsChosen) {
  const std::vector<SignalFacts> signals = {Signal("a", "plc"), Signal("b", "welding"),
                                            Signal("c", "plc", "energy", "storage"),
                                            Signal("d", "plc", "auto", "twins")};
  struct Case {
    const char* name;
    SignalChoice choice;
    int64_t signals;
    size_t technologies;
    std::vector<std::string> nearest;
  };
  for (const Case& c :
       std::vector<Case>{{"all", {}, 4, 3, {"a", "b", "c", "d"}},
                         {"a sector", {"auto", {}}, 3, 2, {"a", "b", "d"}},
                         {"a skill", {"", {"plc"}}, 3, 3, {"a", "c", "d"}},
                         {"two skills", {"", {"plc", "welding"}}, 4, 3, {"a", "b", "c", "d"}},
                         {"both", {"energy", {"plc"}}, 1, 1, {"c"}},
                         {"nothing", {"textile", {}}, 0, 0, {}}}) {
    SCOPED_TRACE(c.name);
    const SignalFigures figures = SumUp(signals, c.choice);
    EXPECT_EQ(figures.signals, c.signals);
    EXPECT_EQ(figures.technologies.size(), c.technologies);
    EXPECT_EQ(figures.nearest, c.nearest);
  }
}

TEST(SignalFigures, KeepTheNearestTenAndTheTenSkillsWithMost) {
  std::vector<SignalFacts> signals;
  for (int i = 0; i < 12; ++i)
    signals.push_back(Signal(absl::StrCat(i), absl::StrCat("s", 10 + i)));
  signals.push_back(Signal("late", "s21"));
  const SignalFigures figures = SumUp(signals, {});
  ASSERT_EQ(figures.nearest.size(), 10u);
  EXPECT_EQ(figures.nearest.front(), "0");
  EXPECT_EQ(figures.nearest.back(), "9");
  ASSERT_EQ(figures.top_skills.size(), 10u);
  EXPECT_THAT(figures.top_skills[0], Pair("s21", 2));
  EXPECT_THAT(figures.top_skills[1], Pair("s10", 1));
  EXPECT_THAT(figures.sources, ElementsAre("test"));
}

}  // namespace
}  // namespace puente::science
