#include "modules/science/skill_signals/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace puente::science {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

constexpr absl::CivilDay kToday(2027, 3, 1);

SignalFacts Signal(std::string id, std::string skill, absl::CivilDay horizon = kToday) {
  return {std::move(id), std::move(skill), "robots", "test", horizon};
}

TEST(SignalFigures, KeepTheNearestTenAndTheTenSkillsWithMost) {
  std::vector<SignalFacts> signals;
  for (int i = 0; i < 12; ++i)
    signals.push_back(Signal(absl::StrCat(i), absl::StrCat("s", 10 + i)));
  signals.push_back(Signal("late", "s21"));
  const SignalFigures figures = SumUp(signals, kToday);
  ASSERT_EQ(figures.nearest.size(), 10u);
  EXPECT_EQ(figures.nearest.front(), "0");
  EXPECT_EQ(figures.nearest.back(), "9");
  ASSERT_EQ(figures.top_skills.size(), 10u);
  EXPECT_THAT(figures.top_skills[0], Pair("s21", 2));
  EXPECT_THAT(figures.top_skills[1], Pair("s10", 1));
  EXPECT_THAT(figures.sources, ElementsAre("test"));
}

TEST(SignalFigures, CountWhatIsPastAndDoNotCallItNear) {
  const SignalFigures figures = SumUp({Signal("past", "plc", kToday - 1), Signal("today", "plc"),
                                       Signal("next", "plc", kToday + 1)},
                                      kToday);
  EXPECT_EQ(figures.signals, 3);
  EXPECT_EQ(figures.technologies.size(), 1u);
  EXPECT_THAT(figures.nearest, ElementsAre("today", "next"));
}

}  // namespace
}  // namespace puente::science
