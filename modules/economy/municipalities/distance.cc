#include "modules/economy/municipalities/distance.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace puente::economy {
namespace {

constexpr double kMeanRadius = 6371.0088;  // kilometres, of the IUGG

double Radians(int64_t microdegrees) {
  return static_cast<double>(microdegrees) * std::numbers::pi / 180e6;
}

double SquaredSine(double angle) { return std::sin(angle) * std::sin(angle); }

}  // namespace

// By haversines, which stay exact where both are near.
int KilometresBetween(const Point& a, const Point& b) {
  const double north = Radians(b.latitude - a.latitude), east = Radians(b.longitude - a.longitude);
  const double half_chord = SquaredSine(north / 2) + std::cos(Radians(a.latitude)) *
                                                         std::cos(Radians(b.latitude)) *
                                                         SquaredSine(east / 2);
  const double angle = 2 * std::asin(std::sqrt(std::min(half_chord, 1.0)));
  return static_cast<int>(std::lround(kMeanRadius * angle));
}

}  // namespace puente::economy
