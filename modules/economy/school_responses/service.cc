#include "modules/economy/school_responses/service.h"

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "modules/economy/errors.h"
#include "modules/economy/school_calls/resource.h"
#include "modules/economy/school_calls/rules.h"
#include "modules/economy/school_calls/service.h"
#include "modules/economy/school_responses/resource.h"
#include "modules/economy/school_responses/rules.h"

namespace puente::economy {
namespace {

constexpr sql::Query kAnswer{"economy.school_answer",
                             "INSERT IGNORE INTO school_answer (school_call, organization)"
                             " VALUES (?, ?)"};

// "schoolCalls/a" of "schoolCalls/a/responses/b".
std::string CallOf(const v1::SchoolResponse& response) {
  return response.name().substr(0, response.name().find("/responses/"));
}

absl::Status CheckOpen(const Call& call, journal::Transaction& tx, const std::string& name,
                       absl::string_view field) {
  ASSIGN_OR_RETURN(const v1::SchoolCall school_call,
                   resource::Guard(tx, SchoolCalls(), name, field));
  if (TakesAnswers(school_call, LegalDay(call.start))) {
    return GuardAsked(call, tx, school_call.proposal(), field);
  }
  return Error(error::kSchoolCallOver, "name"_is(name),
               "end_date"_is(absl::FormatCivilTime(ToCivilDay(school_call.end_date()))));
}

// Of two answers of one organization at once, one finds the other's row.
absl::Status AnswerOnce(journal::Transaction& tx, const v1::SchoolResponse& response) {
  ASSIGN_OR_RETURN(const resource::Ids ids, SchoolResponses().pattern().Parse(response.name()));
  ASSIGN_OR_RETURN(const int64_t first,
                   tx.Execute(kAnswer, {ids.front(), response.organization()}));
  if (first == 1) return absl::OkStatus();
  // The very answer is stored as any resource of a taken id.
  const absl::Status same = resource::Get(tx, SchoolResponses(), response.name()).status();
  if (!absl::IsNotFound(same)) return same;
  return Error(error::kSchoolCallAnswered, "name"_is(CallOf(response)),
               "organization"_is(response.organization()));
}

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::SchoolResponse* before,
                     v1::SchoolResponse& after) {
  RETURN_IF_ERROR(InvalidFields(CheckAsOf(after, call.start)));
  const bool is_new = before == nullptr;
  RETURN_IF_ERROR(CheckOpen(call, tx, CallOf(after), is_new ? "parent" : "school_response.name"));
  return is_new ? AnswerOnce(tx, after) : absl::OkStatus();
}

}  // namespace

void ServeSchoolResponses(calls::Host& host) {
  resource::Serve(host, SchoolResponses(), {.check = &CheckSchoolResponse, .prepare = &Prepare});
}

}  // namespace puente::economy
