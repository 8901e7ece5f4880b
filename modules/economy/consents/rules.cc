#include "modules/economy/consents/rules.h"

#include "absl/algorithm/container.h"
#include "common/context/values.h"

namespace puente::economy {
namespace {

bool InForce(const v1::Consent& consent, absl::CivilDay day) {
  return consent.state() == v1::CONSENT_STATE_ACTIVE && ToCivilDay(consent.start_date()) <= day &&
         (!consent.has_end_date() || day <= ToCivilDay(consent.end_date()));
}

}  // namespace

bool Allow(const std::vector<v1::Consent>& consents, v1::ConsentAct act, absl::CivilDay day) {
  return absl::c_any_of(consents, [&](const v1::Consent& consent) {
    return InForce(consent, day) && absl::c_linear_search(consent.acts(), act);
  });
}

}  // namespace puente::economy
