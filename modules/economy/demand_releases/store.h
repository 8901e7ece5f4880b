// Releases of demand, as they are stored.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/journal/write.h"
#include "common/releases/as_of.h"
#include "common/sql/session.h"
#include "modules/economy/demand_releases/figures.h"
#include "puente/type/v1/record.pb.h"

namespace puente::economy::store {

// A release as a whole.
struct DemandRelease {
  int64_t number = 0;  // grows from one to the next; no attempt has that of another
  int64_t position = 0;
  type::v1::RecordKind record_kind = type::v1::RECORD_KIND_UNSPECIFIED;
  Sectors sectors;
  std::vector<std::string> could_not_split;
  absl::Time create_time;
};

// The last one of all kinds; nothing before the first.
absl::StatusOr<std::optional<DemandRelease>> ReadLastRelease(sql::Session& session);
// The last one of a kind of records: what is told of it, whoever asks.
absl::StatusOr<std::optional<DemandRelease>> ReadLastRelease(sql::Session& session,
                                                             type::v1::RecordKind kind);
// The last ones of a kind of records, the last one first.
absl::StatusOr<std::vector<DemandRelease>> ReadReleases(sql::Session& session,
                                                        type::v1::RecordKind kind, int most);

// The one of this number; nothing if there is none.
absl::StatusOr<std::optional<DemandRelease>> ReadRelease(sql::Session& session, int64_t number);

// The last ones before a number, of all kinds, the last one first.
absl::StatusOr<std::vector<DemandRelease>> ReadReleasesBefore(sql::Session& session, int64_t number,
                                                              int most);

// What the next release needs of these, as ReadReleases() gives them.
absl::StatusOr<releases::Basis> ReadBasis(sql::Session& session,
                                          const std::vector<DemandRelease>& releases);
// What a release told.
absl::StatusOr<::puente::releases::ToldBefore<releases::Cell>> ReadTold(sql::Session& session,
                                                                        int64_t number);

// A told cell of a release.
struct ToldCell {
  releases::Cell cell;
  int64_t as_of = 0;  // number of the release that its figure is of
};
// The cells of a sector, a state and each of these skills that are told ("" is all of them).
absl::StatusOr<std::vector<ToldCell>> ReadCells(sql::Session& session, int64_t number,
                                                const std::string& sector,
                                                const std::string& state_code,
                                                const std::vector<std::string>& skills);
// The skills that are told of a sector and state, those with most heads first.
absl::StatusOr<std::vector<ToldCell>> ReadTopSkills(sql::Session& session, int64_t number,
                                                    const releases::Key& of, int most);
// The skills that are told of a sector and state and come after one by name, `most` of them.
absl::StatusOr<std::vector<ToldCell>> ReadSkillsAfter(sql::Session& session, int64_t number,
                                                      const releases::Key& of,
                                                      const std::string& after, int64_t most);
// Sector tables in a state ("" is the country), by what of their demand is told to be above 0.
struct Tables {
  int64_t number = 0;                // of the release
  std::vector<std::string> sectors;  // all of them
  std::string state_code;
};
// How many of them have any.
absl::StatusOr<int64_t> CountTables(sql::Session& session, const Tables& tables);
// In how many each of these skills is needed; no entry for none.
absl::StatusOr<std::map<std::string, int64_t>> CountTablesOf(
    sql::Session& session, const Tables& tables, const std::vector<std::string>& skills);
// The skills that are needed in at least so many and come after one by name, `most` of them.
absl::StatusOr<std::vector<std::string>> ReadWideSkills(sql::Session& session, const Tables& tables,
                                                        int64_t least, const std::string& after,
                                                        int64_t most);
// The cells of a sector, each of its states and each of these skills that are told, by state.
absl::StatusOr<std::vector<ToldCell>> ReadStates(sql::Session& session, int64_t number,
                                                 const std::string& sector,
                                                 const std::vector<std::string>& skills);

// All told cells of a sector ("" is all of them), by state and skill.
absl::StatusOr<std::vector<ToldCell>> ReadSector(sql::Session& session, int64_t number,
                                                 const std::string& sector);

// Whoever reads sees nothing of a release before StoreRelease(). Cells and parts come in
// transactions of few rows.
absl::Status StoreCells(journal::Transaction& tx, int64_t number, absl::Span<const ToldCell> cells);
// Why a release has parts.
enum class Role {
  kBasis,  // it rests on them
  kGone,   // the one before of its kind had them, and it hasn't
  kCome,   // the other way round
};
absl::Status StoreParts(journal::Transaction& tx, int64_t number, Role role, int part,
                        absl::Span<const releases::Part> parts);
// Makes it the last one, and forgets the basis of those before of its kind, what they have
// otherwise than those before `oldest`, with which later ones are not compared any more, and what
// attempts that failed have left.
absl::Status StoreRelease(journal::Transaction& tx, const DemandRelease& release, int64_t oldest);

// Up to where the journal was looked at, and on which day; -1 before the first look.
struct Look {
  int64_t position = -1;
  absl::CivilDay day;
};
absl::StatusOr<Look> ReadLook(sql::Session& session);
absl::Status StoreLook(journal::Transaction& tx, const Look& look);

}  // namespace puente::economy::store
