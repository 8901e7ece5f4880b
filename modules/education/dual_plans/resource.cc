#include "modules/education/dual_plans/resource.h"

#include "common/context/values.h"
#include "modules/education/dual_plans/rules.h"

namespace puente::education {
namespace {

constexpr auto kDraft = v1::DUAL_PLAN_STATE_DRAFT, kAgreed = v1::DUAL_PLAN_STATE_AGREED,
               kRunning = v1::DUAL_PLAN_STATE_RUNNING, kPaused = v1::DUAL_PLAN_STATE_PAUSED,
               kEnded = v1::DUAL_PLAN_STATE_ENDED;

// Days of a learner that another plan can't have.
sql::Value LastDay(const v1::DualPlan& plan) {
  const auto last = LastDayOf(plan);
  return last ? sql::Value(absl::FormatCivilTime(*last)) : sql::Value();
}

// A company knows plans, and by them nobody: an enrolment, or another plan, may be one that another
// company knows too.
absl::Status LeaveOutLearner(const Call& call, sql::Session&, const v1::DualPlan*,
                             absl::Span<resource::Message* const> plans) {
  if (call.caller.kind() != "company") return absl::OkStatus();
  for (resource::Message* one : plans) {
    auto& plan = static_cast<v1::DualPlan&>(*one);
    plan.clear_learner();
    plan.clear_enrolment();
    plan.clear_follows();
    plan.clear_followed_by();
  }
  return absl::OkStatus();
}

}  // namespace

const resource::Resource<v1::DualPlan>& DualPlans() {
  // It begins with DraftDualPlan, DRAFT. Acceptance and confirmation lead on by the last of them,
  // and the days lead on by themselves.
  static const resource::Resource<v1::DualPlan> plans({
      .table = "dual_plan",
      .lists = {{.by = {"learner"}, .index = "by_learner"},
                {.by = {"state"}, .index = "by_state"},
                {.by = {"company"}, .index = "by_company"},
                {.by = {"turn"}, .index = "by_turn"},
                {.by = {"company", "state"}, .index = "by_company_state"},
                {.by = {"company", "turn"}, .index = "by_company_turn"},
                {.by = {"company", "dual_agreement"}, .index = "by_agreement"}},
      .derived = {{"last_day", &LastDay}},
      .hides = true,
      .guarded = true,
      .leave_out = &LeaveOutLearner,
      .states = {{.verb = "UpdateDualPlan", .from = {kDraft}},
                 {.verb = "AcceptDualPlan", .from = {kDraft}},
                 {.verb = "IssueDualCode", .from = {kDraft, kAgreed, kRunning, kPaused}},
                 {.verb = "ConfirmDualPlan", .from = {kDraft, kAgreed, kRunning, kPaused}},
                 {.verb = "ProposeDualPlanChange", .from = {kDraft, kAgreed, kRunning, kPaused}},
                 {.verb = "AcceptDualPlanChange", .from = {kDraft, kAgreed, kRunning, kPaused}},
                 {.verb = "RefuseDualPlanChange", .from = {kDraft, kAgreed, kRunning, kPaused}},
                 {.verb = "WithdrawDualPlanChange", .from = {kDraft, kAgreed, kRunning, kPaused}},
                 {.verb = "PauseDualPlan", .from = {kRunning}, .to = kPaused},
                 {.verb = "ResumeDualPlan", .from = {kPaused}, .to = kRunning},
                 {.verb = "EndDualPlan",
                  .from = {kDraft, kAgreed, kRunning, kPaused},
                  .to = kEnded},
                 {.verb = "JudgeOutcome", .from = {kRunning, kPaused, kEnded}}},
  });
  return plans;
}

}  // namespace puente::education
