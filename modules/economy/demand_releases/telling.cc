#include "modules/economy/demand_releases/telling.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/agency/counted_kinds.h"
#include "common/journal/token.h"
#include "common/releases/making.h"
#include "common/resource/resource.h"
#include "common/sql/error.h"
#include "modules/economy/demand_statements/resource.h"
#include "modules/economy/errors.h"
#include "modules/economy/sector_tables/resource.h"

namespace puente::economy {
namespace {

constexpr char kReleasePrefix[] = "demandReleases/";

absl::Status CheckSector(sql::Session& session, const std::string& name) {
  if (name.empty()) return absl::OkStatus();
  return resource::Get(session, SectorTables(), name, "sector_table").status();
}

// The last release of a kind of records, and up to where looks have seen everything for it.
struct Last {
  std::optional<store::DemandRelease> release;
  int64_t seen = -1;
};

absl::StatusOr<Last> LastOfKind(sql::Session& session, type::v1::RecordKind kind) {
  Last last;
  ASSIGN_OR_RETURN(last.release, store::ReadLastRelease(session));
  if (!last.release || last.release->record_kind == kind) {
    ASSIGN_OR_RETURN(const store::Look look, store::ReadLook(session));
    last.seen = look.position;
    return last;
  }
  // Looks since then were for the other kind.
  ASSIGN_OR_RETURN(last.release, store::ReadLastRelease(session, kind));
  if (last.release) last.seen = last.release->position;
  return last;
}

}  // namespace

absl::StatusOr<Telling> ReadTelling(sql::Session& session, absl::CivilDay day, const Asked& asked) {
  ASSIGN_OR_RETURN(const type::v1::RecordKind kind,
                   agency::CountedKind(session, DemandStatements(), day));
  ASSIGN_OR_RETURN(Last last, LastOfKind(session, kind));
  RETURN_IF_ERROR(puente::releases::CheckSeen(session, "economy", asked.at_least, last.seen));
  RETURN_IF_ERROR(CheckSector(session, asked.sector));
  if (asked.release.empty()) return Telling{kind, std::move(last.release)};
  ASSIGN_OR_RETURN(store::DemandRelease named, NamedRelease(session, asked.release));
  return Telling{named.record_kind, std::move(named)};
}

absl::StatusOr<store::DemandRelease> NamedRelease(sql::Session& session, const std::string& name) {
  int64_t number = 0;
  if (absl::SimpleAtoi(absl::StripPrefix(name, kReleasePrefix), &number)) {
    ASSIGN_OR_RETURN(std::optional<store::DemandRelease> release,
                     store::ReadRelease(session, number));
    if (release) return *std::move(release);
  }
  return Error(error::kDemandReleaseNotFound, "name"_is(name));
}

std::string NameOf(const store::DemandRelease& release) {
  return absl::StrCat(kReleasePrefix, release.number);
}

type::v1::Figure UntoldIn(const store::DemandRelease& release, const std::string& sector) {
  const bool known = sector.empty() || release.sectors.contains(sector);
  return Untold(known ? type::v1::MARK_SUPPRESSED : type::v1::MARK_MISSING);
}

bool CanSplit(const store::DemandRelease& release, const std::string& sector) {
  return !absl::c_linear_search(release.could_not_split, sector);
}

absl::StatusOr<std::string> TokenOf(sql::Session& session, const store::DemandRelease& release) {
  ASSIGN_OR_RETURN(const journal::Tokens tokens, journal::ReadTokens(session, "economy"));
  return tokens.Make({journal::Token::Kind::kPosition, release.position});
}

absl::StatusOr<Origin> OriginOf(sql::Session& session, const store::DemandRelease& release,
                                const std::vector<store::ToldCell>& cells) {
  Origin origin;
  int64_t as_of = release.number;
  for (const store::ToldCell& told : cells) {
    origin.sources.insert(told.cell.sources.begin(), told.cell.sources.end());
    as_of = std::min(as_of, told.as_of);
    if (told.cell.first_year == 0) continue;
    const int first = told.cell.first_year;
    origin.first_year = origin.first_year == 0 ? first : std::min(origin.first_year, first);
    origin.last_year = std::max(origin.last_year, told.cell.last_year);
  }
  origin.as_of = release.create_time;
  if (as_of == release.number) return origin;
  ASSIGN_OR_RETURN(const auto earlier, store::ReadRelease(session, as_of));
  if (!earlier) return Error(sql::error::kRowCorrupt, "column"_is("demand_cell.as_of"));
  origin.as_of = earlier->create_time;
  return origin;
}

}  // namespace puente::economy
