#include "modules/education/assessments/resource.h"

namespace puente::education {

const resource::Resource<v1::Assessment>& Assessments() {
  static const resource::Resource<v1::Assessment> assessments({
      .table = "assessment",
      .lists = {{.by = {"enrolment"}, .index = "by_enrolment"},
                {.by = {"certifier", "state"}, .index = "by_certifier"},
                {.by = {"certifier", "state"},
                 .order = {"assess_date"},
                 .index = "by_certifier_date",
                 .order_by = "assess_date",
                 .index_within = "by_certifier_date_within"},
                {.by = {"state"},
                 .order = {"assess_date"},
                 .index = "by_date",
                 .order_by = "assess_date",
                 .index_within = "by_date_within"}},
      .guarded = true,
      // An award rests on one that was passed, and none leads away from that.
      .states = {{.verb = "CreateAssessment", .to = v1::ASSESSMENT_STATE_SCHEDULED},
                 {.verb = "UpdateAssessment", .from = {v1::ASSESSMENT_STATE_SCHEDULED}},
                 {.verb = "PassAssessment",
                  .from = {v1::ASSESSMENT_STATE_SCHEDULED},
                  .to = v1::ASSESSMENT_STATE_PASSED},
                 {.verb = "FailAssessment",
                  .from = {v1::ASSESSMENT_STATE_SCHEDULED},
                  .to = v1::ASSESSMENT_STATE_FAILED},
                 {.verb = "WithdrawAssessment",
                  .from = {v1::ASSESSMENT_STATE_SCHEDULED},
                  .to = v1::ASSESSMENT_STATE_WITHDRAWN}},
      .over = {v1::ASSESSMENT_STATE_WITHDRAWN},
  });
  return assessments;
}

}  // namespace puente::education
