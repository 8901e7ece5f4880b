#include "modules/economy/school_calls/service.h"

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "common/resource/turn.h"
#include "modules/economy/school_calls/resource.h"
#include "modules/economy/school_calls/rules.h"

namespace puente::economy {
namespace {

const resource::Turn<v1::SchoolCall>& Over() {
  static const auto* const over =
      new resource::Turn<v1::SchoolCall>{"school_calls.over", SchoolCalls(), &OverFrom,
                                         [](const Call& call, v1::SchoolCall& school_call) {
                                           CloseIfOver(LegalDay(call.start), school_call);
                                         }};
  return *over;
}

bool IsPutOff(const v1::SchoolCall& before, const v1::SchoolCall& after) {
  return ToCivilDay(before.end_date()) < ToCivilDay(after.end_date());
}

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::SchoolCall* before,
                     v1::SchoolCall& after) {
  if (before == nullptr || IsPutOff(*before, after)) after.set_state(v1::SCHOOL_CALL_STATE_OPEN);
  CloseIfOver(LegalDay(call.start), after);
  return Over().Await(tx, after);
}

absl::Status CloseSchoolCall(const Call&, journal::Transaction& tx, const v1::SchoolCall&,
                             v1::SchoolCall& after) {
  return Over().Await(tx, after);
}

}  // namespace

void ServeSchoolCalls(calls::Host& host, due::Scheduler& due) {
  due.Handle(Over().kind, Over().Work());
  resource::Serve(
      host, SchoolCalls(),
      {.prepare = &Prepare, .verbs = {{.verb = "CloseSchoolCall", .prepare = &CloseSchoolCall}}});
}

}  // namespace puente::economy
