#include "modules/economy/companies/service.h"

#include "absl/algorithm/container.h"
#include "common/fields/rules.h"
#include "common/names/rfc.h"
#include "common/resource/serve.h"
#include "modules/economy/companies/resource.h"
#include "modules/economy/companies/rules.h"
#include "modules/economy/consents/store.h"
#include "modules/economy/errors.h"

namespace puente::economy {
namespace {

// Companies of one RFC that are looked at, the confirmed ones first.
constexpr int kMostOfRfc = 100;

absl::Status Begin(const Call& call, v1::Company& company) {
  company.set_state(FirstState(call.owner_only));
  if (call.owner_only && company.size() == v1::COMPANY_SIZE_UNSPECIFIED) {
    return InvalidFields({Against(puente::rule::kRequired).At("company.size")});
  }
  return absl::OkStatus();
}

// A legal entity is one company to figures: that no other is confirmed with its RFC, nor will be
// while this is stored.
absl::Status CheckRfc(journal::Transaction& tx, const v1::Company& company) {
  if (company.rfc().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto others,
                   resource::Select(tx, Companies(), "economy.company.of_rfc",
                                    "WHERE rfc = ? AND state IN (2, 3) ORDER BY state DESC LIMIT ?",
                                    {company.rfc(), kMostOfRfc}));
  for (const v1::Company& other : others) {
    if (other.name() == company.name()) continue;
    if (other.state() == v1::COMPANY_STATE_CONFIRMED) {
      return Error(error::kCompanyRfcConfirmed, "name"_is(company.name()), "rfc"_is(company.rfc()),
                   "other"_is(other.name()));
    }
    RETURN_IF_ERROR(resource::Guard(tx, Companies(), other.name(), "name").status());
  }
  return absl::OkStatus();
}

absl::Status Change(const Call& call, journal::Transaction& tx, const v1::Company& before,
                    v1::Company& after) {
  if (!call.owner_only) {
    const bool another = after.rfc() != before.rfc();
    return another && after.state() == v1::COMPANY_STATE_CONFIRMED ? CheckRfc(tx, after)
                                                                   : absl::OkStatus();
  }
  if (!absl::c_linear_search(kMayWrite, before.state())) {
    return resource::StateWrong(Companies(), Companies().state_wrong(), call.verb(), before,
                                kMayWrite);
  }
  TakeBackConfirmation(before, after);
  return absl::OkStatus();
}

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Company* before,
                     v1::Company& after) {
  after.set_rfc_check_digit_differs(!after.rfc().empty() && !RfcCheckDigitFits(after.rfc()));
  return before == nullptr ? Begin(call, after) : Change(call, tx, *before, after);
}

absl::Status ConfirmCompany(const Call& call, journal::Transaction& tx, const v1::Company& before,
                            v1::Company& after) {
  // A consent that is given at this moment waits, or is seen.
  RETURN_IF_ERROR(resource::GuardFirst(tx, Companies(), before.name(), "name").status());
  RETURN_IF_ERROR(CheckIndependent(call, tx, before.name()));
  RETURN_IF_ERROR(CheckRfc(tx, after));
  after.set_confirmed_by(call.caller.path);
  return absl::OkStatus();
}

absl::Status CheckState(const Call& call, const v1::Company& company) {
  if (absl::c_linear_search(kInRegister, company.state())) return absl::OkStatus();
  return resource::StateWrong(Companies(), Companies().state_wrong(), call.verb(), company,
                              kInRegister);
}

}  // namespace

absl::StatusOr<v1::Company> GuardInRegister(const Call& call, journal::Transaction& tx,
                                            const std::string& name, absl::string_view field) {
  ASSIGN_OR_RETURN(auto company, resource::Guard(tx, Companies(), name, field));
  RETURN_IF_ERROR(CheckState(call, company));
  return company;
}

absl::Status CheckInRegister(const Call& call, sql::Session& session, const std::string& name) {
  ASSIGN_OR_RETURN(const auto company, resource::Get(session, Companies(), name));
  return CheckState(call, company);
}

resource::RecordWriter ServeCompanies(calls::Host& host) {
  return resource::Serve(
      host, Companies(),
      {.prepare = &Prepare, .verbs = {{.verb = "ConfirmCompany", .prepare = &ConfirmCompany}}});
}

}  // namespace puente::economy
