#include "modules/economy/agreements/rules.h"

#include "absl/algorithm/container.h"
#include "common/context/clock.h"
#include "common/context/values.h"

namespace puente::economy {
namespace {

absl::CivilDay FirstLateDay(const v1::Agreement& agreement) {
  return ToCivilDay(agreement.due_date()) + 1;
}

bool IsNoted(const v1::Agreement& agreement) {
  return agreement.has_overdue_date() &&
         ToCivilDay(agreement.overdue_date()) == FirstLateDay(agreement);
}

}  // namespace

bool IsLate(const v1::Agreement& agreement, absl::CivilDay today) {
  return FirstLateDay(agreement) <= today;
}

absl::Time LateFrom(const v1::Agreement& agreement) {
  const bool may_be_late = absl::c_linear_search(kToBeDone, agreement.state()) &&
                           agreement.state() != v1::AGREEMENT_STATE_OVERDUE;
  return may_be_late ? StartOf(FirstLateDay(agreement)) : absl::InfiniteFuture();
}

void NoteLate(absl::CivilDay today, v1::Agreement& agreement) {
  if (IsLate(agreement, today)) {
    *agreement.mutable_overdue_date() = ToProto(FirstLateDay(agreement));
  } else {
    agreement.clear_overdue_date();
  }
}

void Settle(absl::CivilDay today, v1::Agreement& agreement) {
  if (!absl::c_linear_search(kToBeDone, agreement.state())) return;
  const bool late = IsLate(agreement, today);
  if (late && IsNoted(agreement)) return;
  NoteLate(today, agreement);
  if (late) {
    agreement.set_state(v1::AGREEMENT_STATE_OVERDUE);
  } else if (agreement.state() == v1::AGREEMENT_STATE_OVERDUE) {
    agreement.set_state(agreement.has_begin_time() ? v1::AGREEMENT_STATE_IN_PROGRESS
                                                   : v1::AGREEMENT_STATE_OPEN);
  }
}

}  // namespace puente::economy
