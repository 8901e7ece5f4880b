#include "modules/economy/school_calls/rules.h"

#include "common/context/clock.h"
#include "common/context/values.h"

namespace puente::economy {
namespace {

bool IsOver(const v1::SchoolCall& school_call, absl::CivilDay day) {
  return ToCivilDay(school_call.end_date()) < day;
}

}  // namespace

absl::Time OverFrom(const v1::SchoolCall& school_call) {
  return school_call.state() == v1::SCHOOL_CALL_STATE_OPEN
             ? StartOf(ToCivilDay(school_call.end_date()) + 1)
             : absl::InfiniteFuture();
}

void CloseIfOver(absl::CivilDay today, v1::SchoolCall& school_call) {
  if (IsOver(school_call, today)) school_call.set_state(v1::SCHOOL_CALL_STATE_CLOSED);
}

bool TakesAnswers(const v1::SchoolCall& school_call, absl::CivilDay day) {
  return school_call.state() == v1::SCHOOL_CALL_STATE_OPEN && !IsOver(school_call, day);
}

}  // namespace puente::economy
