#include "modules/education/awards/resource.h"

#include "modules/education/awards/rules.h"

namespace puente::education {
namespace {

// Of what is not in the way of another award NULL.
sql::Value LiveEnrolment(const v1::Award& award) {
  return IsLive(award) ? sql::Value(award.enrolment()) : sql::Value();
}

}  // namespace

const resource::Resource<v1::Award>& Awards() {
  // What was wrong from the start is revoked or corrected after its last day, too.
  static const resource::Resource<v1::Award> awards({
      .table = "award",
      .lists = {{.by = {"learner"}, .index = "by_learner"},
                {.by = {"microcredential_version"}, .index = "by_version"},
                {.by = {"certifier"}, .index = "by_certifier"}},
      .derived = {{"live_enrolment", &LiveEnrolment}},
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
  });
  return awards;
}

}  // namespace puente::education
