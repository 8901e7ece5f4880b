// What programs that serve do at their start, and how they end.
#pragma once

#include "absl/strings/string_view.h"

namespace puente {

// Before any thread is made: what ends a program is seen by AwaitEnd() alone, a peer that goes away
// ends nothing, and there are descriptors for many connections.
void BeginServing();

// Until the program is told to end; by which signal, "SIGINT" or "SIGTERM".
absl::string_view AwaitEnd();

// Tells it, as SIGTERM does.
void TellToEnd();

}  // namespace puente
