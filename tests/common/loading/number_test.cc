#include "common/loading/number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace puente::loading {
namespace {

TEST(Decimal, IsReadExactlyOrNotAtAll) {
  struct Case {
    const char* text;
    char decimal;
    char group;
    std::optional<int64_t> hundredths;
  };
  for (const Case& c : {Case{"6000", '.', 0, 600000},
                        Case{"10.0", '.', 0, 1000},
                        Case{"7495.89", '.', 0, 749589},
                        Case{"7495.890", '.', 0, 749589},
                        Case{"7495.895", '.', 0, std::nullopt},
                        Case{"0", '.', 0, 0},
                        Case{"12.500,50", ',', '.', 1250050},
                        Case{"1,234,567", '.', ',', 123456700},
                        Case{"999,99", ',', '.', 99999},
                        Case{"12,50", '.', ',', std::nullopt},
                        Case{"1234,567", '.', ',', std::nullopt},
                        Case{",567", '.', ',', std::nullopt},
                        Case{"1,,567", '.', ',', std::nullopt},
                        Case{"1,567", '.', 0, std::nullopt},
                        Case{"", '.', 0, std::nullopt},
                        Case{".5", '.', 0, std::nullopt},
                        Case{"5.", '.', 0, std::nullopt},
                        Case{"-5", '.', 0, std::nullopt},
                        Case{"+5", '.', 0, std::nullopt},
                        Case{"1e3", '.', 0, std::nullopt},
                        Case{" 5", '.', 0, std::nullopt},
                        Case{"5 MXN", '.', 0, std::nullopt},
                        Case{"1.2.3", '.', 0, std::nullopt},
                        Case{"$5", '.', 0, std::nullopt},
                        Case{"123456789012345", '.', 0, 12345678901234500},
                        Case{"1234567890123456", '.', 0, std::nullopt}}) {
    SCOPED_TRACE(c.text);
    const auto decimal = ParseDecimal(c.text, c.decimal, c.group);
    EXPECT_EQ(decimal ? decimal->Times(100) : std::nullopt, c.hundredths);
  }
  EXPECT_EQ(ParseDecimal("24.0", '.', 0)->Times(60), 1440);
  EXPECT_EQ(ParseDecimal("7.75", '.', 0)->Times(60), 465);
  EXPECT_EQ(ParseDecimal("7.333", '.', 0)->Times(60), std::nullopt);
}

TEST(Day, IsReadInItsFormatOnly) {
  const absl::CivilDay want(2020, 8, 1);
  EXPECT_EQ(ParseDay("2020-08-01", "YYYY-MM-DD"), want);
  EXPECT_EQ(ParseDay("01/08/2020", "DD/MM/YYYY"), want);
  EXPECT_EQ(ParseDay("20200801", "YYYYMMDD"), want);
  for (const char* text : {"2020-8-1", "2020-02-30", "2020/08/01", "20-08-2001", "2020-08-0a",
                           "2020-08-011", "", "YYYY-MM-DD"}) {
    EXPECT_EQ(ParseDay(text, "YYYY-MM-DD"), std::nullopt) << text;
  }
}

TEST(Encoding, TellsAsciiUtf8AndWhatIsNeither) {
  EXPECT_EQ(EncodingOf(""), Encoding::kAscii);
  EXPECT_EQ(EncodingOf("plain text, long enough for a block"), Encoding::kAscii);
  EXPECT_EQ(EncodingOf("doce letras y después"), Encoding::kUtf8);
  EXPECT_EQ(EncodingOf("M\xE9xico"), Encoding::kBroken);
  EXPECT_EQ(EncodingOf("cut inside \xC3"), Encoding::kBroken);
  EXPECT_EQ(EncodingOf("\xC0\x80"), Encoding::kBroken);
  EXPECT_EQ(EncodingOf("\xED\xA0\x80"), Encoding::kBroken);
}

}  // namespace
}  // namespace puente::loading
