#include "modules/education/dual_plans/changes.h"

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "modules/education/dual_agreements/rules.h"
#include "modules/education/dual_plans/codes.h"
#include "modules/education/dual_plans/drafting.h"
#include "modules/education/dual_plans/minutes.h"
#include "modules/education/dual_plans/resource.h"
#include "modules/education/dual_plans/rules.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

absl::Status CheckOpen(const v1::DualPlan& plan) {
  if (plan.has_proposed_change()) return absl::OkStatus();
  return Error(error::kDualChangeNone, "name"_is(plan.name()));
}

bool IsOwn(const Call& call, const v1::DualPlan& plan) {
  return plan.proposed_change().party() == PartyOf(call.caller.kind());
}

absl::Status CheckMayAnswer(const Call& call, const v1::DualPlan& plan) {
  RETURN_IF_ERROR(CheckOpen(plan));
  if (!IsOwn(call, plan)) return absl::OkStatus();
  return Error(error::kDualChangeOwn, "name"_is(plan.name()));
}

void Close(v1::DualChangeOutcome outcome, v1::DualPlan& plan) {
  plan.clear_proposed_change();
  plan.set_change_outcome(outcome);
  SayTurn(plan);
}

}  // namespace

absl::Status ProposeDualPlanChange(const Call& call, journal::Transaction&,
                                   const v1::DualPlan& before, v1::DualPlan& after) {
  if (before.has_proposed_change()) {
    return Error(error::kDualChangeOpen, "name"_is(before.name()));
  }
  v1::DualPlanChange& change = *after.mutable_proposed_change();
  RETURN_IF_ERROR(InvalidFields(CheckChange(change, LegalDay(call.start))));
  for (v1::DualOutcome& one : *change.mutable_outcomes()) one.clear_carried_minutes();
  change.set_party(PartyOf(call.caller.kind()));
  *change.mutable_propose_time() = ToProto(call.start);
  after.clear_change_outcome();
  SayTurn(after);
  return absl::OkStatus();
}

// Whoever confirms minutes meanwhile has guarded the plan, so that they are seen here, or does so
// afterwards, and finds it changed.
absl::Status AcceptDualPlanChange(const Call& call, journal::Transaction& tx,
                                  personal::KeyStore& persons, const v1::DualPlan& before,
                                  v1::DualPlan& after) {
  RETURN_IF_ERROR(CheckMayAnswer(call, before));
  // Since it was proposed, its last day may have gone by, and minutes been recorded of later ones.
  RETURN_IF_ERROR(InvalidFields(CheckChange(before.proposed_change(), LegalDay(call.start))));
  RETURN_IF_ERROR(resource::GuardFirst(tx, DualPlans(), before.name(), "name").status());
  Apply(before.proposed_change(), after);
  RETURN_IF_ERROR(CheckTerms(call, tx, persons, before, after));
  RETURN_IF_ERROR(ReplanMinutes(tx, after));
  RETURN_IF_ERROR(DropCode(tx, after.name()));
  after.clear_code_issue_time();
  after.clear_confirmation();
  after.clear_confirm_time();
  if (before.state() == v1::DUAL_PLAN_STATE_DRAFT) ClearAcceptances(after);
  Close(v1::DUAL_CHANGE_OUTCOME_ACCEPTED, after);
  return absl::OkStatus();
}

absl::Status RefuseDualPlanChange(const Call& call, journal::Transaction&,
                                  const v1::DualPlan& before, v1::DualPlan& after) {
  RETURN_IF_ERROR(CheckMayAnswer(call, before));
  Close(v1::DUAL_CHANGE_OUTCOME_REFUSED, after);
  return absl::OkStatus();
}

absl::Status WithdrawDualPlanChange(const Call& call, journal::Transaction&,
                                    const v1::DualPlan& before, v1::DualPlan& after) {
  RETURN_IF_ERROR(CheckOpen(before));
  if (!IsOwn(call, before)) return Error(error::kDualChangeNotOwn, "name"_is(before.name()));
  Close(v1::DUAL_CHANGE_OUTCOME_WITHDRAWN, after);
  return absl::OkStatus();
}

}  // namespace puente::education
