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

}  // namespace

absl::StatusOr<Telling> ReadTelling(sql::Session& session, absl::CivilDay day, const Asked& asked) {
  ASSIGN_OR_RETURN(const int64_t look, store::ReadLook(session));
  RETURN_IF_ERROR(puente::releases::CheckSeen(session, "economy", asked.at_least, look));
  RETURN_IF_ERROR(CheckSector(session, asked.sector));
  Telling telling;
  if (!asked.release.empty()) {
    ASSIGN_OR_RETURN(telling.release, NamedRelease(session, asked.release));
    telling.kind = telling.release->record_kind;
    return telling;
  }
  ASSIGN_OR_RETURN(telling.kind, agency::CountedKind(session, DemandStatements(), day));
  ASSIGN_OR_RETURN(telling.release, store::ReadLastRelease(session));
  if (telling.release && telling.release->record_kind != telling.kind) telling.release.reset();
  return telling;
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
