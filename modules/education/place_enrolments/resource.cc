#include "modules/education/place_enrolments/resource.h"

namespace puente::education {
namespace {

// Companies know learners by their own pseudonyms (docs/decisions/0057), so that two of them find
// nothing in common; what is kept for figures alone would say who of a class it is.
absl::Status LeaveOutLearner(const Call& call, sql::Session&, const v1::PlaceEnrolment*,
                             absl::Span<resource::Message* const> enrolments) {
  if (call.caller.kind() != "company") return absl::OkStatus();
  for (resource::Message* one : enrolments) {
    auto& enrolment = static_cast<v1::PlaceEnrolment&>(*one);
    enrolment.clear_learner();
    enrolment.clear_sex();
    enrolment.clear_birth_years();
    enrolment.clear_state_code();
  }
  return absl::OkStatus();
}

}  // namespace

const resource::Resource<v1::PlaceEnrolment>& PlaceEnrolments() {
  // It begins with EnrolAtPlace, HELD, and then follows its seat.
  static const resource::Resource<v1::PlaceEnrolment> place_enrolments({
      .table = "place_enrolment",
      .lists = {{.by = {"organization"}, .index = "by_organization"},
                {.by = {"organization", "state"}, .index = "by_organization_state"},
                {.by = {"organization", "learner"}, .index = "by_learner"},
                {.by = {"company"}, .index = "by_company"},
                {.by = {"company", "state"}, .index = "by_company_state"}},
      .hides = true,
      .guarded = true,
      .leave_out = &LeaveOutLearner,
  });
  return place_enrolments;
}

}  // namespace puente::education
