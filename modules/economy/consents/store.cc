#include "modules/economy/consents/store.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/resource/resource.h"
#include "modules/economy/consents/resource.h"
#include "modules/economy/consents/rules.h"
#include "modules/economy/errors.h"

namespace puente::economy {
namespace {

// Those that a company ever gave the calling chamber; none of what calls otherwise.
absl::StatusOr<std::vector<v1::Consent>> ToCaller(const Call& call, sql::Session& session,
                                                  const std::string& company) {
  absl::string_view id = company;
  if (call.caller.kind() != "chamber" || !absl::ConsumePrefix(&id, "companies/")) {
    return std::vector<v1::Consent>();
  }
  const std::string chamber = absl::StrCat("chambers/", call.caller.id());
  return resource::Select(session, Consents(), "economy.consents.to_chamber",
                          "WHERE chamber = ? AND company = ?", {chamber, std::string(id)});
}

}  // namespace

absl::StatusOr<bool> MayAct(const Call& call, sql::Session& session, const std::string& company,
                            v1::ConsentAct act) {
  ASSIGN_OR_RETURN(const auto consents, ToCaller(call, session, company));
  return Allow(consents, act, LegalDay(call.start));
}

absl::Status CheckIndependent(const Call& call, sql::Session& session, const std::string& company) {
  ASSIGN_OR_RETURN(const auto consents, ToCaller(call, session, company));
  if (consents.empty()) return absl::OkStatus();
  return Error(error::kChamberActsForCompany, "chamber"_is(call.caller.path),
               "company"_is(company));
}

}  // namespace puente::economy
