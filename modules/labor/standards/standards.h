// The dated numbers of the labour law that the quality rules judge by.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "modules/labor/values.h"
#include "puente/labor/v1/standards.pb.h"

namespace puente::labor::rules {

// A minimum wage, from its day until the next one of its zone; the last one until its year ends.
struct DatedWage {
  absl::CivilDay from;
  Centavos daily = 0;
  std::string source;
};

// A longest working week, from its day until the next one.
struct DatedLimit {
  absl::CivilDay from;
  int weekly_minutes = 0;
  std::string source;
};

// Which wage zones a workplace may lie in: one, or both where the municipality is not understood.
struct Zones {
  bool general = false;
  bool border = false;
};

// Immutable; safe to share between threads.
class Standards {
 public:
  Standards() = default;
  // INVALID_STANDARDS if a number or date is none, or two of a kind begin on one day.
  static absl::StatusOr<Standards> From(const v1::Standards& standards);

  // The wage of a zone on a day; null before the earliest that is at hand, and in years after that
  // of the last one.
  const DatedWage* WageOn(v1::WageZone zone, absl::CivilDay day) const;
  // The limit on a day; null before the earliest that is at hand.
  const DatedLimit* WeeklyLimitOn(absl::CivilDay day) const;
  // Where a workplace lies. In a state that has both zones on that day, a municipality that is
  // empty or not understood (FindMunicipality) may lie in either.
  Zones ZonesOf(absl::string_view state_code, absl::string_view municipality,
                absl::CivilDay day) const;

 private:
  // The municipalities of one state that belong to the border zone, since when.
  struct BorderState {
    absl::flat_hash_map<std::string, absl::CivilDay> municipalities;  // by Fold(name); "" is all
    absl::CivilDay earliest;
  };

  std::vector<DatedWage> general_;  // by day
  std::vector<DatedWage> border_;   // by day
  std::vector<DatedLimit> limits_;  // by day
  absl::flat_hash_map<std::string, BorderState> states_;
};

}  // namespace puente::labor::rules
