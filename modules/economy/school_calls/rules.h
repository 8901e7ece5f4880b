// Until when a call takes answers. The day decides, whatever has been stored of it so far: nothing
// depends on when the due work that closes calls has run.
#pragma once

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "puente/economy/v1/school_call.pb.h"

namespace puente::economy {

// When the last day of an open one is past in Mexico City; never of a closed one.
absl::Time OverFrom(const v1::SchoolCall& school_call);

// Closes a call whose last day is past.
void CloseIfOver(absl::CivilDay today, v1::SchoolCall& school_call);

// Whether it takes answers on that day.
bool TakesAnswers(const v1::SchoolCall& school_call, absl::CivilDay day);

}  // namespace puente::economy
