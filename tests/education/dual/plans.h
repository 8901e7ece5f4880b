// A plan's verbs, as its tests call them.
#pragma once

#include <string>
#include <vector>

#include "tests/education/dual/dual.h"

namespace puente::education::testing {

class DualPlans : public Dual {
 protected:
  // "COMPANY ACCEPT_PLAN" for each thing that is owed.
  static std::vector<std::string> Owed(const v1::DualPlan& plan) {
    std::vector<std::string> owed;
    for (const v1::DualOwed& one : plan.owed()) {
      owed.push_back(absl::StrCat(v1::DualParty_Name(one.party()).substr(11), " ",
                                  v1::DualAct_Name(one.act()).substr(9)));
    }
    return owed;
  }
  absl::StatusOr<v1::DualPlan> ByCode(const std::string& plan, const std::string& code) {
    return a.Ask(
        &Plans::ConfirmDualPlan,
        Named(plan, absl::StrCat("confirmation: DUAL_CONFIRMATION_CODE code: '", code, "'")));
  }
  std::string Code(const std::string& plan) {
    const auto issued = a.Ask(&Plans::IssueDualCode, Named(plan));
    EXPECT_OK(issued);
    return issued.ok() ? issued->code() : "";
  }
  absl::StatusOr<v1::DualPlan> Update(const std::string& plan, const std::string& fields) {
    return a.Ask(&Plans::UpdateDualPlan,
                 absl::StrCat("dual_plan { name: '", plan, "' ", fields, "}"));
  }
  absl::StatusOr<v1::DualPlan> Change(Party& party, const std::string& plan,
                                      const std::string& change) {
    return party.Ask(&Plans::ProposeDualPlanChange,
                     Named(plan, absl::StrCat("proposed_change {", change, "}")));
  }
  absl::StatusOr<v1::DualPlan> End(Party& party, const std::string& plan) {
    return party.Ask(&Plans::EndDualPlan, Named(plan, "cause: DUAL_END_CAUSE_MUTUAL"));
  }
  absl::StatusOr<v1::DualPlan> Pause(Party& party, const std::string& plan, int until) {
    return party.Ask(&Plans::PauseDualPlan,
                     Named(plan, absl::StrCat("pause { cause: DUAL_PAUSE_CAUSE_SCHOOL until_date {",
                                              In(until), "} }")));
  }
};

}  // namespace puente::education::testing
