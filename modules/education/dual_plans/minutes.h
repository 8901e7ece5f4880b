// What is claimed and confirmed of plans: rows beside each, which every transaction changes that
// claims, confirms or voids, once it has guarded the plan's row.
#pragma once

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/journal/write.h"
#include "puente/education/v1/dual_plan.pb.h"
#include "puente/education/v1/hour_entry.pb.h"

namespace puente::education {

// By outcome.
using Minutes = std::map<int, v1::DualMinutes>;
absl::StatusOr<Minutes> ReadMinutes(sql::Session& session, const std::string& plan);

// Of a new plan, what is planned and carried along.
absl::Status PlanMinutes(journal::Transaction& tx, const v1::DualPlan& plan);
// Of a plan that was changed, what is planned now. DUAL_MINUTES_CONFIRMED where more is recorded.
absl::Status ReplanMinutes(journal::Transaction& tx, const v1::DualPlan& plan);

// Has there be a row for the day and the week of each entry that is to be claimed.
absl::Status BeginDays(journal::Transaction& tx, absl::Span<const v1::HourEntry* const> entries);
// Takes time of them for one. DUAL_DAY_FULL, DUAL_WEEK_FULL.
absl::Status ClaimMinutes(journal::Transaction& tx, const v1::DualPlan& plan,
                          const v1::HourEntry& entry);
// Has what was claimed count. DUAL_MINUTES_OVER_PLAN.
absl::Status ConfirmMinutes(journal::Transaction& tx, const std::string& plan,
                            const v1::HourEntry& entry);
// Gives back what was claimed.
absl::Status VoidMinutes(journal::Transaction& tx, const std::string& plan,
                         const v1::HourEntry& entry);

}  // namespace puente::education
