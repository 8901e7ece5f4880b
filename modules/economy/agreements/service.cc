#include "modules/economy/agreements/service.h"

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "common/resource/turn.h"
#include "modules/economy/agreements/resource.h"
#include "modules/economy/agreements/rules.h"
#include "modules/economy/errors.h"
#include "modules/economy/table_sessions/resource.h"

namespace puente::economy {
namespace {

const resource::Turn<v1::Agreement>& Late() {
  static const auto* const late = new resource::Turn<v1::Agreement>{
      "agreements.late", Agreements(), &LateFrom,
      [](const Call& call, v1::Agreement& agreement) { Settle(LegalDay(call.start), agreement); }};
  return *late;
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
  return Late().Await(tx, after);
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
  return Late().Await(tx, after);
}

}  // namespace

void ServeAgreements(calls::Host& host, due::Scheduler& due) {
  due.Handle(Late().kind, Late().Work());
  resource::Serve(host, Agreements(),
                  {.prepare = &Prepare,
                   .verbs = {{.verb = "BeginAgreement", .prepare = &BeginAgreement},
                             {.verb = "FinishAgreement", .prepare = &End},
                             {.verb = "DropAgreement", .prepare = &End}}});
}

}  // namespace puente::economy
