#include "modules/education/dual_plans/service.h"

#include <string>
#include <utility>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/fields/rules.h"
#include "common/resource/serve.h"
#include "common/resource/states.h"
#include "google/protobuf/util/message_differencer.h"
#include "modules/education/dual_agreements/rules.h"
#include "modules/education/dual_plans/changes.h"
#include "modules/education/dual_plans/codes.h"
#include "modules/education/dual_plans/drafting.h"
#include "modules/education/dual_plans/hours.h"
#include "modules/education/dual_plans/minutes.h"
#include "modules/education/dual_plans/resource.h"
#include "modules/education/dual_plans/rules.h"
#include "modules/education/dual_plans/turns.h"
#include "modules/education/errors.h"
#include "modules/education/organizations/resource.h"
#include "puente/education/v1/dual_plan.grpc.pb.h"

namespace puente::education {
namespace {

using Plan = v1::DualPlan;

absl::Status Draft(const Call& call, journal::Transaction& tx, personal::KeyStore& persons,
                   Plan& plan) {
  RETURN_IF_ERROR(InvalidFields(CheckNewPlan(plan)));
  RETURN_IF_ERROR(CheckDraft(call, tx, persons, plan));
  plan.set_state(v1::DUAL_PLAN_STATE_DRAFT);
  SayTurn(plan);
  RETURN_IF_ERROR(Follow(call, tx, plan));
  return PlanMinutes(tx, plan);
}

absl::Status PrepareChanged(const Call& call, journal::Transaction& tx, personal::KeyStore& persons,
                            const Plan& before, Plan& after) {
  // One whose seat is lost is as good as changed: it may have another at the same place.
  if (google::protobuf::util::MessageDifferencer::Equals(before, after) && !HasLostSeat(before)) {
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(resource::GuardFirst(tx, DualPlans(), after.name(), "dual_plan.name").status());
  RETURN_IF_ERROR(CheckDraft(call, tx, persons, after));
  RETURN_IF_ERROR(ReplanMinutes(tx, after));
  RETURN_IF_ERROR(DropCode(tx, after.name()));
  ClearAcceptances(after);
  SayTurn(after);
  return absl::OkStatus();
}

absl::Status AcceptDualPlan(const Call& call, journal::Transaction& tx, const Plan&, Plan& after) {
  RETURN_IF_ERROR(CheckInForce(call, tx, after));
  const bool of_company = PartyOf(call.caller.kind()) == v1::DUAL_PARTY_COMPANY;
  *(of_company ? after.mutable_company_accept_time() : after.mutable_organization_accept_time()) =
      ToProto(call.start);
  return Settle(call, tx, after);
}

absl::Status PauseDualPlan(const Call& call, journal::Transaction& tx, const Plan&, Plan& after) {
  const absl::CivilDay today = LegalDay(call.start);
  RETURN_IF_ERROR(InvalidFields(CheckPause(after, today)));
  *after.mutable_pause()->mutable_begin_date() = ToProto(today);
  return Settle(call, tx, after);
}

absl::Status ResumeDualPlan(const Call& call, journal::Transaction& tx, const Plan&, Plan& after) {
  EndPause(LegalDay(call.start), after);
  return Settle(call, tx, after);
}

absl::Status EndDualPlan(const Call& call, journal::Transaction& tx, const Plan&, Plan& after) {
  RETURN_IF_ERROR(InvalidFields(CheckEndCause(after.end_cause())));
  RETURN_IF_ERROR(Unfollow(call, tx, after));
  if (after.has_pause()) EndPause(LegalDay(call.start), after);
  after.set_state(v1::DUAL_PLAN_STATE_ENDED);
  after.set_end_party(PartyOf(call.caller.kind()));
  after.clear_proposed_change();
  RETURN_IF_ERROR(DropCode(tx, after.name()));
  return Settle(call, tx, after);
}

// Of a verb that is none of the states' template: the plan, which the caller may change so now.
struct Begun {
  Plan before;
  OwnerProof proof;
};
template <class Request>
absl::StatusOr<Begun> Begin(const Call& call, journal::Transaction& tx, const Request& request) {
  ASSIGN_OR_RETURN(Plan before, resource::Get(tx, DualPlans(), request.name()));
  ASSIGN_OR_RETURN(const OwnerProof proof, resource::CheckOwner(call, tx, DualPlans(), before));
  RETURN_IF_ERROR(resource::CheckEtag(before, request.etag()));
  RETURN_IF_ERROR(resource::CheckState(DualPlans(), call.verb(), before));
  return Begun{std::move(before), proof};
}

absl::Status Store(const Call& call, journal::Transaction& tx, const Plan& before, Plan& after) {
  ASSIGN_OR_RETURN(after, resource::Replace(call, tx, DualPlans(), before, std::move(after)));
  resource::Message* const answers[] = {&after};
  return DualPlans().leave_out()(call, tx, nullptr, answers);
}

absl::StatusOr<OwnerProof> IssueDualCode(const Call& call, journal::Transaction& tx,
                                         const v1::IssueDualCodeRequest& request,
                                         v1::DualCode& issued, calls::Host& host) {
  ASSIGN_OR_RETURN(const Begun begun, Begin(call, tx, request));
  Plan after = begun.before;
  *after.mutable_code_issue_time() = ToProto(call.start);
  issued.set_dual_plan(after.name());
  *issued.mutable_expire_time() = ToProto(call.start + kCodeIsGood);
  if (!tx.validates()) {  // a code that nobody keeps would confirm nothing
    issued.set_code(NewCode());
    RETURN_IF_ERROR(
        KeepCode(tx, *host.persons(), after.name(), issued.code(), call.start + kCodeIsGood));
  }
  RETURN_IF_ERROR(Store(call, tx, begun.before, after));
  return begun.proof;
}

// Of what the request says itself.
std::vector<Violation> CheckConfirmation(const resource::Message& message) {
  const auto& request = static_cast<const v1::ConfirmDualPlanRequest&>(message);
  const bool by_code = request.confirmation() == v1::DUAL_CONFIRMATION_CODE;
  if (by_code == !request.code().empty()) return {};
  return {(by_code ? Against(puente::rule::kRequired) : Against(rule::kOnlyWithCode))
              .At("code")
              .Reading({"confirmation"})};
}

absl::StatusOr<OwnerProof> ConfirmDualPlan(const Call& call, journal::Transaction& tx,
                                           const v1::ConfirmDualPlanRequest& request, Plan& after,
                                           calls::Host& host, const sql::Target& database) {
  ASSIGN_OR_RETURN(const Begun begun, Begin(call, tx, request));
  after = begun.before;
  const bool by_code = request.confirmation() == v1::DUAL_CONFIRMATION_CODE;
  if (by_code && !tx.validates()) {
    RETURN_IF_ERROR(TryCode(call, host.journal(), database, after.name(), request.code()));
  }
  RETURN_IF_ERROR(DropCode(tx, after.name()));
  after.clear_code_issue_time();
  after.set_confirmation(request.confirmation());
  *after.mutable_confirm_time() = ToProto(call.start);
  RETURN_IF_ERROR(Settle(call, tx, after));
  RETURN_IF_ERROR(Store(call, tx, begun.before, after));
  return begun.proof;
}

absl::StatusOr<OwnerProof> JudgeOutcome(const Call& call, journal::Transaction& tx,
                                        const v1::JudgeOutcomeRequest& request, Plan& after) {
  ASSIGN_OR_RETURN(const Begun begun, Begin(call, tx, request));
  after = begun.before;
  if (!after.has_agree_time()) {  // a draft that was ended
    return resource::StateWrong(DualPlans(), DualPlans().state_wrong(), call.verb(), after,
                                {v1::DUAL_PLAN_STATE_RUNNING, v1::DUAL_PLAN_STATE_PAUSED});
  }
  RETURN_IF_ERROR(InvalidFields(CheckJudgement(
      after, request.outcome(), ToCivilDay(request.judge_date()), LegalDay(call.start))));
  v1::DualJudgement& judgement = JudgementOf(after, request.outcome());
  judgement.set_result(request.result());
  *judgement.mutable_judge_date() = request.judge_date();
  RETURN_IF_ERROR(Store(call, tx, begun.before, after));
  return begun.proof;
}

absl::StatusOr<OwnerProof> DraftDualPlan(const Call& call, journal::Transaction& tx,
                                         const v1::DraftDualPlanRequest& request, Plan& drafted,
                                         const resource::RecordWriter& writer) {
  ASSIGN_OR_RETURN(resource::Ids ids, Organizations().pattern().Parse(request.parent(), "parent"));
  ids.push_back(request.dual_plan_id());
  drafted = request.dual_plan();
  drafted.set_name(DualPlans().pattern().Format(ids));
  return writer.Create(call, tx, ids, drafted);
}

resource::RecordWriter Serve(calls::Host& host, const sql::Target& database) {
  calls::Service& service = host.Serve<v1::DualPlanService>();
  service.MutateOwned<&IssueDualCode>(host);
  service.MutateOwned<&ConfirmDualPlan>(host, database);
  service.MutateOwned<&JudgeOutcome>();
  service.ReadOwned<&GetDualPlanHours>();
  host.MethodOf(v1::ConfirmDualPlanRequest::descriptor()).fields.set_rules(&CheckConfirmation);
  return resource::Serve<Plan>(
      host, DualPlans(),
      {.check = &CheckPlan,
       .prepare =
           [&host](const Call& call, journal::Transaction& tx, const Plan* before, Plan& after) {
             return PrepareChanged(call, tx, *host.persons(), *before, after);
           },
       .prepare_many =
           [&host](const Call& call, journal::Transaction& tx, absl::Span<Plan* const> fresh,
                   absl::Span<absl::Status> refusals) {
             for (size_t i = 0; i < fresh.size(); ++i) {
               refusals[i] = Draft(call, tx, *host.persons(), *fresh[i]);
             }
             return absl::OkStatus();
           },
       .verbs = {{.verb = "AcceptDualPlan", .prepare = &AcceptDualPlan},
                 {.verb = "ProposeDualPlanChange", .prepare = &ProposeDualPlanChange},
                 {.verb = "AcceptDualPlanChange",
                  .prepare =
                      [&host](const Call& call, journal::Transaction& tx, const Plan& before,
                              Plan& after) {
                        RETURN_IF_ERROR(
                            AcceptDualPlanChange(call, tx, *host.persons(), before, after));
                        return Settle(call, tx, after);
                      }},
                 {.verb = "RefuseDualPlanChange", .prepare = &RefuseDualPlanChange},
                 {.verb = "WithdrawDualPlanChange", .prepare = &WithdrawDualPlanChange},
                 {.verb = "PauseDualPlan", .prepare = &PauseDualPlan},
                 {.verb = "ResumeDualPlan", .prepare = &ResumeDualPlan},
                 {.verb = "EndDualPlan", .prepare = &EndDualPlan}},
       .creation = "DraftDualPlan"});
}

}  // namespace

ServedDualPlans::ServedDualPlans(calls::Host& host, due::Scheduler& due,
                                 const sql::Target& database)
    : database_(database), writer_(Serve(host, database_)) {
  due.Handle(DualPlanTurns().kind, DualPlanTurns().Work());
  host.Serve<v1::DualPlanService>().MutateOwned<&DraftDualPlan>(writer_);
}

}  // namespace puente::education
