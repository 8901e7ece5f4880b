// What is asked about bookings of a facility.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/sql/session.h"
#include "modules/education/facilities/rules.h"
#include "modules/education/facility_bookings/rules.h"
#include "puente/education/v1/sharing_agreement.pb.h"

namespace puente::education::store {

// The first booking of a facility that has something of this part of a day; "" if there is none.
absl::StatusOr<std::string> FirstBooking(sql::Session& session, const std::string& facility,
                                         const DayPart& part);

// What the guest has booked by a sharing agreement that touches any of these days.
absl::StatusOr<std::vector<BookedTime>> BookedBy(sql::Session& session,
                                                 const v1::SharingAgreement& agreement,
                                                 absl::CivilDay first, absl::CivilDay last);

}  // namespace puente::education::store
