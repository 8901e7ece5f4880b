#include "modules/labor/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/labor/standards.h"

namespace puente::labor::rules {
namespace {

TEST(Money, IsCentavosOnlyWhereItIsWholeMexicanAndInBounds) {
  struct Case {
    const char* name;
    const char* currency;
    int64_t units;
    int32_t nanos;
    std::optional<Centavos> want;
  };
  for (const Case& c :
       {Case{"pesos and centavos", "MXN", 7495, 890'000'000, 7495'89},
        Case{"nothing", "MXN", 0, 0, 0},
        Case{"part of a centavo", "MXN", 1, 5'000'000, std::nullopt},
        Case{"dollars", "USD", 1, 0, std::nullopt}, Case{"no currency", "", 1, 0, std::nullopt},
        Case{"negative", "MXN", -1, 0, std::nullopt},
        Case{"negative nanos", "MXN", 0, -10'000'000, std::nullopt},
        Case{"a peso of nanos", "MXN", 0, 1'000'000'000, std::nullopt},
        Case{"the most", "MXN", kMostCentavos / 100, 0, kMostCentavos},
        Case{"above the most", "MXN", kMostCentavos / 100, 10'000'000, std::nullopt},
        Case{"overflow", "MXN", INT64_MAX, 0, std::nullopt}}) {
    SCOPED_TRACE(c.name);
    google::type::Money money;
    money.set_currency_code(c.currency);
    money.set_units(c.units);
    money.set_nanos(c.nanos);
    EXPECT_EQ(ToCentavos(money), c.want);
    if (c.want) {
      EXPECT_EQ(Pesos(*c.want).SerializeAsString(), money.SerializeAsString());
    }
  }
}

TEST(Date, IsADayOnlyIfTheCalendarHasIt) {
  EXPECT_EQ(ToDay(Date(2020, 2, 29)), absl::CivilDay(2020, 2, 29));
  for (const auto& date : {Date(2019, 2, 29), Date(2020, 13, 1), Date(2020, 0, 1), Date(2020, 1, 0),
                           Date(0, 1, 1), Date(10000, 1, 1), Date(2020, -1, 1)}) {
    EXPECT_EQ(ToDay(date), std::nullopt) << date.ShortDebugString();
  }
}

}  // namespace
}  // namespace puente::labor::rules
