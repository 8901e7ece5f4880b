#include "cli/width.h"

#include <gtest/gtest.h>

namespace puente::cli {
namespace {

TEST(DisplayWidth, CountsColumnsNotBytes) {
  struct Case {
    const char* name;
    const char* text;
    size_t width;
  };
  for (const Case& c :
       {Case{"nothing", "", 0}, Case{"ASCII", "soldador", 8},
        Case{"composed accents", "Michoacán", 9}, Case{"combining accent", "Michoaca\xCC\x81n", 9},
        Case{"n with tilde", "Peñón", 5}, Case{"wide letters", "橋梁", 4},
        Case{"bytes that are no UTF-8", "a\xFF\xFEz", 4}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(DisplayWidth(c.text), c.width);
  }
}

TEST(Printable, LeavesNothingThatDrivesATerminal) {
  EXPECT_EQ(Printable("a\033[31mb\r\nc\x07"), "a [31mb  c ");
  EXPECT_EQ(Printable("a\xC2\x9B"
                      "b"),
            "a b");  // the eight-bit control sequence introducer
  EXPECT_EQ(Printable("a\xE2\x80\xAE"
                      "b"),
            "a b");  // right-to-left override
  EXPECT_EQ(Printable("ca\xC3"), "ca\xEF\xBF\xBD");
  EXPECT_EQ(Printable("Coahuila · ñ"), "Coahuila · ñ");
}

TEST(Fit, CutsBetweenCharactersAndSaysSo) {
  EXPECT_EQ(Fit("Michoacán", 9), "Michoacán");
  EXPECT_EQ(Fit("Michoacán", 8), "Michoac…");
  EXPECT_EQ(Fit("橋梁橋梁", 6), "橋梁…");
  EXPECT_EQ(Fit("x", 0), "");
}

TEST(Pad, FillsToColumns) {
  EXPECT_EQ(PadRight("ñ", 3), "ñ  ");
  EXPECT_EQ(PadLeft("ñ", 3), "  ñ");
  EXPECT_EQ(PadLeft("long", 2), "long");
}

}  // namespace
}  // namespace puente::cli
