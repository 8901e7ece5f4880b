// The heads that a company's plausible statements have together whose period is not over, kept
// beside the statements: a write adds them up only where there seems to be no room
// (docs/decisions/0035).
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "puente/economy/v1/demand.pb.h"

namespace puente::economy {

// Takes room for a new statement: PLAUSIBLE, or AWAITS_CONFIRMATION where its company's bound
// leaves none. From then on other writes of the company wait for this one. The company's not_found.
absl::StatusOr<v1::DemandStanding> TakeRoom(const Call& call, journal::Transaction& tx,
                                            const v1::DemandStatement& statement);

// Gives back the room of a statement that ceases to be current, or needs it no more.
absl::Status GiveRoomBack(const Call& call, journal::Transaction& tx,
                          const v1::DemandStatement& before);

}  // namespace puente::economy
