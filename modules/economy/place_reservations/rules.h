// What holds for reservations of places, whoever stores them.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/violation.h"
#include "puente/economy/v1/place_reservation.pb.h"
#include "puente/economy/v1/place_rule.pb.h"
#include "puente/economy/v1/training_place.pb.h"

namespace puente::economy {

// Of a new one: LEARNER_OF_ANOTHER organization.
std::vector<Violation> CheckLearner(const v1::PlaceReservation& reservation);
// Of its days: BEFORE_TODAY, OUTSIDE_PLACE.
std::vector<Violation> CheckStay(const v1::PlaceReservation& reservation,
                                 const v1::TrainingPlace& place, absl::CivilDay today);

// When what is held is given back; never in other states.
absl::Time ExpiresAt(const v1::PlaceReservation& reservation);
// Gives it back, as nobody confirmed it.
void Expire(absl::Time now, v1::PlaceReservation& reservation);

// RESERVATION_LAPSED if its hold has ended, whether that has been stored or not.
absl::Status CheckStillHeld(const v1::PlaceReservation& held, absl::Time now);
// STAY_TO_COME before its first day; STAY_OVER after its last one.
absl::Status CheckHasBegun(const v1::PlaceReservation& reservation, absl::CivilDay today);
absl::Status CheckNotOver(const v1::PlaceReservation& reservation, absl::CivilDay today);

// Until when what follows a break is to be done, by the rule of the day.
absl::CivilDay FollowDueDay(const v1::PlaceRule& rule, v1::FollowUp follow_up,
                            absl::CivilDay broken_off);

}  // namespace puente::economy
