// What holds for sharing agreements, whoever stores them. The day decides, whatever due work has
// stored so far.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/violation.h"
#include "puente/education/v1/facility.pb.h"
#include "puente/education/v1/sharing_agreement.pb.h"

namespace puente::education {

// Of a new one: GUEST_IS_HOST, LAST_DAY_PAST.
std::vector<Violation> CheckOffer(const v1::SharingAgreement& agreement,
                                  const v1::Facility& facility, absl::CivilDay today);
// SHARING_OVER after its last day.
absl::Status CheckNotOver(const v1::SharingAgreement& agreement, absl::CivilDay today);

// When it ends by itself; never once it is over.
absl::Time EndsAt(const v1::SharingAgreement& agreement);
void Expire(absl::Time now, v1::SharingAgreement& agreement);

}  // namespace puente::education
