// How far apart two municipalities are.
#pragma once

#include <cstdint>

namespace puente::economy {

// Where the seat of a municipality lies, in millionths of a degree.
struct Point {
  int64_t latitude = 0;
  int64_t longitude = 0;
};

// Whole kilometres along the great circle, on a sphere of the earth's mean radius. Exact enough for
// an order: the earth's form makes a difference of half a percent at most.
int KilometresBetween(const Point& a, const Point& b);

}  // namespace puente::economy
