// What holds for agreements of dual education, whoever stores them.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/violation.h"
#include "puente/education/v1/dual_agreement.pb.h"

namespace puente::education {

// Which side a caller of this kind is: "organization" or "company".
v1::DualParty PartyOf(absl::string_view kind);

// Of a new one: END_OVER if it would be over already.
std::vector<Violation> CheckAgreementDays(const v1::DualAgreement& agreement, absl::CivilDay today);
// ONE_OF for a cause that no caller states.
std::vector<Violation> CheckEndCause(v1::DualEndCause cause);

bool IsOver(const v1::DualAgreement& agreement, absl::CivilDay today);

// When it ends by itself; never if it is not in force.
absl::Time EndsAt(const v1::DualAgreement& agreement);
// Ends it, as its last day is over.
void EndByItself(absl::Time now, v1::DualAgreement& agreement);

}  // namespace puente::education
