#include "modules/education/dual_agreements/service.h"

#include <string>

#include "common/context/clock.h"
#include "common/crypto/digest.h"
#include "common/resource/serve.h"
#include "common/resource/turn.h"
#include "modules/education/dual_agreements/resource.h"
#include "modules/education/dual_agreements/rules.h"
#include "modules/education/dual_plans/resource.h"
#include "modules/education/errors.h"
#include "modules/education/organizations/service.h"
#include "puente/education/v1/dual_agreement.grpc.pb.h"

namespace puente::education {
namespace {

using Agreement = v1::DualAgreement;

const resource::Turn<Agreement>& Turns() {
  static const auto* const turns = new resource::Turn<Agreement>{
      "dual_agreements.end", DualAgreements(), &EndsAt,
      [](const Call& call, Agreement& agreement) { EndByItself(call.start, agreement); }};
  return *turns;
}

absl::Status PrepareNew(const Call& call, journal::Transaction& tx, const Agreement*,
                        Agreement& proposed) {
  RETURN_IF_ERROR(
      CheckRegistered(call, tx, proposed.organization(), "dual_agreement.organization"));
  proposed.set_state(v1::DUAL_AGREEMENT_STATE_PROPOSED);
  return InvalidFields(CheckAgreementDays(proposed, LegalDay(call.start)));
}

absl::Status AcceptDualAgreement(const Call& call, journal::Transaction& tx,
                                 const Agreement& before, Agreement& after) {
  if (IsOver(before, LegalDay(call.start))) {
    return Error(error::kDualAgreementOver, "name"_is(before.name()),
                 "end_date"_is(absl::FormatCivilTime(ToCivilDay(before.end_date()))));
  }
  RETURN_IF_ERROR(CheckRegistered(call, tx, before.organization(), "name"));
  return Turns().Await(tx, after);
}

// That no plan rests on it that goes on. Whoever drafts one has guarded it, so that it is seen
// here, or does so afterwards, and finds the agreement ended.
absl::Status CheckNoPlans(journal::Transaction& tx, const Agreement& agreement) {
  RETURN_IF_ERROR(resource::GuardFirst(tx, DualAgreements(), agreement.name(), "name").status());
  ASSIGN_OR_RETURN(const auto plans,
                   resource::Select(tx, DualPlans(), "education.dual_plan.of_agreement",
                                    "FORCE INDEX (of_agreement) WHERE dual_agreement = ?"
                                    " AND state IN (1, 2, 3, 4) LIMIT 1",
                                    {agreement.name()}));
  if (plans.empty()) return absl::OkStatus();
  return Error(error::kDualAgreementHasPlans, "name"_is(agreement.name()),
               "plan"_is(plans.front().name()));
}

absl::Status EndDualAgreement(const Call& call, journal::Transaction& tx, const Agreement& before,
                              Agreement& after) {
  RETURN_IF_ERROR(InvalidFields(CheckEndCause(after.end_cause())));
  RETURN_IF_ERROR(CheckNoPlans(tx, before));
  after.set_end_party(PartyOf(call.caller.kind()));
  return Turns().Await(tx, after);
}

absl::StatusOr<OwnerProof> ProposeDualAgreement(const Call& call, journal::Transaction& tx,
                                                const v1::ProposeDualAgreementRequest& request,
                                                Agreement& proposed,
                                                const resource::RecordWriter& writer) {
  const resource::Ids ids = {crypto::Uuid4()};
  proposed = request.dual_agreement();
  proposed.set_name(DualAgreements().pattern().Format(ids));
  return writer.Create(call, tx, ids, proposed);
}

resource::RecordWriter Serve(calls::Host& host) {
  return resource::Serve<Agreement>(
      host, DualAgreements(),
      {.prepare = &PrepareNew,
       .verbs = {{.verb = "AcceptDualAgreement", .prepare = &AcceptDualAgreement},
                 {.verb = "EndDualAgreement", .prepare = &EndDualAgreement}},
       .creation = "ProposeDualAgreement"});
}

}  // namespace

ServedDualAgreements::ServedDualAgreements(calls::Host& host, due::Scheduler& due)
    : writer_(Serve(host)) {
  due.Handle(Turns().kind, Turns().Work());
  host.Serve<v1::DualAgreementService>().MutateOwned<&ProposeDualAgreement>(writer_);
}

}  // namespace puente::education
