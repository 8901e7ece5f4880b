// Time and alarms as a parameter.
#pragma once

#include <functional>

#include "common/context/clock.h"
#include "gateway/compose/transport.h"

namespace puente::compose {

class Timers : public Clock {
 public:
  // Runs `ring` once at that time, on any thread, never before At() is called and perhaps before it
  // returns. A cancelled alarm that has not rung does not ring.
  virtual Cancel At(absl::Time time, std::function<void()> ring) = 0;

  // gRPC's alarms and the system's clock.
  static Timers& System();
};

}  // namespace puente::compose
