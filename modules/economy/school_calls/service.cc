#include "modules/economy/school_calls/service.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "modules/economy/school_calls/resource.h"
#include "modules/economy/school_calls/rules.h"

namespace puente::economy {
namespace {

std::string KeyOf(const v1::SchoolCall& school_call) {
  return std::string(absl::StripPrefix(school_call.name(), "schoolCalls/"));
}

bool IsPutOff(const v1::SchoolCall& before, const v1::SchoolCall& after) {
  return ToCivilDay(before.end_date()) < ToCivilDay(after.end_date());
}

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::SchoolCall* before,
                     v1::SchoolCall& after) {
  if (before == nullptr || IsPutOff(*before, after)) after.set_state(v1::SCHOOL_CALL_STATE_OPEN);
  CloseIfOver(LegalDay(call.start), after);
  if (after.state() == v1::SCHOOL_CALL_STATE_CLOSED) {
    return due::Cancel(tx, kSchoolCallOver, KeyOf(after));
  }
  return due::Schedule(tx, {kSchoolCallOver, KeyOf(after), "", OverFrom(after)});
}

absl::Status Close(const Call&, journal::Transaction& tx, const v1::SchoolCall&,
                   v1::SchoolCall& after) {
  return due::Cancel(tx, kSchoolCallOver, KeyOf(after));
}

}  // namespace

absl::StatusOr<due::Next> CloseOver(const due::Slice& slice) {
  ASSIGN_OR_RETURN(
      const v1::SchoolCall before,
      resource::Get(slice.session, SchoolCalls(), absl::StrCat("schoolCalls/", slice.task.key)));
  // The database's clock, by which it is due, may be ahead of this one.
  if (slice.call.start < OverFrom(before)) return due::Next::At(OverFrom(before), "");
  return due::Next::Done().Writing(
      [&call = slice.call, before](journal::Transaction& tx) -> absl::Status {
        v1::SchoolCall after = before;
        CloseIfOver(LegalDay(call.start), after);
        if (before.state() == after.state()) return absl::OkStatus();
        return resource::Replace(call, tx, SchoolCalls(), before, after).status();
      });
}

void ServeSchoolCalls(calls::Host& host) {
  resource::Serve(host, SchoolCalls(),
                  {.prepare = &Prepare, .verbs = {{.verb = "CloseSchoolCall", .prepare = &Close}}});
}

}  // namespace puente::economy
