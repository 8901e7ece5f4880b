#include "modules/education/organizations/service.h"

#include <vector>

#include "absl/algorithm/container.h"
#include "common/resource/serve.h"
#include "modules/education/organizations/leaving.h"
#include "modules/education/organizations/resource.h"
#include "modules/education/organizations/rules.h"
#include "modules/education/teaching/sites.h"

namespace puente::education {
namespace {

absl::Status CheckState(const Call& call, const v1::Organization& organization,
                        const std::vector<int>& allowed) {
  if (absl::c_linear_search(allowed, organization.state())) return absl::OkStatus();
  return resource::StateWrong(Organizations(), Organizations().state_wrong(), call.verb(),
                              organization, allowed);
}

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Organization* before,
                     v1::Organization& after) {
  if (before != nullptr) {
    if (call.owner_only) {
      RETURN_IF_ERROR(CheckState(call, *before, kMayWrite));
      RETURN_IF_ERROR(InvalidFields(CheckRegister(*before, after, "organization")));
    }
    return teaching::MoveOrganization(tx, *before, after);
  }
  // Who adds himself applies, whatever he says that he is.
  after.set_state(call.owner_only ? v1::ORGANIZATION_STATE_APPLIED : FirstState(after.control()));
  return absl::OkStatus();
}

absl::Status StoreWithdrawn(const Call&, journal::Transaction& tx,
                            const v1::Organization& withdrawn) {
  return LeaveSoon(tx, withdrawn.name());
}

}  // namespace

absl::Status CheckMayWrite(const Call& call, journal::Transaction& tx, const std::string& name,
                           absl::string_view field) {
  if (!call.owner_only) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto organization, resource::Guard(tx, Organizations(), name, field));
  return CheckState(call, organization, kMayWrite);
}

absl::Status CheckRegistered(const Call& call, journal::Transaction& tx, const std::string& name,
                             absl::string_view field) {
  return GuardRegistered(call, tx, name, field).status();
}

absl::StatusOr<v1::Organization> GuardRegistered(const Call& call, journal::Transaction& tx,
                                                 const std::string& name, absl::string_view field) {
  ASSIGN_OR_RETURN(auto organization, resource::Guard(tx, Organizations(), name, field));
  RETURN_IF_ERROR(CheckState(call, organization, {v1::ORGANIZATION_STATE_REGISTERED}));
  return organization;
}

void ServeOrganizations(calls::Host& host, due::Scheduler& due) {
  resource::Serve(
      host, Organizations(),
      {.check = &CheckIdentifiers,
       .prepare = &Prepare,
       .verbs = {{.verb = "WithdrawOrganization", .prepare = nullptr, .stored = &StoreWithdrawn}}});
  HandleLeaving(due);
}

}  // namespace puente::education
