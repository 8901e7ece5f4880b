#include "cli/table.h"

#include <gtest/gtest.h>

namespace puente::cli {
namespace {

Table States() {
  Table table({{"state"}, {"people", Column::kRight}, {"note", Column::kLeft, 8}});
  table.Add({"Michoacán", "1,234", "a long note"});
  table.Add({"México", "9"});
  return table;
}

TEST(Table, LinesUpByColumnsOfTheTerminal) {
  EXPECT_EQ(States().Text(2, /*plain=*/true),
            "  state      people  note\n"
            "  ---------------------------\n"
            "  Michoacán   1,234  a long …\n"
            "  México          9\n");
}

TEST(Table, DrawsARuleWhereItMay) {
  Table table({{"n", Column::kRight}});
  table.Add({"10"});
  EXPECT_EQ(table.Text(0, /*plain=*/false), " n\n──\n10\n");
}

TEST(Table, WithoutHeadingsHasNoRule) {
  Table table({{""}, {"", Column::kRight}});
  table.Add({"posts", "12"});
  table.Add({"vacancies", "3"});
  EXPECT_EQ(table.Text(0, true), "posts      12\nvacancies   3\n");
}

TEST(Table, HasNamesBelowTheirRows) {
  Table table({{"due"}, {"about"}, {"name", Column::kBelow}});
  table.Add({"2027-01-31", "weld", "proposals/a-long-name"});
  table.Add({"", "cut"});
  EXPECT_EQ(table.Text(0, true),
            "due         about\n"
            "-----------------\n"
            "2027-01-31  weld\n"
            "    proposals/a-long-name\n"
            "            cut\n");
  EXPECT_EQ(table.Csv(), "due,about,name\n2027-01-31,weld,proposals/a-long-name\n,cut,\n");
}

TEST(Table, GoesOnWithTextBelowInTheNextLine) {
  Table table({{"state"}, {"reason", Column::kTextBelow}});
  const std::string word(30, 'x');
  table.Add({"refused", word + " " + word + " é " + word});
  table.Add({"placed", ""});
  EXPECT_EQ(table.Text(2, true), "  state\n  -------\n  refused\n      " + word + " " + word +
                                     " é\n      " + word + "\n  placed\n");
  EXPECT_EQ(table.Csv(),
            "state,reason\nrefused," + word + " " + word + " é " + word + "\nplaced,\n");
}

TEST(Table, LetsNoCellBreakItsRow) {
  Table table({{"offer"}});
  table.Add({"line\nbreak\033[2J"});
  EXPECT_EQ(table.Text(0, true), "offer\n--------------\nline break [2J\n");
}

TEST(Csv, QuotesWhatNeedsIt) {
  Table table({{"a"}, {"b"}});
  table.Add({"x, y", "say \"no\""});
  table.Add({"two\nlines", "plain"});
  EXPECT_EQ(table.Csv(), "a,b\n\"x, y\",\"say \"\"no\"\"\"\n\"two\nlines\",plain\n");
}

TEST(Csv, NothingRunsAsAFormula) {
  Table table({{"text"}, {"number"}});
  for (const char* text : {"=1+1", "+52 33", "-a", "@SUM(A1)", "\tx", "-"})
    table.Add({text, "-56.5"});
  table.Add({"=A1,\"b\"", "-6"});
  EXPECT_EQ(table.Csv(),
            "text,number\n'=1+1,-56.5\n'+52 33,-56.5\n'-a,-56.5\n'@SUM(A1),-56.5\n"
            "'\tx,-56.5\n'-,-56.5\n\"'=A1,\"\"b\"\"\",-6\n");
}

}  // namespace
}  // namespace puente::cli
