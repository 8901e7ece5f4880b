#include "modules/education/enrolments/resource.h"

namespace puente::education {

const resource::Resource<v1::Enrolment>& Enrolments() {
  static const resource::Resource<v1::Enrolment> enrolments({
      .table = "enrolment",
      .states = {{.verb = "CreateEnrolment", .to = v1::ENROLMENT_STATE_ENROLLED},
                 {.verb = "UpdateEnrolment",
                  .from = {v1::ENROLMENT_STATE_ENROLLED, v1::ENROLMENT_STATE_COMPLETED,
                           v1::ENROLMENT_STATE_WITHDRAWN}},
                 {.verb = "CompleteEnrolment",
                  .from = {v1::ENROLMENT_STATE_ENROLLED},
                  .to = v1::ENROLMENT_STATE_COMPLETED},
                 {.verb = "WithdrawEnrolment",
                  .from = {v1::ENROLMENT_STATE_ENROLLED},
                  .to = v1::ENROLMENT_STATE_WITHDRAWN}},
  });
  return enrolments;
}

}  // namespace puente::education
