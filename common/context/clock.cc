#include "common/context/clock.h"

namespace puente {
namespace {

class SystemClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace

const Clock& Clock::System() {
  static const auto* clock = new SystemClock;
  return *clock;
}

absl::TimeZone MexicoCity() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone loaded;
    // Without the zone's file: UTC-6 all year, as the law says since October 2022.
    return absl::LoadTimeZone("America/Mexico_City", &loaded) ? loaded
                                                              : absl::FixedTimeZone(-6 * 3600);
  }();
  return zone;
}

absl::CivilDay LegalDay(absl::Time time) { return absl::ToCivilDay(time, MexicoCity()); }

absl::Time StartOf(absl::CivilDay day) { return absl::FromCivil(day, MexicoCity()); }

}  // namespace puente
