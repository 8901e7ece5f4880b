#include "modules/education/placement_requests/rules.h"

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"

namespace puente::education {
std::vector<Violation> CheckNew(const v1::PlacementRequest& request, absl::CivilDay today) {
  std::vector<Violation> violations = CheckIdOf(request.name(), "placement_request_id");
  const std::string organization = OrganizationOf(request.name());
  if (OrganizationOf(request.learner()) != organization) {
    violations.push_back(Against(rule::kOfAnotherOrganization, "organization"_is(organization))
                             .At("placement_request.learner"));
  }
  // Where a file has identifiers in the place of names, the refusal repeats none.
  for (Violation& wrong : CheckIdOf(request.learner(), "placement_request.learner")) {
    violations.push_back(std::move(wrong));
  }
  if (ToCivilDay(request.start_date()) < today) {
    violations.push_back(Against(rule::kFirstDayPast, "today"_is(absl::FormatCivilTime(today)))
                             .At("placement_request.start_date"));
  }
  return violations;
}

void TakeUp(const std::string& act, v1::PlacementRequest& request) {
  request.set_state(v1::PLACEMENT_REQUEST_STATE_UNDER_WAY);
  request.set_act(act);
}

void End(const v1::PlacementOutcome& outcome, v1::PlacementRequest& request) {
  *request.mutable_result_time() = outcome.end_time();
  if (outcome.refusal().empty()) {
    request.set_state(v1::PLACEMENT_REQUEST_STATE_PLACED);
    const std::string& act = request.act();
    request.set_place_enrolment(absl::StrCat("placeEnrolments/", act.substr(act.find('/') + 1)));
    return;
  }
  request.set_state(v1::PLACEMENT_REQUEST_STATE_REFUSED);
  request.set_refusal(outcome.refusal());
  request.set_refusal_es(outcome.refusal_es());
  request.set_refusal_en(outcome.refusal_en());
}

}  // namespace puente::education
