#include "modules/education/organizations/service.h"

#include "common/resource/serve.h"
#include "modules/education/organizations/rules.h"
#include "modules/education/organizations/store.h"
#include "puente/education/v1/campus.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"

namespace puente::education {
namespace {

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Organization* before,
                     v1::Organization& after) {
  if (before != nullptr) return call.owner_only ? CheckMayWrite(*before) : absl::OkStatus();
  // Who adds himself applies, whatever he says that he is.
  after.set_state(call.owner_only ? v1::ORGANIZATION_STATE_APPLIED : FirstState(after.control()));
  return absl::OkStatus();
}

// The body of a verb that moves an organization to a state.
template <class Request>
auto MovingTo(v1::OrganizationState state) {
  return [state](const Call& call, journal::Transaction& tx, const Request& request) {
    return resource::Change<v1::Organization>(
        call, tx, store::OrganizationSpec(), request,
        [&](const v1::Organization& before) { return Move(before, state, request.reason()); });
  };
}

// The organization of a campus.
std::string OrganizationOf(const v1::Campus& campus) {
  return campus.name().substr(0, campus.name().find("/campuses/"));
}

absl::Status CheckCampus(const Call& call, journal::Transaction& tx, const v1::Campus* before,
                         v1::Campus& after) {
  return CheckOrganization(call, tx, OrganizationOf(after), "parent");
}

absl::Status CheckDeletable(const Call& call, journal::Transaction& tx, const v1::Campus& before) {
  return CheckOrganization(call, tx, OrganizationOf(before), "name");
}

}  // namespace

absl::Status CheckOrganization(const Call& call, journal::Transaction& tx, const std::string& name,
                               absl::string_view field) {
  // Organizations are never deleted, so one that was seen stays; but it may be suspended.
  const resource::Spec& spec = store::OrganizationSpec();
  if (!call.owner_only) return resource::Get<v1::Organization>(tx, spec, name, field).status();
  ASSIGN_OR_RETURN(const auto organization,
                   resource::Guard<v1::Organization>(tx, spec, name, field));
  return CheckMayWrite(organization);
}

void ServeOrganizations(calls::Host& host) {
  calls::Service& service = host.Serve<v1::OrganizationService>();
  service.Mutate(MovingTo<v1::RegisterOrganizationRequest>(v1::ORGANIZATION_STATE_REGISTERED));
  service.Mutate(MovingTo<v1::SuspendOrganizationRequest>(v1::ORGANIZATION_STATE_SUSPENDED));
  service.Mutate(MovingTo<v1::WithdrawOrganizationRequest>(v1::ORGANIZATION_STATE_WITHDRAWN));
  resource::Serve(
      service, store::OrganizationSpec(),
      resource::HooksOf<v1::Organization>({.check = &CheckIdentifiers, .store = &Prepare}));
}

void ServeCampuses(calls::Host& host) {
  resource::Serve(
      host.Serve<v1::CampusService>(), store::CampusSpec(),
      resource::HooksOf<v1::Campus>({.store = &CheckCampus, .remove = &CheckDeletable}));
}

}  // namespace puente::education
