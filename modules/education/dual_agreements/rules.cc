#include "modules/education/dual_agreements/rules.h"

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/fields/rules.h"
#include "modules/education/errors.h"

namespace puente::education {

v1::DualParty PartyOf(absl::string_view kind) {
  return kind == "company" ? v1::DUAL_PARTY_COMPANY : v1::DUAL_PARTY_ORGANIZATION;
}

std::vector<Violation> CheckAgreementDays(const v1::DualAgreement& agreement,
                                          absl::CivilDay today) {
  if (!IsOver(agreement, today)) return {};
  return {Against(rule::kEndOver, "today"_is(absl::FormatCivilTime(today)))
              .At("dual_agreement.end_date")};
}

std::vector<Violation> CheckEndCause(v1::DualEndCause cause) {
  if (cause != v1::DUAL_END_CAUSE_LAST_DAY) return {};
  return {Against(puente::rule::kOneOf,
                  "values"_is("MUTUAL, LEARNER_LEFT, ORGANIZATION_CANNOT, COMPANY_CANNOT,"
                              " TERMS_NOT_KEPT, OTHER"))
              .At("cause")};
}

bool IsOver(const v1::DualAgreement& agreement, absl::CivilDay today) {
  return ToCivilDay(agreement.end_date()) < today;
}

absl::Time EndsAt(const v1::DualAgreement& agreement) {
  return agreement.state() == v1::DUAL_AGREEMENT_STATE_IN_FORCE
             ? StartOf(ToCivilDay(agreement.end_date()) + 1)
             : absl::InfiniteFuture();
}

void EndByItself(absl::Time now, v1::DualAgreement& agreement) {
  agreement.set_state(v1::DUAL_AGREEMENT_STATE_ENDED);
  agreement.set_end_cause(v1::DUAL_END_CAUSE_LAST_DAY);
  *agreement.mutable_end_time() = ToProto(now);
}

}  // namespace puente::education
