#include "modules/education/enrolments/resource.h"

namespace puente::education {
namespace {

// Of what is ended NULL, so that it is no second one.
sql::Value GoesOn(const v1::Enrolment& enrolment) {
  return enrolment.state() == v1::ENROLMENT_STATE_ENROLLED ? sql::Value(1) : sql::Value();
}

}  // namespace

const resource::Resource<v1::Enrolment>& Enrolments() {
  static const resource::Resource<v1::Enrolment> enrolments({
      .table = "enrolment",
      .lists = {{.by = {"learner"}, .index = "by_learner"},
                {.by = {"microcredential_version"}, .index = "by_version"}},
      .derived = {{"goes_on", &GoesOn}},
      .guarded = true,
      .states = {{.verb = "CreateEnrolment", .to = v1::ENROLMENT_STATE_ENROLLED},
                 {.verb = "UpdateEnrolment", .from = {v1::ENROLMENT_STATE_ENROLLED}},
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
