// Rows as they are held: beside a map of texts, over several pages.
#include "gateway/reports/files/rows.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace puente::gateway::reports {
namespace {

TEST(ReportRows, AreThoseThatWereAddedInTheOrderOfTheirTexts) {
  std::mt19937 random(3);
  Rows rows(2, 1);
  RowIndex index(rows);
  std::map<std::vector<std::string>, int64_t> added;
  for (int64_t i = 0; i < 20'000; ++i) {
    // Numbers as texts: "10" comes before "9".
    const std::vector<std::string> codes = {absl::StrCat(random() % 150),
                                            absl::StrCat(random() % 150)};
    const uint32_t numbers[] = {rows.numbering(0).NumberOf(codes[0]),
                                rows.numbering(1).NumberOf(codes[1])};
    const auto [at, is_new] = index.FindOrAdd(numbers);
    EXPECT_EQ(is_new, added.emplace(codes, i).second);
    if (is_new) rows.FiguresOf(at)[0] = *Figure::OfValue(i);
  }
  ASSERT_GT(rows.size(), 10'000U) << "several pages";
  rows.Sort();
  ASSERT_EQ(rows.size(), added.size());
  size_t i = 0;
  for (const auto& [codes, figure] : added) {
    const Rows::Row row = rows[i];
    EXPECT_EQ(row.codes(0), codes[0]);
    EXPECT_EQ(row.codes(1), codes[1]);
    EXPECT_EQ(row.figures(0).value(), figure);
    EXPECT_EQ(row.number(1), rows.numbering(1).Find(codes[1]));
    EXPECT_EQ(i > 0 && row.HasCodesOf(rows[i - 1]), false);
    ++i;
  }
  EXPECT_GE(rows.SpaceUsed(), rows.size() * 16);
  EXPECT_LT(rows.SpaceUsed(), rows.size() * 40);
}

TEST(ReportRows, HaveFiguresThatAreValuesOrMarks) {
  EXPECT_FALSE(Figure().is_said());
  EXPECT_FALSE(Figure().has_value());
  for (const type::v1::Mark mark :
       {type::v1::MARK_SUPPRESSED, type::v1::MARK_MISSING, type::v1::MARK_NOT_APPLICABLE}) {
    type::v1::Figure said;
    said.set_mark(mark);
    const std::optional<Figure> figure = Figure::Of(said);
    ASSERT_TRUE(figure.has_value());
    EXPECT_TRUE(figure->is_said());
    EXPECT_FALSE(figure->has_value());
    EXPECT_EQ(figure->mark(), mark);
    type::v1::Figure again;
    figure->Into(again);
    EXPECT_EQ(again.SerializeAsString(), said.SerializeAsString());
  }
  constexpr int64_t kLowest = std::numeric_limits<int64_t>::min();
  for (const int64_t value : {int64_t{0}, int64_t{-1}, std::numeric_limits<int64_t>::max(),
                              kLowest + type::v1::Mark_MAX + 1}) {
    const std::optional<Figure> figure = Figure::OfValue(value);
    ASSERT_TRUE(figure.has_value());
    EXPECT_EQ(figure->value(), value);
    EXPECT_EQ(figure->mark(), type::v1::MARK_UNSPECIFIED);
  }
  EXPECT_FALSE(Figure::OfValue(kLowest).has_value());
  EXPECT_FALSE(Figure::OfValue(kLowest + type::v1::Mark_MAX).has_value()) << "it would be a mark";
  type::v1::Figure unsaid;
  EXPECT_FALSE(Figure::Of(unsaid).has_value());
  unsaid.set_mark(static_cast<type::v1::Mark>(9));
  EXPECT_FALSE(Figure::Of(unsaid).has_value()) << "a mark of a later version";
}

}  // namespace
}  // namespace puente::gateway::reports
