#include "modules/economy/agreements/service.h"

#include <string>

#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "google/protobuf/util/message_differencer.h"
#include "modules/economy/agreements/resource.h"
#include "modules/economy/agreements/rules.h"
#include "modules/economy/errors.h"
#include "modules/economy/table_sessions/resource.h"

namespace puente::economy {
namespace {

std::string KeyOf(const v1::Agreement& agreement) {
  return std::string(absl::StripPrefix(agreement.name(), "agreements/"));
}

// The session can't change its day any more.
absl::Status CheckAfterSession(journal::Transaction& tx, const v1::Agreement& agreement) {
  ASSIGN_OR_RETURN(const v1::TableSession session,
                   resource::Get(tx, TableSessions(), agreement.session(), "agreement.session"));
  const absl::CivilDay day = ToCivilDay(session.session_date());
  if (day <= ToCivilDay(agreement.due_date())) return absl::OkStatus();
  return InvalidFields({Against(rule::kBeforeSession, "session"_is(session.name()),
                                "session_date"_is(absl::FormatCivilTime(day)))
                            .At("agreement.due_date")});
}

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Agreement* before,
                     v1::Agreement& after) {
  RETURN_IF_ERROR(CheckAfterSession(tx, after));
  if (before == nullptr) after.set_state(v1::AGREEMENT_STATE_OPEN);
  Settle(LegalDay(call.start), after);
  if (after.state() == v1::AGREEMENT_STATE_OVERDUE) {
    return due::Cancel(tx, kAgreementLate, KeyOf(after));
  }
  return due::Schedule(tx, {kAgreementLate, KeyOf(after), "", LateFrom(after)});
}

// Whether due work has marked it by now makes no difference.
absl::Status BeginAgreement(const Call& call, journal::Transaction&, const v1::Agreement&,
                            v1::Agreement& after) {
  NoteLate(LegalDay(call.start), after);
  return absl::OkStatus();
}

absl::Status End(const Call& call, journal::Transaction& tx, const v1::Agreement&,
                 v1::Agreement& after) {
  NoteLate(LegalDay(call.start), after);
  return due::Cancel(tx, kAgreementLate, KeyOf(after));
}

}  // namespace

absl::StatusOr<due::Next> MarkLate(const due::Slice& slice) {
  ASSIGN_OR_RETURN(
      const v1::Agreement before,
      resource::Get(slice.session, Agreements(), absl::StrCat("agreements/", slice.task.key)));
  // The database's clock, by which it is due, may be ahead of this one.
  if (slice.call.start < LateFrom(before)) return due::Next::At(LateFrom(before), "");
  return due::Next::Done().Writing(
      [&call = slice.call, before](journal::Transaction& tx) -> absl::Status {
        v1::Agreement after = before;
        Settle(LegalDay(call.start), after);
        if (google::protobuf::util::MessageDifferencer::Equals(before, after)) {
          return absl::OkStatus();
        }
        return resource::Replace(call, tx, Agreements(), before, after).status();
      });
}

void ServeAgreements(calls::Host& host) {
  resource::Serve(host, Agreements(),
                  {.prepare = &Prepare,
                   .verbs = {{.verb = "BeginAgreement", .prepare = &BeginAgreement},
                             {.verb = "FinishAgreement", .prepare = &End},
                             {.verb = "DropAgreement", .prepare = &End}}});
}

}  // namespace puente::economy
