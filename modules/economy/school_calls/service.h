// puente.economy.v1.SchoolCallService, and the due work that closes calls whose last day is past.
#pragma once

#include "common/calls/host.h"
#include "common/due/task.h"

namespace puente::economy {

void ServeSchoolCalls(calls::Host& host);

// The kind of due work; its key is the call's id.
inline constexpr char kSchoolCallOver[] = "school_calls.over";
absl::StatusOr<due::Next> CloseOver(const due::Slice& slice);

}  // namespace puente::economy
