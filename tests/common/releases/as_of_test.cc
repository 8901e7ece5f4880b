#include "common/releases/as_of.h"

#include <gtest/gtest.h>

#include "common/releases/figures.h"

namespace puente::releases {
namespace {

constexpr int64_t kEarlier = 3;  // numbers of releases
constexpr int64_t kLast = 7;
constexpr int64_t kNew = 8;

Cell Of(int64_t total, bool behind = false, int32_t median = 5) {
  Cell cell;
  cell.total = total;
  cell.behind = behind;
  cell.medians[0] = median;
  return cell;
}
ToldBefore<Cell> Told(const Cell& cell, int64_t as_of) { return {{cell.key, {cell, as_of}}}; }

TEST(AsOf, IsTheNewReleaseWhereNothingWaits) {
  EXPECT_EQ(AsOf(Of(40), Told(Of(40), kEarlier), kNew), kNew);
}

TEST(AsOf, StaysWhereAFigureWaitsAsItWas) {
  EXPECT_EQ(AsOf(Of(40, true), Told(Of(40), kEarlier), kNew), kEarlier);
}

TEST(AsOf, MovesOnWithWhatOthersChange) {
  EXPECT_EQ(AsOf(Of(52, true), Told(Of(40), kEarlier), kNew), kNew);
  EXPECT_EQ(AsOf(Of(40, true, 6), Told(Of(40), kEarlier), kNew), kNew) << "a median counts";
  EXPECT_EQ(AsOf(Of(40, true), {}, kNew), kNew) << "told for the first time";
}

TEST(AsOf, OfBeforeAreFiguresThatAreAsTheyWereAndWait) {
  EXPECT_TRUE(AreOfBefore<Cell>({Of(40)}, Told(Of(40), kLast), kLast));
  EXPECT_TRUE(AreOfBefore<Cell>({Of(40, true)}, Told(Of(40), kEarlier), kLast));
  EXPECT_TRUE(AreOfBefore<Cell>({Of(40, true)}, Told(Of(40), kLast), kLast));
  EXPECT_FALSE(AreOfBefore<Cell>({Of(41)}, Told(Of(40), kLast), kLast));
  EXPECT_FALSE(AreOfBefore<Cell>({}, Told(Of(40), kLast), kLast));
}

// What waited was taken back: the figure is the newest again.
TEST(AsOf, OfBeforeIsNoFigureInWhichNothingWaitsAnyMore) {
  EXPECT_FALSE(AreOfBefore<Cell>({Of(40)}, Told(Of(40), kEarlier), kLast));
}

}  // namespace
}  // namespace puente::releases
