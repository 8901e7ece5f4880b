#include "modules/education/dual_plans/turns.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "modules/education/dual_plans/resource.h"
#include "modules/education/dual_plans/rules.h"
#include "modules/education/many.h"

namespace puente::education {
namespace {

void AdvanceAndSay(const Call& call, v1::DualPlan& plan) {
  Advance(call.start, plan);
  SayTurn(plan);
}

}  // namespace

const resource::Turn<v1::DualPlan>& DualPlanTurns() {
  static const auto* const turns =
      new resource::Turn<v1::DualPlan>{"dual_plans.turn", DualPlans(), &TurnsAt, &AdvanceAndSay};
  return *turns;
}

absl::Status Settle(const Call& call, journal::Transaction& tx, v1::DualPlan& plan) {
  AdvanceAndSay(call, plan);
  return DualPlanTurns().Await(tx, plan);
}

absl::Status FollowSeats(const Call& call, journal::Transaction& tx,
                         absl::Span<const v1::PlaceEnrolment> seats) {
  if (seats.empty()) return absl::OkStatus();
  std::map<std::string, v1::PlaceEnrolmentState> states;
  std::vector<std::string> names;
  for (const v1::PlaceEnrolment& seat : seats) {
    states[seat.name()] = seat.state();
    names.push_back(seat.name());
  }
  ASSIGN_OR_RETURN(const auto plans,
                   resource::Select(tx, DualPlans(), "education.dual_plan.of_seats",
                                    absl::StrCat("FORCE INDEX (of_seat) WHERE place_enrolment IN ",
                                                 sql::InList(names.size()), " AND state <> ",
                                                 static_cast<int>(v1::DUAL_PLAN_STATE_ENDED),
                                                 " ORDER BY organization, id"),
                                    ListOf(names)));
  for (const v1::DualPlan& before : plans) {
    v1::DualPlan after = before;
    after.set_seat_state(states.at(before.place_enrolment()));
    RETURN_IF_ERROR(Settle(call, tx, after));
    RETURN_IF_ERROR(resource::Replace(call, tx, DualPlans(), before, std::move(after)).status());
  }
  return absl::OkStatus();
}

}  // namespace puente::education
