#include "common/loading/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace puente::loading {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using End = CsvRow::End;

// "2: a|b" for each row, with ~ where the file ends after it, ? inside quotes, " if a quote is
// wrong, ! if it is too long.
std::vector<std::string> Rows(absl::string_view bytes, size_t slice, char delimiter = ',',
                              char quote = '"') {
  std::vector<std::string> rows;
  CsvReader reader(delimiter, quote);
  const auto sink = [&](const CsvRow& row) {
    const char* end = row.end == End::kLine       ? ""
                      : row.end == End::kFile     ? "~"
                      : row.end == End::kQuoted   ? "?"
                      : row.end == End::kBadQuote ? "\""
                                                  : "!";
    rows.push_back(absl::StrCat(row.line, ": ", absl::StrJoin(row.fields, "|"), end));
  };
  for (size_t at = 0; at < bytes.size(); at += slice) reader.Feed(bytes.substr(at, slice), sink);
  reader.Finish(sink);
  return rows;
}

// The same whatever the slices.
std::vector<std::string> Rows(absl::string_view bytes) {
  const std::vector<std::string> rows = Rows(bytes, bytes.size() + 1);
  for (const size_t slice : {1, 2, 3, 7}) EXPECT_EQ(Rows(bytes, slice), rows) << slice;
  return rows;
}

// The same of a file with tabs and without quotes.
std::vector<std::string> TsvRows(absl::string_view bytes) {
  const std::vector<std::string> rows = Rows(bytes, bytes.size() + 1, '\t', 0);
  for (const size_t slice : {1, 2, 3, 7}) EXPECT_EQ(Rows(bytes, slice, '\t', 0), rows) << slice;
  return rows;
}

TEST(Csv, WithoutQuotesEveryByteIsTextButTabsAndLines) {
  EXPECT_THAT(TsvRows("a\t\"b\nc\td\"e\n"), ElementsAre("1: a|\"b", "2: c|d\"e"));
  EXPECT_THAT(TsvRows("a,b\t\t\r\n\r\n\n\tc\r\n"), ElementsAre("1: a,b||", "4: |c"));
  EXPECT_THAT(TsvRows("\xEF\xBB\xBF"
                      "a\tb\rc\td\r"),
              ElementsAre("1: a|b", "2: c|d"));
  EXPECT_THAT(TsvRows("a\nb\tc"), ElementsAre("1: a", "2: b|c~"));
  EXPECT_THAT(TsvRows(std::string("\0\t\xFF\n", 4)), ElementsAre(std::string("1: \0|\xFF", 6)));
  EXPECT_THAT(TsvRows(""), IsEmpty());
}

TEST(Csv, WithoutQuotesARowOverTheBoundIsGivenUpAndReadingGoesOn) {
  const std::string field(kMostFieldBytes + 1, 'x'), row(2 * kMostRowBytes, '\t');
  EXPECT_THAT(TsvRows(absl::StrCat("a\n", field, "\tb\nc\n", row, "\nd")),
              ElementsAre("1: a", "2: !", "3: c", "4: !", "5: d~"));
}

TEST(Csv, RowsKnowTheLineOnWhichTheyBegin) {
  EXPECT_THAT(Rows("a,b\nc,d\n"), ElementsAre("1: a|b", "2: c|d"));
  EXPECT_THAT(Rows("a,b\r\nc,d\r\n"), ElementsAre("1: a|b", "2: c|d"));
  EXPECT_THAT(Rows("a,b\rc,d\r"), ElementsAre("1: a|b", "2: c|d"));
  EXPECT_THAT(Rows("a\n\n\r\nb\n"), ElementsAre("1: a", "4: b"));
  EXPECT_THAT(Rows("\"a\n\r\n\rb\",c\nd,e\n"), ElementsAre("1: a\n\r\n\rb|c", "5: d|e"));
}

TEST(Csv, QuotesHoldDelimitersLinesAndQuotes) {
  EXPECT_THAT(Rows("\"a,b\",\"c \"\"d\"\"\",\n"), ElementsAre("1: a,b|c \"d\"|"));
  EXPECT_THAT(Rows("\"\"\"\",\"\"\n"), ElementsAre("1: \"|"));
}

TEST(Csv, AStrayQuoteCostsItsRowAndNoOther) {
  struct Case {
    const char* name;
    const char* row;
  };
  for (const Case& c : {
           Case{"text after a closing quote", "a,\"b\" c,d"},
           Case{"a quote in an unquoted field", "a,b \"c\",d"},
           Case{"a quote behind an unquoted field", "a,b\",c"},
           Case{"a quote that nothing closes", "a,\"b,c"},
           Case{"a quote after a doubled one", "a,\"b\"\"c\" d"},
           Case{"a space before an opening quote", "a, \"b\""},
           Case{"a space behind a closing quote", "a,\"b\" ,c"},
       }) {
    SCOPED_TRACE(c.name);
    for (const char* end : {"\n", "\r\n", "\r"}) {
      const std::string row = absl::StrCat(c.row, end);
      EXPECT_THAT(Rows(absl::StrCat("x,y", end, row, "1,\"2\"", end, end, "3,\"4\"", end)),
                  ElementsAre("1: x|y", "2: \"", "3: 1|2", "5: 3|4"));
    }
  }
}

