#include "modules/education/assessments/resource.h"

namespace puente::education {

const resource::Resource<v1::Assessment>& Assessments() {
  static const resource::Resource<v1::Assessment> assessments({
      .table = "assessment",
      .states = {{.verb = "CreateAssessment", .to = v1::ASSESSMENT_STATE_SCHEDULED},
                 {.verb = "UpdateAssessment",
                  .from = {v1::ASSESSMENT_STATE_SCHEDULED, v1::ASSESSMENT_STATE_PASSED,
                           v1::ASSESSMENT_STATE_FAILED, v1::ASSESSMENT_STATE_WITHDRAWN}},
                 {.verb = "PassAssessment",
                  .from = {v1::ASSESSMENT_STATE_SCHEDULED},
                  .to = v1::ASSESSMENT_STATE_PASSED},
                 {.verb = "FailAssessment",
                  .from = {v1::ASSESSMENT_STATE_SCHEDULED},
                  .to = v1::ASSESSMENT_STATE_FAILED},
                 {.verb = "WithdrawAssessment",
                  .from = {v1::ASSESSMENT_STATE_SCHEDULED},
                  .to = v1::ASSESSMENT_STATE_WITHDRAWN}},
  });
  return assessments;
}

}  // namespace puente::education
