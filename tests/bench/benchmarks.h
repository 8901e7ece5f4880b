// The benchmarks. Each prints its lines; what they are is said where they are made.
#pragma once

#include "tests/bench/measure.h"

namespace puente::bench {

void PointRead(const Options& options);
void Write(const Options& options);
void Load(const Options& options);
void Growth(const Options& options);
void Overview(const Options& options);

}  // namespace puente::bench
