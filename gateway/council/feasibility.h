// Which campuses could teach what is asked for, and which schools teach it.
#pragma once

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "gateway/compose/plan.h"
#include "gateway/compose/results.h"
#include "puente/gateway/v1/feasibility.pb.h"

namespace puente::council {

// The proposal, if one is asked for; then, side by side, campuses with what they have, of
// Education, and training places, of Economy.
const compose::Plan& FeasibilityPlan();
// The statement or the training place, of Economy; then who teaches it, of Education.
const compose::Plan& SchoolsPlan();

// ONE_QUESTION_ONLY.
absl::Status CheckQuestion(const gateway::v1::CheckFeasibilityRequest& request);
absl::Status CheckQuestion(const gateway::v1::FindSchoolsRequest& request);

// `day` is that of the call.
gateway::v1::Feasibility ComposeFeasibility(const compose::Results& results,
                                            const gateway::v1::CheckFeasibilityRequest& request,
                                            absl::CivilDay day);
gateway::v1::FindSchoolsResponse ComposeSchools(const compose::Results& results,
                                                const gateway::v1::FindSchoolsRequest& request);

}  // namespace puente::council
