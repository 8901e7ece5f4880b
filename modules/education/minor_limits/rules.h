// Limits of minors as dated data: which count for somebody of some age.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "puente/education/v1/minor_limit.pb.h"

namespace puente::education {

// From which age on nobody is a minor.
inline constexpr int kOfAge = 18;

// Of one that is added: AGES_REVERSED.
std::vector<Violation> CheckAges(const v1::MinorLimit& limit, const std::string& under);

// Whole years of who was born on a day; of who was born on 29 February they are full on 1 March.
int AgeOn(absl::CivilDay birth, absl::CivilDay day);

// What counts for a learner on some days.
struct Limits {
  int daily_minutes = 0;  // most; 0 for none
  int weekly_minutes = 0;
  bool consent_needed = false;
};
// Of who was born on a day, the strictest of what counts on any day from the first to the last.
// Nothing if a minor is of an age for which no limit counts then: nobody so young learns so.
std::optional<Limits> LimitsOf(absl::CivilDay birth, absl::CivilDay first, absl::CivilDay last,
                               const std::vector<v1::MinorLimit>& limits);

}  // namespace puente::education
