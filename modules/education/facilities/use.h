// Which seats of facilities are used: rows beside each, one for a quarter of an hour of a day in
// which something was ever booked. Every transaction that books or frees changes them, once it has
// guarded the facility.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/journal/write.h"
#include "modules/education/facilities/rules.h"
#include "puente/education/v1/facility.pb.h"
#include "puente/education/v1/facility_booking.pb.h"

namespace puente::education {

// Takes the seats of a booking. FACILITY_FULL, and then nothing of this transaction may be stored.
absl::Status TakeSeats(journal::Transaction& tx, const v1::Facility& facility,
                       const v1::FacilityBooking& booking);
// Frees them.
absl::Status FreeSeats(journal::Transaction& tx, const v1::FacilityBooking& booking);

// What is used of a facility on these days.
absl::StatusOr<Use> ReadUse(sql::Session& session, const std::string& facility,
                            absl::CivilDay first, absl::CivilDay last);

// Of each day that something is booked for, from when until when; without the quarters of an hour
// that are over in this minute.
absl::StatusOr<std::vector<DayPart>> BookedDays(sql::Session& session, const std::string& facility,
                                                absl::CivilMinute from);
// The first quarter of an hour that is not over then in which more seats are used than so many.
absl::StatusOr<std::optional<DayPart>> FirstOver(sql::Session& session, const std::string& facility,
                                                 absl::CivilMinute from, int capacity);

}  // namespace puente::education
