// Due work that goes over to the keys of a new epoch (docs/decisions/0054).
#pragma once

#include "absl/time/time.h"
#include "common/calls/host.h"
#include "common/due/scheduler.h"

namespace puente::education {

// Begins once the newest epoch's key has been there for so long, and ends when no other wraps a
// person's key.
void HandleRotation(due::Scheduler& due, calls::Host& host, absl::Duration rotate_after);

}  // namespace puente::education
