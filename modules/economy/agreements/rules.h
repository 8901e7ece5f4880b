// When an agreement is late. The day decides, whatever has been stored of it so far: nothing
// depends on when the due work that marks agreements has run.
#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "puente/economy/v1/agreement.pb.h"

namespace puente::economy {

// States in which an agreement is still to be done.
inline const std::vector<int> kToBeDone = {
    v1::AGREEMENT_STATE_OPEN, v1::AGREEMENT_STATE_IN_PROGRESS, v1::AGREEMENT_STATE_OVERDUE};

// Whether its last day is past.
bool IsLate(const v1::Agreement& agreement, absl::CivilDay today);

// When it is late if it isn't done: as the day after the last one begins in Mexico City. Never
// of one that is OVERDUE already, or not to be done any more.
absl::Time LateFrom(const v1::Agreement& agreement);

// Says of one that is late since when, once; of another, nothing.
void NoteLate(absl::CivilDay today, v1::Agreement& agreement);

// Brings an agreement that is to be done into the state of its day: OVERDUE once it is late, unless
// it was begun after that; out of it where its last day has been put off.
void Settle(absl::CivilDay today, v1::Agreement& agreement);

}  // namespace puente::economy
