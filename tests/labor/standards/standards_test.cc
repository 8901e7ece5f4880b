#include "modules/labor/standards/standards.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/labor/standards.h"
#include "tests/testing/status.h"

namespace puente::labor::rules {
namespace {

using ::puente::testing::HasReason;

TEST(SeededNumbers, AreThoseOfTheLaw) {
  const v1::Standards standards = SeededStandardsProto();
  EXPECT_EQ(standards.minimum_wages_size(), 16);
  EXPECT_EQ(standards.border_municipalities_size(), 1 + 11 + 8 + 8 + 1 + 10);
  EXPECT_EQ(standards.weekly_hours_limits_size(), 5);
  struct Case {
    int year;
    Centavos general;
    Centavos border;
  };
  for (const Case& c :
       {Case{2019, 102'68, 176'72}, Case{2020, 123'22, 185'56}, Case{2021, 141'70, 213'39},
        Case{2022, 172'87, 260'34}, Case{2023, 207'44, 312'41}, Case{2024, 248'93, 374'89},
        Case{2025, 278'80, 419'88}, Case{2026, 315'04, 440'87}}) {
    for (const absl::CivilDay day :
         {absl::CivilDay(c.year, 1, 1), absl::CivilDay(c.year, 12, 31)}) {
      EXPECT_EQ(SeededStandards().WageOn(v1::WAGE_ZONE_GENERAL, day)->daily, c.general);
      EXPECT_EQ(SeededStandards().WageOn(v1::WAGE_ZONE_BORDER, day)->daily, c.border);
    }
  }
}

TEST(Wages, AreUnknownBeforeTheFirstYearAtHandAndAfterTheLast) {
  for (const v1::WageZone zone : {v1::WAGE_ZONE_GENERAL, v1::WAGE_ZONE_BORDER}) {
    EXPECT_EQ(SeededStandards().WageOn(zone, absl::CivilDay(2018, 12, 31)), nullptr);
    EXPECT_NE(SeededStandards().WageOn(zone, absl::CivilDay(2026, 12, 31)), nullptr);
    EXPECT_EQ(SeededStandards().WageOn(zone, absl::CivilDay(2027, 1, 1)), nullptr);
    EXPECT_EQ(Standards().WageOn(zone, absl::CivilDay(2026, 1, 1)), nullptr);
  }
}

TEST(Standards, ThatContradictThemselvesAreRefused) {
  const auto with = [](auto change) {
    v1::Standards standards = SeededStandardsProto();
    change(standards);
    return Standards::From(standards).status();
  };
  EXPECT_OK(with([](v1::Standards&) {}));
  EXPECT_THAT(with([](v1::Standards& s) { *s.add_minimum_wages() = s.minimum_wages(0); }),
              HasReason("INVALID_STANDARDS"));
  EXPECT_THAT(with([](v1::Standards& s) {
                s.mutable_minimum_wages(0)->mutable_effective_date()->set_month(13);
              }),
              HasReason("INVALID_STANDARDS"));
  EXPECT_THAT(with([](v1::Standards& s) { s.mutable_minimum_wages(0)->set_daily_centavos(0); }),
              HasReason("INVALID_STANDARDS"));
  EXPECT_THAT(
      with([](v1::Standards& s) { s.mutable_weekly_hours_limits(0)->set_weekly_minutes(10081); }),
      HasReason("INVALID_STANDARDS"));
  EXPECT_THAT(
      with([](v1::Standards& s) { *s.add_border_municipalities() = s.border_municipalities(1); }),
      HasReason("INVALID_STANDARDS"));
}

}  // namespace
}  // namespace puente::labor::rules
