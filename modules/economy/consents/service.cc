#include "modules/economy/consents/service.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/resource/serve.h"
#include "modules/economy/companies/resource.h"
#include "modules/economy/consents/resource.h"
#include "modules/economy/demand_statements/store.h"
#include "modules/economy/errors.h"

namespace puente::economy {
namespace {

// Who vouches for what a company says does not come to act for it, as long as that counts.
absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Consent*,
                     v1::Consent& after) {
  const std::string name = after.name().substr(0, after.name().find("/consents/"));
  // Whoever confirms something of the company at this moment waits, or is seen.
  ASSIGN_OR_RETURN(const v1::Company company,
                   resource::GuardFirst(tx, Companies(), name, "parent"));
  const std::string chamber =
      absl::StrCat("chamber/", absl::StripPrefix(after.chamber(), "chambers/"));
  bool vouches =
      company.state() == v1::COMPANY_STATE_CONFIRMED && company.confirmed_by() == chamber;
  if (!vouches) {
    ASSIGN_OR_RETURN(vouches, store::HasConfirmed(tx, name, chamber, LegalDay(call.start)));
  }
  if (!vouches) return absl::OkStatus();
  return Error(error::kChamberVouchesForCompany, "chamber"_is(chamber), "company"_is(name));
}

}  // namespace

void ServeConsents(calls::Host& host) { resource::Serve(host, Consents(), {.prepare = &Prepare}); }

}  // namespace puente::economy