TEST(Csv, AQuotedFieldMayHoldLinesAndOneThatEndsWrongEndsAtItsFirst) {
  EXPECT_THAT(Rows("\"a\nb\",c\nd\n"), ElementsAre("1: a\nb|c", "3: d"));
  EXPECT_THAT(Rows("\"a\nb\"c\nd\n"), ElementsAre("1: \"", "2: \"", "3: d"));
  EXPECT_THAT(Rows("\"a\r\nb,c\r\n\r\n\"d\",e\r\nf\r\n"),
              ElementsAre("1: \"", "2: b|c", "4: d|e", "5: f"));
  // The quote of line 1 is closed by nothing; that of line 3 opens the field of lines 3 and 4.
  EXPECT_THAT(Rows("\"a\nb\n\"c\nd\"\ne"), ElementsAre("1: \"", "2: b", "3: c\nd", "5: e~"));
  EXPECT_THAT(Rows("\"a\nb\n\"c\nd"), ElementsAre("1: \"", "2: b", "3: ?", "4: d~"));
}

TEST(Csv, FieldsAreNotTrimmed) {
  EXPECT_THAT(Rows(" a ,\tb\n , \n"), ElementsAre("1:  a |\tb", "2:  | "));
}

TEST(Csv, BytesThatAreNoTextComeThrough) {
  const std::string bytes("a\0b,\xF3\n", 6);
  EXPECT_THAT(Rows(bytes), ElementsAre(std::string("1: a\0b|\xF3", 8)));
}

TEST(Csv, AByteOrderMarkIsLeftOut) {
  EXPECT_THAT(Rows("\xEF\xBB\xBF"
                   "a,b\n"),
              ElementsAre("1: a|b"));
  EXPECT_THAT(Rows("\xEF\xBB\xBF"), IsEmpty());
  EXPECT_THAT(Rows("\xEF\xBB"), ElementsAre("1: \xEF\xBB~"));
  EXPECT_THAT(Rows("\xEF"
                   "a\n"),
              ElementsAre("1: \xEF"
                          "a"));
}

TEST(Csv, TheLastRowSaysHowTheFileEnds) {
  EXPECT_THAT(Rows(""), IsEmpty());
  EXPECT_THAT(Rows("\n\n"), IsEmpty());
  EXPECT_THAT(Rows("a,b"), ElementsAre("1: a|b~"));
  EXPECT_THAT(Rows("a,b\nc"), ElementsAre("1: a|b", "2: c~"));
  EXPECT_THAT(Rows("a,"), ElementsAre("1: a|~"));
  EXPECT_THAT(Rows("a,\"b"), ElementsAre("1: ?"));
  EXPECT_THAT(Rows("a,\"b\""), ElementsAre("1: a|b~"));
  EXPECT_THAT(Rows("a,b\r"), ElementsAre("1: a|b"));
}

TEST(Csv, AnUnclosedQuoteCostsItsLineHoweverMuchFollows) {
  for (const size_t bytes : {1000, 1'000'000}) {
    std::string file = "x,y\n\"a,b\n";
    while (file.size() < bytes) file += "line,of,text\n";
    const std::vector<std::string> rows = Rows(file);
    ASSERT_EQ(static_cast<int64_t>(rows.size()), std::count(file.begin(), file.end(), '\n'));
    EXPECT_EQ(rows[0], "1: x|y");
    EXPECT_EQ(rows[1], bytes < kMostRowBytes ? "2: ?" : "2: !");
    for (size_t i = 2; i < rows.size(); ++i) {
      ASSERT_EQ(rows[i], absl::StrCat(i + 1, ": line|of|text"));
    }
  }
}

TEST(Csv, AFieldOrRowOverItsBoundIsGivenUpAlone) {
  const std::string field(kMostFieldBytes, 'a');
  EXPECT_THAT(Rows(field + ",b\nc,d\n", 1000), ElementsAre("1: " + field + "|b", "2: c|d"));
  EXPECT_THAT(Rows(field + "a,b\nc,d\n", 1000), ElementsAre("1: !", "2: c|d"));
  std::string row;
  while (row.size() <= kMostRowBytes) row += "1234567,";
  for (const size_t slice : {size_t{1}, size_t{1000}, row.size() * 2}) {
    EXPECT_THAT(Rows(row + "\nc,d\n", slice), ElementsAre("1: !", "2: c|d")) << slice;
    EXPECT_THAT(Rows(row + "\"\n\"\nc,d\n", slice), ElementsAre("1: !", "2: ?", "3: c|d")) << slice;
  }
}

}  // namespace
}  // namespace puente::loading
