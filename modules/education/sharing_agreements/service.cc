#include "modules/education/sharing_agreements/service.h"

#include <string>
#include <vector>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/serve.h"
#include "common/resource/turn.h"
#include "modules/education/errors.h"
#include "modules/education/facilities/resource.h"
#include "modules/education/ids.h"
#include "modules/education/organizations/service.h"
#include "modules/education/sharing_agreements/resource.h"
#include "modules/education/sharing_agreements/rules.h"
#include "puente/education/v1/sharing_agreement.grpc.pb.h"

namespace puente::education {
namespace {

using Agreement = v1::SharingAgreement;

const resource::Turn<Agreement>& Expiry() {
  static const auto* const expiry = new resource::Turn<Agreement>{
      "sharing_agreements.end", SharingAgreements(), &EndsAt,
      [](const Call& call, Agreement& agreement) { Expire(call.start, agreement); }};
  return *expiry;
}

// What one side alone does.
absl::Status CheckIs(const Call& call, const std::string& side, const std::string& name) {
  if (call.caller.path == side) return absl::OkStatus();
  return Error(resource::error::kOwnerMismatch, "caller"_is(call.caller.path), "name"_is(name));
}

// Two offers of one facility wait for one another.
absl::Status CheckAlone(journal::Transaction& tx, const Agreement& agreement) {
  const std::string first = absl::FormatCivilTime(ToCivilDay(agreement.begin_date())),
                    last = absl::FormatCivilTime(ToCivilDay(agreement.end_date()));
  ASSIGN_OR_RETURN(
      const std::vector<Agreement> others,
      resource::Select(tx, SharingAgreements(), "education.sharing.overlaps",
                       "FORCE INDEX (of_guest) WHERE facility = ? AND guest = ?"
                       " AND state IN (1, 2) AND begin_date <= ? AND end_date >= ? LIMIT 1",
                       {agreement.facility(), agreement.guest(), last, first}));
  if (others.empty()) return absl::OkStatus();
  return Error(error::kSharingOverlaps, "name"_is(agreement.facility()),
               "guest"_is(agreement.guest()), "other"_is(others.front().name()));
}

// There is no update: what is prepared is new.
absl::Status Offer(const Call& call, journal::Transaction& tx, const Agreement*,
                   Agreement& agreement) {
  ASSIGN_OR_RETURN(
      const v1::Facility facility,
      resource::GuardFirst(tx, Facilities(), agreement.facility(), "sharing_agreement.facility"));
  RETURN_IF_ERROR(CheckIs(call, facility.owner(), facility.name()));
  if (facility.state() == v1::FACILITY_STATE_CLOSED) {
    return resource::StateWrong(Facilities(), Facilities().state_wrong(), call.verb(), facility,
                                {v1::FACILITY_STATE_OPEN, v1::FACILITY_STATE_PAUSED});
  }
  RETURN_IF_ERROR(InvalidFields(CheckOffer(agreement, facility, LegalDay(call.start))));
  RETURN_IF_ERROR(
      CheckRegistered(call, tx, *OrganizationOfPath(agreement.guest()), "sharing_agreement.guest"));
  RETURN_IF_ERROR(CheckAlone(tx, agreement));
  agreement.set_state(v1::SHARING_AGREEMENT_STATE_OFFERED);
  return Expiry().Await(tx, agreement);
}

absl::Status AcceptSharingAgreement(const Call& call, journal::Transaction& tx, const Agreement&,
                                    Agreement& after) {
  RETURN_IF_ERROR(CheckIs(call, after.guest(), after.name()));
  RETURN_IF_ERROR(CheckNotOver(after, LegalDay(call.start)));
  return Expiry().Await(tx, after);
}

absl::Status RefuseSharingAgreement(const Call& call, journal::Transaction& tx, const Agreement&,
                                    Agreement& after) {
  RETURN_IF_ERROR(CheckIs(call, after.guest(), after.name()));
  return Expiry().Await(tx, after);
}

// An offer is its maker's to take back; a guest refuses it.
absl::Status EndSharingAgreement(const Call& call, journal::Transaction& tx,
                                 const Agreement& before, Agreement& after) {
  if (before.state() == v1::SHARING_AGREEMENT_STATE_OFFERED) {
    RETURN_IF_ERROR(CheckIs(call, after.host(), after.name()));
  }
  after.set_end_cause(call.caller.path == after.host() ? v1::SHARING_END_CAUSE_BY_HOST
                                                       : v1::SHARING_END_CAUSE_BY_GUEST);
  return Expiry().Await(tx, after);
}

absl::StatusOr<OwnerProof> ShareFacility(const Call& call, journal::Transaction& tx,
                                         const v1::ShareFacilityRequest& request,
                                         Agreement& offered, const resource::RecordWriter& writer) {
  const resource::Ids ids = {crypto::Uuid4()};
  offered = request.sharing_agreement();
  offered.set_name(SharingAgreements().pattern().Format(ids));
  ASSIGN_OR_RETURN(const v1::Facility facility, resource::Get(tx, Facilities(), offered.facility(),
                                                              "sharing_agreement.facility"));
  offered.set_host(facility.owner());
  return writer.Create(call, tx, ids, offered);
}

resource::RecordWriter Serve(calls::Host& host) {
  return resource::Serve<Agreement>(
      host, SharingAgreements(),
      {.prepare = &Offer,
       .verbs = {{.verb = "AcceptSharingAgreement", .prepare = &AcceptSharingAgreement},
                 {.verb = "RefuseSharingAgreement", .prepare = &RefuseSharingAgreement},
                 {.verb = "EndSharingAgreement", .prepare = &EndSharingAgreement}},
       .creation = "ShareFacility"});
}

}  // namespace

ServedSharingAgreements::ServedSharingAgreements(calls::Host& host, due::Scheduler& due)
    : writer_(Serve(host)) {
  due.Handle(Expiry().kind, Expiry().Work());
  host.Serve<v1::SharingAgreementService>().MutateOwned<&ShareFacility>(writer_);
}

}  // namespace puente::education
