// What every answer about a release rests on.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/context/values.h"
#include "common/sql/session.h"
#include "modules/economy/demand_releases/store.h"
#include "puente/type/v1/figure.pb.h"
#include "puente/type/v1/record.pb.h"

namespace puente::economy {

struct Telling {
  type::v1::RecordKind kind;  // of what is counted
  // Nothing before the first of what counts from today on.
  std::optional<store::DemandRelease> release;
};

// What a question asks for.
struct Asked {
  const std::string&
      at_least;                // freshness token of a write that must have been looked at; or empty
  const std::string& sector;   // "sectorTables/{sector_table}"; empty means all
  const std::string& release;  // "demandReleases/{demand_release}"; empty means the last one of the
                               // kind that counts on the day
};

// POSITION_NOT_REACHED, SECTOR_TABLE_NOT_FOUND, DEMAND_RELEASE_NOT_FOUND, INVALID_FRESHNESS_TOKEN.
absl::StatusOr<Telling> ReadTelling(sql::Session& session, absl::CivilDay day, const Asked& asked);

// The release of a name; DEMAND_RELEASE_NOT_FOUND.
absl::StatusOr<store::DemandRelease> NamedRelease(sql::Session& session, const std::string& name);
std::string NameOf(const store::DemandRelease& release);

// Whether all statements of a release say clearly enough whether they belong to a sector.
bool CanSplit(const store::DemandRelease& release, const std::string& sector);
// The freshness token of a release.
absl::StatusOr<std::string> TokenOf(sql::Session& session, const store::DemandRelease& release);
// When the release of a number was made.
absl::StatusOr<absl::Time> TimeOf(sql::Session& session, int64_t number);

type::v1::Figure Told(int64_t value);
type::v1::Figure Untold(type::v1::Mark mark);

// Years are told of periods, no days: the first day is one company's.
template <class Answer>
void AddYears(const store::ToldCell& told, Answer& out) {
  if (told.cell.first_year == 0) return;
  const absl::CivilDay first(told.cell.first_year, 1, 1);
  const absl::CivilDay last(told.cell.last_year, 12, 31);
  if (!out.has_first_date() || ToCivilDay(out.first_date()) > first) {
    *out.mutable_first_date() = ToProto(first);
  }
  if (!out.has_last_date() || ToCivilDay(out.last_date()) < last) {
    *out.mutable_last_date() = ToProto(last);
  }
}

}  // namespace puente::economy
