// How long a training place is offered, and whether anybody still says so. The day decides,
// whatever due work has stored so far.
#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/violation.h"
#include "puente/economy/v1/training_place.pb.h"

namespace puente::economy {

// Days after which it is asked whether an offer stands, and days that are left to answer.
inline constexpr int kConfirmDays = 60;
inline constexpr int kAnswerDays = 14;

// "companies/acme" of "companies/acme/trainingPlaces/one".
std::string CompanyOfPlace(absl::string_view name);

// BEFORE_TODAY of what ends before.
std::vector<Violation> CheckLastDay(const v1::TrainingPlace& place, absl::CivilDay today);

// Of one that was closed by a caller: ONE_OF, REQUIRED or ONLY_IF_FILLED.
std::vector<Violation> CheckClosing(const v1::TrainingPlace& closed);

// Of one that is to be joined under another: NOT_ANOTHER_OFFER.
std::vector<Violation> CheckJoining(const v1::TrainingPlace& joined, const v1::TrainingPlace& lead);

// Somebody says today that the offer stands.
void Renew(absl::CivilDay today, v1::TrainingPlace& place);

// When it comes into another state by itself; never once it is closed.
absl::Time TurnsAt(const v1::TrainingPlace& place);

// Closes it after its last day; while it is open, asks whether it stands, and pauses it where
// nobody has answered.
void Settle(absl::Time now, v1::TrainingPlace& place);

}  // namespace puente::economy
