#include "modules/economy/demand_statements/plausibility.h"

#include <gtest/gtest.h>

namespace puente::economy {
namespace {

TEST(BoundOn, IsTheLastOneOfTheSizeThatHasBegun) {
  const absl::CivilDay first(2026, 1, 1), second(2027, 1, 1);
  const std::vector<DemandBound> bounds = {{second, v1::COMPANY_SIZE_SMALL, 120},
                                           {first, v1::COMPANY_SIZE_SMALL, 150},
                                           {first, v1::COMPANY_SIZE_MICRO, 30},
                                           {second, v1::COMPANY_SIZE_LARGE, 9000}};
  EXPECT_EQ(BoundOn(bounds, v1::COMPANY_SIZE_SMALL, first), 150);
  EXPECT_EQ(BoundOn(bounds, v1::COMPANY_SIZE_SMALL, second - 1), 150);
  EXPECT_EQ(BoundOn(bounds, v1::COMPANY_SIZE_SMALL, second), 120);
  EXPECT_EQ(BoundOn(bounds, v1::COMPANY_SIZE_LARGE, second), 9000);
  // The smallest where the size is unknown, or has no bound yet; nothing before the first.
  EXPECT_EQ(BoundOn(bounds, v1::COMPANY_SIZE_UNSPECIFIED, second), 30);
  EXPECT_EQ(BoundOn(bounds, v1::COMPANY_SIZE_LARGE, first), 30);
  EXPECT_EQ(BoundOn(bounds, v1::COMPANY_SIZE_MICRO, first - 1), 0);
}

}  // namespace
}  // namespace puente::economy
