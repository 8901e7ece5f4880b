// What plans say of outcomes, along those that they follow.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "modules/education/dual_plans/minutes.h"
#include "puente/education/v1/dual_plan.pb.h"

namespace puente::education {

// A plan with its minutes.
struct CountedPlan {
  v1::DualPlan plan;
  Minutes minutes;
};
// A plan and those that it follows, the latest first.
using PlanChain = std::vector<CountedPlan>;
absl::StatusOr<PlanChain> ReadChain(sql::Session& session, v1::DualPlan last);

// The minutes of an outcome in the last plan of a chain that has it; null if none has.
const v1::DualMinutes* CountedIn(const PlanChain& chain, int outcome);

// What a chain says of each outcome, in the order of their numbers, as the last plan that has it
// does.
std::vector<v1::DualEvidence> EvidenceOf(const PlanChain& chain);

// The same of plans by name, by outcome and place; one that another of them follows is in that
// other's chain. They are guarded first: what is confirmed or judged of them meanwhile is seen, or
// comes after this is stored.
absl::StatusOr<std::vector<v1::DualEvidence>> TakeEvidence(journal::Transaction& tx,
                                                           absl::Span<const std::string> plans);

}  // namespace puente::education
