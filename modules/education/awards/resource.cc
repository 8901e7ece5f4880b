#include "modules/education/awards/resource.h"

#include "absl/time/civil_time.h"
#include "common/context/values.h"
#include "common/resource/provenance.h"
#include "modules/education/awards/rules.h"

namespace puente::education {
namespace {

// Of what is not in the way of another award NULL.
sql::Value LiveEnrolment(const v1::Award& award) {
  return IsLive(award) ? sql::Value(award.enrolment()) : sql::Value();
}

// Of what has no end a day that does not come.
sql::Value EndDay(const v1::Award& award) {
  constexpr absl::CivilDay kNever(9999, 12, 31);
  return absl::FormatCivilTime(award.has_end_date() ? ToCivilDay(award.end_date()) : kNever);
}

// Sex, years of birth and state are there for figures, which are told in released cells; beside a
// record they would say who of a class it is. A body needs none of them.
absl::Status LeaveOutFigures(const Call& call, sql::Session&, const v1::Award*,
                             absl::Span<resource::Message* const> awards) {
  if (call.caller.kind() == "organization" || call.caller.kind() == "auditor" ||
      resource::IsOfItsAgency(call, Awards())) {
    return absl::OkStatus();
  }
  for (resource::Message* one : awards) {
    auto& award = static_cast<v1::Award&>(*one);
    award.clear_sex();
    award.clear_birth_years();
    award.clear_state_code();
  }
  return absl::OkStatus();
}

}  // namespace

const resource::Resource<v1::Award>& Awards() {
  // What was wrong from the start is revoked or corrected after its last day, too.
  static const resource::Resource<v1::Award> awards({
      .table = "award",
      .lists = {{.by = {"learner"}, .index = "by_learner"},
                {.by = {"microcredential_version"}, .index = "by_version"},
                {.by = {"certifier"}, .index = "by_certifier"},
                {.by = {"state"},
                 .order = {"end_day"},
                 .index = "by_end",
                 .order_by = "end_date",
                 .index_within = "by_end_within"}},
      .derived = {{"live_enrolment", &LiveEnrolment}, {"end_day", &EndDay}},
      .leave_out = &LeaveOutFigures,
      .states =
          {{.verb = "CreateAward", .to = v1::AWARD_STATE_ISSUED},
           {.verb = "SuspendAward",
            .from = {v1::AWARD_STATE_ISSUED},
            .to = v1::AWARD_STATE_SUSPENDED},
           {.verb = "ResumeAward",
            .from = {v1::AWARD_STATE_SUSPENDED},
            .to = v1::AWARD_STATE_ISSUED},
           {.verb = "RevokeAward",
            .from = {v1::AWARD_STATE_ISSUED, v1::AWARD_STATE_SUSPENDED, v1::AWARD_STATE_EXPIRED},
            .to = v1::AWARD_STATE_REVOKED},
           {.verb = "CorrectAward",
            .from = {v1::AWARD_STATE_ISSUED, v1::AWARD_STATE_SUSPENDED, v1::AWARD_STATE_EXPIRED},
            .to = v1::AWARD_STATE_REPLACED}},
      .over = {v1::AWARD_STATE_REVOKED, v1::AWARD_STATE_REPLACED},
  });
  return awards;
}

}  // namespace puente::education
