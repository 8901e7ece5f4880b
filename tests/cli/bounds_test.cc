#include "cli/bounds.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

labor::v1::Standards Law() {
  return Of<labor::v1::Standards>(R"pb(
    minimum_wages {
      zone: WAGE_ZONE_GENERAL
      effective_date { year: 2020 month: 1 day: 1 }
      daily_centavos: 12322
    }
    minimum_wages {
      zone: WAGE_ZONE_BORDER
      effective_date { year: 2020 month: 1 day: 1 }
      daily_centavos: 18556
    }
    minimum_wages {
      zone: WAGE_ZONE_GENERAL
      effective_date { year: 2021 month: 1 day: 1 }
      daily_centavos: 14170
    }
    weekly_hours_limits {
      effective_date { year: 1917 month: 5 day: 1 }
      weekly_minutes: 2880
    }
    weekly_hours_limits {
      effective_date { year: 2027 month: 1 day: 1 }
      weekly_minutes: 2760
    }
  )pb");
}

google::type::Date Day(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

// Offers of both zones on these two days and in the months between that are named.
labor::v1::VacancyStatistics Offers(const google::type::Date& first, const google::type::Date& last,
                                    const std::vector<google::type::Date>& months) {
  labor::v1::VacancyStatistics counted;
  *counted.mutable_first_offer_date() = first;
  *counted.mutable_last_offer_date() = last;
  for (const google::type::Date& month : months) *counted.add_offer_months() = month;
  counted.add_wage_zones(labor::v1::WAGE_ZONE_GENERAL);
  counted.add_wage_zones(labor::v1::WAGE_ZONE_BORDER);
  return counted;
}

TEST(Bounds, AreTheFirstCentavoThatPasses) {
  const auto august = Offers(Day(2020, 8, 1), Day(2020, 8, 31), {Day(2020, 8, 0)});
  EXPECT_EQ(WageBounds(Law(), august, Language::kEnglish),
            "general zone 7,495.89 MXN, border zone 11,288.24 MXN a month");
  EXPECT_EQ(HoursBounds(Law(), august, Language::kSpanish), "48 h a la semana");
}

TEST(Bounds, ThatChangedInThePeriodAreARange) {
  EXPECT_EQ(
      WageBounds(Law(),
                 Offers(Day(2020, 12, 31), Day(2021, 1, 1), {Day(2020, 12, 0), Day(2021, 1, 0)}),
                 Language::kEnglish),
      "general zone 7,495.89 MXN to 8,620.09 MXN, border zone 11,288.24 MXN a month");
  EXPECT_EQ(HoursBounds(
                Law(), Offers(Day(2027, 1, 1), Day(2027, 2, 1), {Day(2027, 1, 0), Day(2027, 2, 0)}),
                Language::kEnglish),
            "46 h a week");
}

TEST(Bounds, OfAMonthBeginWithItsFirstOfferAndEndWithItsLast) {
  labor::v1::Standards law;
  for (const int day : {10, 20}) {
    labor::v1::WeeklyHoursLimit& limit = *law.add_weekly_hours_limits();
    *limit.mutable_effective_date() = Day(2020, 8, day);
    limit.set_weekly_minutes(day * 60);
  }
  const std::vector<google::type::Date> august = {Day(2020, 8, 0)};
  EXPECT_EQ(
      HoursBounds(law, Offers(Day(2020, 8, 11), Day(2020, 8, 19), august), Language::kEnglish),
      "10 h a week");
  EXPECT_EQ(
      HoursBounds(law, Offers(Day(2020, 8, 20), Day(2020, 8, 31), august), Language::kEnglish),
      "20 h a week");
}

TEST(Bounds, OfAYearWithoutOffersAreLeftOut) {
  labor::v1::Standards law;
  for (const int year : {2020, 2021, 2022}) {
    labor::v1::MinimumWage& wage = *law.add_minimum_wages();
    wage.set_zone(labor::v1::WAGE_ZONE_GENERAL);
    *wage.mutable_effective_date() = Day(year, 1, 1);
    wage.set_daily_centavos(year == 2021 ? 20000 : year == 2020 ? 12322 : 14170);
  }
  EXPECT_EQ(
      WageBounds(law, Offers(Day(2020, 8, 1), Day(2022, 8, 31), {Day(2020, 8, 0), Day(2022, 8, 0)}),
                 Language::kEnglish),
      "general zone 7,495.89 MXN to 8,620.09 MXN a month");
}

TEST(Bounds, OfAZoneWithoutOffersAreLeftOut) {
  auto august = Offers(Day(2020, 8, 1), Day(2020, 8, 31), {Day(2020, 8, 0)});
  august.clear_wage_zones();
  august.add_wage_zones(labor::v1::WAGE_ZONE_GENERAL);
  EXPECT_EQ(WageBounds(Law(), august, Language::kEnglish), "general zone 7,495.89 MXN a month");
}

TEST(Bounds, ThatNobodyKnowsAreLeftOut) {
  EXPECT_EQ(WageBounds(Law(), Offers(Day(2019, 1, 1), Day(2019, 1, 31), {Day(2019, 1, 0)}),
                       Language::kEnglish),
            "");
  EXPECT_EQ(HoursBounds({}, Offers(Day(2020, 1, 1), Day(2020, 1, 31), {Day(2020, 1, 0)}),
                        Language::kEnglish),
            "");
}

}  // namespace
}  // namespace puente::cli
