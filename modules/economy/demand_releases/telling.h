// What every answer about a release rests on.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/context/values.h"
#include "common/releases/telling.h"
#include "common/sql/session.h"
#include "common/status/macros.h"
#include "modules/economy/demand_releases/store.h"
#include "puente/type/v1/figure.pb.h"
#include "puente/type/v1/record.pb.h"

namespace puente::economy {

struct Telling {
  type::v1::RecordKind kind;  // of what is counted
  // The last one of the kind, made as it counted last; nothing before the first.
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

// What is known of a figure that a release does not tell: that it is withheld or nobody needs
// anything; of a sector that it did not know, nothing.
type::v1::Figure UntoldIn(const store::DemandRelease& release, const std::string& sector);
// Whether all statements of a release say clearly enough whether they belong to a sector.
bool CanSplit(const store::DemandRelease& release, const std::string& sector);
// The freshness token of a release.
absl::StatusOr<std::string> TokenOf(sql::Session& session, const store::DemandRelease& release);

using puente::releases::Told;
using puente::releases::Untold;

// What told cells of a release are of, together.
struct Origin {
  std::set<std::string> sources;
  // In which periods begin and end; 0 where no cell is told. No days: the first is one company's.
  int first_year = 0;
  int last_year = 0;
  absl::Time as_of;  // of the earliest figure
};
absl::StatusOr<Origin> OriginOf(sql::Session& session, const store::DemandRelease& release,
                                const std::vector<store::ToldCell>& cells);

// Says of an answer which release it is of, whether that can be split by the sector that was asked
// for, and what its told cells are of.
template <class Answer>
absl::Status AddOrigin(sql::Session& session, const store::DemandRelease& release,
                       const std::string& sector, const std::vector<store::ToldCell>& cells,
                       Answer& out) {
  out.set_release(NameOf(release));
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), TokenOf(session, release));
  if (!CanSplit(release, sector)) out.add_could_not_split("sector");
  ASSIGN_OR_RETURN(const Origin origin, OriginOf(session, release, cells));
  for (const std::string& source : origin.sources) out.add_sources(source);
  if (origin.first_year != 0) {
    *out.mutable_first_date() = ToProto(absl::CivilDay(origin.first_year, 1, 1));
    *out.mutable_last_date() = ToProto(absl::CivilDay(origin.last_year, 12, 31));
  }
  *out.mutable_as_of_time() = ToProto(origin.as_of);
  return absl::OkStatus();
}

}  // namespace puente::economy
