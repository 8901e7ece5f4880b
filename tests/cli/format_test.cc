#include "cli/format.h"

#include <gtest/gtest.h>

#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using google::type::Date;
using google::type::Money;

TEST(CountText, GroupsThousands) {
  EXPECT_EQ(CountText(0), "0");
  EXPECT_EQ(CountText(999), "999");
  EXPECT_EQ(CountText(10173), "10,173");
  EXPECT_EQ(CountText(1234567), "1,234,567");
  EXPECT_EQ(CountText(-1234), "-1,234");
  EXPECT_EQ(CountText(std::numeric_limits<int64_t>::min()), "-9,223,372,036,854,775,808");
}

TEST(ShareText, RoundsHalfUpAndNeverHidesAFew) {
  struct Case {
    const char* name;
    int64_t part;
    int64_t whole;
    const char* text;
  };
  for (const Case& c :
       {Case{"the real wage share", 3279, 10173, "32.2 %"}, Case{"none", 0, 10173, "0.0 %"},
        Case{"all", 10173, 10173, "100.0 %"}, Case{"four of many", 4, 10173, "<0.1 %"},
        Case{"all but four", 10169, 10173, ">99.9 %"}, Case{"half up", 1, 16, "6.3 %"},
        Case{"below half", 1, 3, "33.3 %"}, Case{"of nothing", 0, 0, ""},
        Case{"large", int64_t{1} << 61, int64_t{1} << 62, "50.0 %"}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(ShareText(c.part, c.whole), c.text);
  }
}

TEST(MoneyText, KeepsEveryPartOfACentavo) {
  struct Case {
    const char* money;
    const char* text;
    const char* decimal;
  };
  for (const Case& c :
       {Case{"currency_code: 'MXN' units: 6000", "6,000.00 MXN", "6000.00"},
        Case{"currency_code: 'MXN' units: 7495 nanos: 890000000", "7,495.89 MXN", "7495.89"},
        Case{"currency_code: 'MXN' units: 5 nanos: 5000000", "5.005 MXN", "5.005"},
        Case{"currency_code: 'MXN' units: 5 nanos: 50000000", "5.05 MXN", "5.05"},
        Case{"currency_code: 'MXN' nanos: -500000000", "-0.50 MXN", "-0.50"}}) {
    SCOPED_TRACE(c.money);
    EXPECT_EQ(MoneyText(Of<Money>(c.money)), c.text);
    EXPECT_EQ(MoneyDecimal(Of<Money>(c.money)), c.decimal);
  }
}

TEST(PeriodText, SaysMonthAndYearOnceWhereTheyAreTheSame) {
  const auto day = [](int year, int month, int day) {
    Date date;
    date.set_year(year);
    date.set_month(month);
    date.set_day(day);
    return date;
  };
  const auto en = Language::kEnglish;
  EXPECT_EQ(PeriodText(day(2020, 8, 1), day(2020, 8, 31), en), "1-31 August 2020");
  EXPECT_EQ(PeriodText(day(2020, 8, 1), day(2020, 8, 1), en), "1 August 2020");
  EXPECT_EQ(PeriodText(day(2026, 12, 1), day(2027, 1, 2), en), "1 December 2026 to 2 January 2027");
  EXPECT_EQ(PeriodText(day(2020, 8, 1), day(2020, 8, 31), Language::kSpanish),
            "1-31 de agosto de 2020");
  EXPECT_EQ(PeriodText(Date(), Date(), en), "not stated");
  EXPECT_EQ(DateText(day(2020, 8, 1)), "2020-08-01");
  EXPECT_EQ(DateText(Date()), "");
}

TEST(FigureText, TellsTheMarksApartFromZero) {
  using type::v1::Figure;
  const auto text = [](const char* figure, Language language = Language::kEnglish) {
    return FigureText(Of<Figure>(figure), language);
  };
  EXPECT_EQ(text("value: 0"), "0");
  EXPECT_EQ(text("value: 1234"), "1,234");
  EXPECT_EQ(text("mark: MARK_SUPPRESSED"), "suppressed");
  EXPECT_EQ(text("mark: MARK_SUPPRESSED", Language::kSpanish), "reservado");
  EXPECT_EQ(text("mark: MARK_MISSING"), "not stated");
  EXPECT_EQ(text("mark: MARK_NOT_APPLICABLE"), "not applicable");
  EXPECT_EQ(text(""), "not stated");
}

TEST(DurationText, FitsItsSize) {
  using google::protobuf::Duration;
  EXPECT_EQ(DurationText(Of<Duration>("nanos: 900000")), "<1 ms");
  EXPECT_EQ(DurationText(Of<Duration>("nanos: 12345678")), "12 ms");
  EXPECT_EQ(DurationText(Of<Duration>("seconds: 2 nanos: 50000000")), "2.05 s");
}

TEST(MinutesText, SaysHours) {
  EXPECT_EQ(MinutesText(48 * 60), "48 h");
  EXPECT_EQ(MinutesText(47 * 60 + 30), "47 h 30 min");
}

TEST(StateText, NamesACodeAndKeepsWhatIsNone) {
  EXPECT_EQ(StateText("05"), "Coahuila");
  EXPECT_EQ(StateText("99"), "99");
}

TEST(Words, OfAValueNewerThanTheProgramAreItsNumber) {
  EXPECT_EQ(ContractText(labor::v1::CONTRACT_KIND_TRIAL, Language::kSpanish), "periodo de prueba");
  EXPECT_EQ(ContractText(static_cast<labor::v1::ContractKind>(77), Language::kEnglish), "77");
}

}  // namespace
}  // namespace puente::cli
