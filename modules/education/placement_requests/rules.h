// What holds for placement requests, whoever stores them.
#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "puente/education/v1/placement_request.pb.h"

namespace puente::education {

// Of a new one on this day: ID_OF_PERSON, OF_ANOTHER_ORGANIZATION, FIRST_DAY_PAST.
std::vector<Violation> CheckNew(const v1::PlacementRequest& request, absl::CivilDay today);

// It is UNDER_WAY, by this act.
void TakeUp(const std::string& act, v1::PlacementRequest& request);

// What became of a request that is under way.
void End(const v1::PlacementOutcome& outcome, v1::PlacementRequest& request);

}  // namespace puente::education
