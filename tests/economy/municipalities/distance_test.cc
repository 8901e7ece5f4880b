// Kilometres between seats, beside a computation by another formula.
#include "modules/economy/municipalities/distance.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace puente::economy {
namespace {

// The angle between two vectors from the earth's centre, by their cross and dot products.
double ByVectors(const Point& a, const Point& b) {
  const auto vector = [](const Point& point) -> std::array<long double, 3> {
    const long double degree = std::acos(-1.0L) / 180e6L;
    const long double north = static_cast<long double>(point.latitude) * degree;
    const long double east = static_cast<long double>(point.longitude) * degree;
    return {std::cos(north) * std::cos(east), std::cos(north) * std::sin(east), std::sin(north)};
  };
  const auto u = vector(a), v = vector(b);
  const long double x = u[1] * v[2] - u[2] * v[1], y = u[2] * v[0] - u[0] * v[2],
                    z = u[0] * v[1] - u[1] * v[0];
  const long double dot = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
  return static_cast<double>(6371.0088L * std::atan2(std::sqrt(x * x + y * y + z * z), dot));
}

TEST(Distance, IsThatAlongTheGreatCircle) {
  std::mt19937 random(20261130);
  std::uniform_int_distribution<int64_t> north(14'000'000, 33'000'000),
      east(-119'000'000, -86'000'000);
  for (int i = 0; i < 10'000; ++i) {
    const Point a{north(random), east(random)}, b{north(random), east(random)};
    const int km = KilometresBetween(a, b);
    EXPECT_NEAR(km, ByVectors(a, b), 0.5 + 1e-6);
    EXPECT_EQ(km, KilometresBetween(b, a));
  }
}

// A degree of a meridian is 6371.0088 km * pi / 180 = 111.195 km, one of the equator likewise.
TEST(Distance, IsRoundedToWholeKilometres) {
  EXPECT_EQ(KilometresBetween({20'000'000, -100'000'000}, {20'000'000, -100'000'000}), 0);
  EXPECT_EQ(KilometresBetween({20'000'000, -100'000'000}, {21'000'000, -100'000'000}), 111);
  EXPECT_EQ(KilometresBetween({20'000'000, -100'000'000}, {30'000'000, -100'000'000}), 1112);
  EXPECT_EQ(KilometresBetween({0, 0}, {0, 180'000'000}), 20015);
  EXPECT_EQ(KilometresBetween({20'000'000, -100'000'000}, {20'004'496, -100'000'000}), 0);
  EXPECT_EQ(KilometresBetween({20'000'000, -100'000'000}, {20'004'497, -100'000'000}), 1);
}

}  // namespace
}  // namespace puente::economy
