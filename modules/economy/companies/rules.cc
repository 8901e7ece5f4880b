#include "modules/economy/companies/rules.h"

#include <tuple>

namespace puente::economy {
namespace {

// What whoever confirms a company vouches for.
auto Confirmed(const v1::Company& company) {
  return std::make_tuple(company.legal_name(), company.rfc(), company.scian_class(), company.size(),
                         company.business_group());
}

}  // namespace

v1::CompanyState FirstState(bool by_itself) {
  return by_itself ? v1::COMPANY_STATE_APPLIED : v1::COMPANY_STATE_REGISTERED;
}

v1::CompanySize ConfirmedSize(const v1::Company& company) {
  return company.state() == v1::COMPANY_STATE_CONFIRMED ? company.size()
                                                        : v1::COMPANY_SIZE_UNSPECIFIED;
}

void TakeBackConfirmation(const v1::Company& before, v1::Company& after) {
  if (before.state() != v1::COMPANY_STATE_CONFIRMED || Confirmed(before) == Confirmed(after))
    return;
  after.set_state(v1::COMPANY_STATE_REGISTERED);
  after.clear_state_reason();
}

}  // namespace puente::economy
