// Releases of declared tables, as they are stored.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/journal/write.h"
#include "common/releases/as_of.h"
#include "common/releases/figures.h"
#include "common/sql/migrate.h"
#include "common/sql/session.h"
#include "puente/type/v1/record.pb.h"

namespace puente::releases {

// The migrations of a module that releases tables: its own and those of this folder.
std::vector<sql::Migration> WithReleases(const std::vector<sql::Migration>& own);

// A release of a family of tables.
struct Release {
  int64_t number = 0;  // grows from one to the next; no attempt has that of another
  int64_t position = 0;
  type::v1::RecordKind record_kind = type::v1::RECORD_KIND_UNSPECIFIED;
  absl::CivilDay last_date;  // up to which is counted
  absl::Time create_time;
};

namespace store {

// The number of the last one, 0 before the first: an edition of the agency's figures (see
// journal/sequencer.h), since a release has no entry.
inline constexpr sql::Query kLastNumber{"figure_release.last_number",
                                        "SELECT COALESCE(MAX(number), 0) FROM figure_release"};

// The last ones of a family before a number, of one kind of records or of all (UNSPECIFIED), the
// last one first.
absl::StatusOr<std::vector<Release>> ReadReleases(
    sql::Session& session, absl::string_view family, int64_t before, int most,
    type::v1::RecordKind kind = type::v1::RECORD_KIND_UNSPECIFIED);
// The last one of all kinds; nothing before the first.
absl::StatusOr<std::optional<Release>> ReadLastRelease(sql::Session& session,
                                                       absl::string_view family);
// Those of these numbers, by number.
absl::StatusOr<std::map<int64_t, Release>> ReadReleasesOf(sql::Session& session,
                                                          absl::string_view family,
                                                          absl::Span<const int64_t> numbers);

// What the next release of a table needs of these, as ReadReleases() gives them.
absl::StatusOr<Basis> ReadBasis(sql::Session& session, absl::string_view table,
                                const std::vector<Release>& releases, Texts& texts);
// What a release told.
absl::StatusOr<ToldBefore<Cell>> ReadTold(sql::Session& session, absl::string_view table,
                                          int64_t number, Texts& texts);

// A told cell with what it is about as texts; "" is all.
struct ToldCell {
  std::array<std::string, kMostDimensions> key;
  int64_t total = 0;
  int64_t as_of = 0;  // number of the release that its figure is of
  Measures medians = kNoMeasures;
};
// The cells that are told of these values of the first dimension ("" is all of them), and of these
// of other dimensions: of all values of those that are not named. By key.
absl::StatusOr<std::vector<ToldCell>> ReadCells(sql::Session& session, absl::string_view table,
                                                int64_t number,
                                                const std::vector<std::string>& firsts,
                                                const std::map<int, std::string>& others);

// The values of the first dimension of which cells are told, "" among them.
absl::StatusOr<std::vector<std::string>> ReadFirsts(sql::Session& session, absl::string_view table,
                                                    int64_t number);

// Whoever reads sees nothing of a release before StoreRelease(). Cells and parts come in
// transactions of few rows.
struct StoredCell {
  const Cell* cell = nullptr;
  int64_t as_of = 0;
};
absl::Status StoreCells(journal::Transaction& tx, absl::string_view table, int64_t number,
                        absl::Span<const StoredCell> cells, const Texts& texts);
// Why a release has parts.
enum class Role {
  kBasis,  // it rests on them
  kGone,   // the one before of its kind had them, and it hasn't
  kCome,   // the other way round
};
absl::Status StoreParts(journal::Transaction& tx, absl::string_view table, int64_t number,
                        Role role, int part, absl::Span<const Part> parts, const Texts& texts);
// Makes it the last one, and forgets the basis of those before of its kind, what they have
// otherwise than those before `oldest`, with which later ones are not compared any more, and what
// attempts that failed have left.
absl::Status StoreRelease(journal::Transaction& tx, absl::string_view family,
                          const std::vector<Table>& tables, const Release& release, int64_t oldest);

// Up to where the journal was looked at; -1 before the first look.
absl::StatusOr<int64_t> ReadLook(sql::Session& session, absl::string_view family);
absl::Status StoreLook(journal::Transaction& tx, absl::string_view family, int64_t position);

}  // namespace store
}  // namespace puente::releases
