#include "cli/bounds.h"

#include <gtest/gtest.h>

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

TEST(Bounds, AreTheFirstCentavoThatPasses) {
  EXPECT_EQ(WageBounds(Law(), Day(2020, 8, 1), Day(2020, 8, 31), Language::kEnglish),
            "general zone 7,495.89 MXN, border zone 11,288.24 MXN a month");
  EXPECT_EQ(HoursBounds(Law(), Day(2020, 8, 1), Day(2020, 8, 31), Language::kSpanish),
            "48 h a la semana");
}

TEST(Bounds, ThatChangedInThePeriodAreARange) {
  EXPECT_EQ(WageBounds(Law(), Day(2020, 12, 31), Day(2021, 1, 1), Language::kEnglish),
            "general zone 7,495.89 MXN to 8,620.09 MXN, border zone 11,288.24 MXN a month");
  EXPECT_EQ(HoursBounds(Law(), Day(2027, 1, 1), Day(2027, 2, 1), Language::kEnglish),
            "46 h a week");
}

TEST(Bounds, ThatNobodyKnowsAreLeftOut) {
  EXPECT_EQ(WageBounds(Law(), Day(2019, 1, 1), Day(2019, 12, 31), Language::kEnglish), "");
  EXPECT_EQ(HoursBounds({}, Day(2020, 1, 1), Day(2020, 2, 1), Language::kEnglish), "");
}

}  // namespace
}  // namespace puente::cli
