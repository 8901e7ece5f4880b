#include "modules/economy/school_calls/service.h"

#include <vector>

#include "absl/algorithm/container.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "common/resource/turn.h"
#include "modules/economy/proposals/resource.h"
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
  if (before != nullptr && IsPutOff(*before, after)) {
    RETURN_IF_ERROR(GuardAsked(call, tx, after.proposal(), "school_call.proposal"));
    after.set_state(v1::SCHOOL_CALL_STATE_OPEN);
  }
  if (before == nullptr) after.set_state(v1::SCHOOL_CALL_STATE_OPEN);
  CloseIfOver(LegalDay(call.start), after);
  return Over().Await(tx, after);
}

absl::Status CloseSchoolCall(const Call&, journal::Transaction& tx, const v1::SchoolCall&,
                             v1::SchoolCall& after) {
  return Over().Await(tx, after);
}

}  // namespace

absl::Status GuardAsked(const Call& call, journal::Transaction& tx, const std::string& proposal,
                        absl::string_view field) {
  static const std::vector<int> asked = {v1::PROPOSAL_STATE_IN_REVIEW, v1::PROPOSAL_STATE_ADOPTED};
  ASSIGN_OR_RETURN(const v1::Proposal found, resource::Guard(tx, Proposals(), proposal, field));
  if (absl::c_linear_search(asked, found.state())) return absl::OkStatus();
  return resource::StateWrong(Proposals(), Proposals().state_wrong(), call.verb(), found, asked);
}

void ServeSchoolCalls(calls::Host& host, due::Scheduler& due) {
  due.Handle(Over().kind, Over().Work());
  resource::Serve(
      host, SchoolCalls(),
      {.prepare = &Prepare, .verbs = {{.verb = "CloseSchoolCall", .prepare = &CloseSchoolCall}}});
}

}  // namespace puente::economy
