#include "modules/education/dual_plans/hours.h"

#include "common/resource/resource.h"
#include "common/sql/row.h"
#include "modules/education/dual_plans/minutes.h"
#include "modules/education/dual_plans/resource.h"

namespace puente::education {
namespace {

// Claimed are of state 1, disputed of state 3.
constexpr sql::Query kOwed{
    "education.hour_entry.owed",
    "SELECT state, claimed_by, COUNT(*) FROM hour_entry FORCE INDEX (owed)"
    " WHERE organization = ? AND dual_plan = ? AND state IN (1, 3) GROUP BY state, claimed_by"};

absl::Status CountOwed(sql::Session& session, const std::string& plan, v1::DualPlanHours& hours) {
  ASSIGN_OR_RETURN(const resource::Ids ids, DualPlans().pattern().Parse(plan));
  return session.Each(kOwed, {ids[0], ids[1]}, [&](const sql::Row& row) {
    const int64_t count = row.Int64(2);
    if (row.Int64(0) == 3) {
      hours.set_disputed_count(hours.disputed_count() + count);
    } else if (row.Int64(1) == v1::DUAL_PARTY_COMPANY) {
      hours.set_organization_owed_count(count);
    } else {
      hours.set_company_owed_count(count);
    }
    return absl::OkStatus();
  });
}

}  // namespace

absl::StatusOr<OwnerProof> GetDualPlanHours(const Call& call, sql::Session& session,
                                            const v1::GetDualPlanHoursRequest& request,
                                            v1::DualPlanHours& hours) {
  return session.Snapshot<OwnerProof>([&](sql::Session& at) -> absl::StatusOr<OwnerProof> {
    ASSIGN_OR_RETURN(const v1::DualPlan plan, resource::Get(at, DualPlans(), request.name()));
    ASSIGN_OR_RETURN(const OwnerProof proof, resource::CheckOwner(call, at, DualPlans(), plan));
    hours.set_dual_plan(plan.name());
    ASSIGN_OR_RETURN(const Minutes minutes, ReadMinutes(at, plan.name()));
    for (const auto& [outcome, one] : minutes) *hours.add_outcomes() = one;
    RETURN_IF_ERROR(CountOwed(at, plan.name(), hours));
    return proof;
  });
}

}  // namespace puente::education
