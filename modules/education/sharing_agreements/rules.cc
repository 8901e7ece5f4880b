#include "modules/education/sharing_agreements/rules.h"

#include <string>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

absl::CivilDay FirstDayAfter(const v1::SharingAgreement& agreement) {
  return ToCivilDay(agreement.end_date()) + 1;
}

}  // namespace

std::vector<Violation> CheckOffer(const v1::SharingAgreement& agreement,
                                  const v1::Facility& facility, absl::CivilDay today) {
  std::vector<Violation> violations;
  if (agreement.guest() == facility.owner()) {
    violations.push_back(Against(rule::kGuestIsHost).At("sharing_agreement.guest"));
  }
  if (FirstDayAfter(agreement) <= today) {
    violations.push_back(
        Against(rule::kLastDayPast, "today"_is(Text(today))).At("sharing_agreement.end_date"));
  }
  return violations;
}

absl::Status CheckNotOver(const v1::SharingAgreement& agreement, absl::CivilDay today) {
  if (today < FirstDayAfter(agreement)) return absl::OkStatus();
  return Error(error::kSharingOver, "name"_is(agreement.name()),
               "day"_is(Text(ToCivilDay(agreement.end_date()))));
}

absl::Time EndsAt(const v1::SharingAgreement& agreement) {
  const bool goes_on = agreement.state() == v1::SHARING_AGREEMENT_STATE_OFFERED ||
                       agreement.state() == v1::SHARING_AGREEMENT_STATE_IN_FORCE;
  return goes_on ? StartOf(FirstDayAfter(agreement)) : absl::InfiniteFuture();
}

void Expire(absl::Time now, v1::SharingAgreement& agreement) {
  agreement.set_state(v1::SHARING_AGREEMENT_STATE_ENDED);
  agreement.set_end_cause(v1::SHARING_END_CAUSE_EXPIRED);
  *agreement.mutable_end_time() = ToProto(now);
}

}  // namespace puente::education
