#include "modules/economy/companies/rules.h"

#include <gtest/gtest.h>

#include <functional>

namespace puente::economy {
namespace {

v1::Company Confirmed() {
  v1::Company company;
  company.set_legal_name("Acme");
  company.set_rfc("MAB9307148T4");
  company.set_scian_class("336110");
  company.set_state_code("11");
  company.set_size(v1::COMPANY_SIZE_SMALL);
  company.set_state(v1::COMPANY_STATE_CONFIRMED);
  company.set_state_reason("visita");
  return company;
}

TEST(TakeBackConfirmation, GoesByWhatWasConfirmed) {
  struct Case {
    const char* name;
    std::function<void(v1::Company&)> change;
    v1::CompanyState state;
  };
  for (const Case& c : std::vector<Case>{
           {"nothing", [](auto&) {}, v1::COMPANY_STATE_CONFIRMED},
           {"seat", [](auto& c) { c.set_state_code("19"); }, v1::COMPANY_STATE_CONFIRMED},
           {"name", [](auto& c) { c.set_legal_name("Other"); }, v1::COMPANY_STATE_REGISTERED},
           {"rfc", [](auto& c) { c.clear_rfc(); }, v1::COMPANY_STATE_REGISTERED},
           {"activity", [](auto& c) { c.set_scian_class("11"); }, v1::COMPANY_STATE_REGISTERED},
           {"size", [](auto& c) { c.set_size(v1::COMPANY_SIZE_LARGE); },
            v1::COMPANY_STATE_REGISTERED},
           {"group", [](auto& c) { c.set_business_group("g"); }, v1::COMPANY_STATE_REGISTERED}}) {
    v1::Company after = Confirmed();
    c.change(after);
    TakeBackConfirmation(Confirmed(), after);
    EXPECT_EQ(after.state(), c.state) << c.name;
    EXPECT_EQ(after.state_reason().empty(), c.state == v1::COMPANY_STATE_REGISTERED) << c.name;
  }
}

TEST(TakeBackConfirmation, LeavesACompanyThatWasNotConfirmedWhereItStands) {
  v1::Company before = Confirmed();
  before.set_state(v1::COMPANY_STATE_APPLIED);
  v1::Company after = before;
  after.set_size(v1::COMPANY_SIZE_LARGE);
  TakeBackConfirmation(before, after);
  EXPECT_EQ(after.state(), v1::COMPANY_STATE_APPLIED);
}

TEST(ConfirmedSize, IsUnknownUntilSomebodyConfirmsIt) {
  v1::Company company = Confirmed();
  EXPECT_EQ(ConfirmedSize(company), v1::COMPANY_SIZE_SMALL);
  company.set_state(v1::COMPANY_STATE_REGISTERED);
  EXPECT_EQ(ConfirmedSize(company), v1::COMPANY_SIZE_UNSPECIFIED);
}

}  // namespace
}  // namespace puente::economy
