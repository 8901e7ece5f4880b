#include "modules/education/awards/rules.h"

#include <tuple>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/fields/rules.h"
#include "modules/education/certifications/rules.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"
#include "modules/education/rvoes/rules.h"

namespace puente::education {
namespace {

bool BeganBefore(const v1::Certification& one, const v1::Certification& other) {
  return std::make_tuple(ToCivilDay(one.start_date()), one.name()) <
         std::make_tuple(ToCivilDay(other.start_date()), other.name());
}

}  // namespace

bool IsLive(const v1::Award& award) {
  return award.state() != v1::AWARD_STATE_REVOKED && award.state() != v1::AWARD_STATE_REPLACED;
}

std::vector<Violation> CheckNew(const v1::Award& award, absl::CivilDay today) {
  std::vector<Violation> violations = CheckIdOf(award.name(), "award_id");
  const std::string organization = OrganizationOf(award.name());
  if (OrganizationOf(award.assessment()) != organization) {
    violations.push_back(Against(rule::kOfAnotherOrganization, "organization"_is(organization))
                             .At("award.assessment"));
  }
  if (ToCivilDay(award.issue_date()) > today) {
    violations.push_back(Against(rule::kAfterToday, "today"_is(absl::FormatCivilTime(today)))
                             .At("award.issue_date"));
  }
  return violations;
}

std::vector<Violation> CheckIssue(const v1::Award& award, const v1::Assessment& assessment) {
  const absl::CivilDay assessed = ToCivilDay(assessment.assess_date());
  if (assessed <= ToCivilDay(award.issue_date())) return {};
  return {Against(rule::kBeforeAssessment, "day"_is(absl::FormatCivilTime(assessed)))
              .At("award.issue_date")};
}

std::vector<Violation> CheckIssue(const v1::Award& award, const v1::Enrolment& enrolment) {
  if (ToCivilDay(enrolment.begin_date()) <= ToCivilDay(award.issue_date())) return {};
  return {
      Against(puente::rule::kNotBefore, "other"_is("enrolment.begin_date")).At("award.issue_date")};
}

void SetWorkplace(const v1::Assessment& assessment, v1::Award& award) {
  award.clear_workplace_outcomes();
  int64_t minutes = 0;
  for (const v1::DualEvidence& one : assessment.evidence()) {
    if (one.place() != v1::DUAL_PLACE_AT_COMPANY) continue;
    *award.add_workplace_outcomes() = one;
    minutes += one.confirmed_minutes();
  }
  award.set_workplace_minutes(minutes);
}

const v1::Certification* HoldingFor(const std::vector<v1::Certification>& certifications,
                                    absl::CivilDay began, absl::CivilDay day,
                                    absl::string_view state_code) {
  const v1::Certification* found = nullptr;
  for (const v1::Certification& one : certifications) {
    if (!HoldsFor(one, began, day) || !HoldsIn(one, state_code)) continue;
    if (found == nullptr || BeganBefore(one, *found)) found = &one;
  }
  return found;
}

const v1::Rvoe* CoveringFor(const std::vector<v1::Rvoe>& rvoes, const v1::Enrolment& enrolment,
                            absl::CivilDay day) {
  for (const v1::Rvoe& one : rvoes) {  // of which no two of a program have a day in common
    if (one.program() == enrolment.program() && one.campus() == enrolment.campus() &&
        CoversBeginning(one, ToCivilDay(enrolment.begin_date())) && LetsFinish(one, day)) {
      return &one;
    }
  }
  return nullptr;
}

absl::Time OverFrom(const v1::Award& award) {
  const bool ends =
      award.state() == v1::AWARD_STATE_ISSUED || award.state() == v1::AWARD_STATE_SUSPENDED;
  return ends && award.has_end_date() ? StartOf(ToCivilDay(award.end_date()) + 1)
                                      : absl::InfiniteFuture();
}

void Expire(v1::Award& award) { award.set_state(v1::AWARD_STATE_EXPIRED); }

}  // namespace puente::education
