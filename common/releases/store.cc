#include "common/releases/store.h"

#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/releases/content.pb.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"
#include "schema/releases.h"

namespace puente::releases {

std::vector<sql::Migration> WithReleases(const std::vector<sql::Migration>& own) {
  std::vector<sql::Migration> migrations = schema::releases();
  migrations.insert(migrations.end(), own.begin(), own.end());
  return migrations;
}

namespace store {
namespace {

constexpr sql::Query kParts{"figure_release.parts",
                            "SELECT content FROM figure_release_part"
                            " WHERE number = ? AND table_name = ? ORDER BY part"};
constexpr sql::Query kChanges{"figure_release.changes",
                              "SELECT gone, content FROM figure_release_change"
                              " WHERE number = ? AND table_name = ? ORDER BY part"};
constexpr sql::Query kKeys{"figure_release.keys",
                           "SELECT key_0, key_1, key_2, key_3 FROM figure_cell"
                           " WHERE number = ? AND table_name = ?"};
constexpr sql::Query kTold{"figure_release.told",
                           "SELECT key_0, key_1, key_2, key_3, total, as_of, median_0, median_1,"
                           " median_2, median_3 FROM figure_cell"
                           " WHERE number = ? AND table_name = ?"};
constexpr sql::BulkInsert kInsertCells{
    "figure_release.insert_cells",
    "INSERT INTO figure_cell (number, table_name, key_0, key_1, key_2, key_3, total, as_of,"
    " median_0, median_1, median_2, median_3) VALUES",
    12};
constexpr sql::Query kInsertPart{
    "figure_release.insert_part",
    "INSERT INTO figure_release_part (number, table_name, part, content) VALUES (?, ?, ?, ?)"};
constexpr sql::Query kInsertChange{
    "figure_release.insert_change",
    "INSERT INTO figure_release_change (number, table_name, part, gone, content)"
    " VALUES (?, ?, ?, ?, ?)"};
constexpr sql::Query kInsertRelease{
    "figure_release.insert",
    "INSERT INTO figure_release (number, family, position, record_kind, last_date, create_time)"
    " VALUES (?, ?, ?, ?, ?, ?)"};
constexpr sql::Query kForgetParts{"figure_release.forget_parts",
                                  "DELETE FROM figure_release_part WHERE table_name = ?"
                                  " AND number NOT IN (SELECT MAX(number) FROM figure_release"
                                  " WHERE family = ? GROUP BY record_kind)"};
constexpr sql::Query kForgetChanges{
    "figure_release.forget_changes",
    "DELETE FROM figure_release_change WHERE table_name = ? AND number NOT IN"
    " (SELECT number FROM figure_release WHERE family = ? AND (record_kind <> ? OR number > ?))"};
constexpr sql::Query kForgetCells{
    "figure_release.forget_cells",
    "DELETE FROM figure_cell WHERE table_name = ? AND number < ? AND number >"
    " (SELECT COALESCE(MAX(number), 0) FROM figure_release WHERE family = ? AND number < ?)"};
constexpr sql::Query kLook{"figure_release.look",
                           "SELECT COALESCE(MAX(position), -1) FROM figure_look WHERE family = ?"};
constexpr sql::Query kFirsts{"figure_release.firsts",
                             "SELECT DISTINCT key_0 FROM figure_cell WHERE number = ?"
                             " AND table_name = ? ORDER BY key_0"};
constexpr sql::Query kStoreLook{"figure_release.store_look",
                                "REPLACE INTO figure_look (family, position) VALUES (?, ?)"};

absl::StatusOr<std::vector<Release>> Releases(sql::Session& session, const char* name,
                                              absl::string_view rest,
                                              absl::Span<const sql::Value> values) {
  const std::string text =
      absl::StrCat("SELECT number, position, record_kind, DATEDIFF(last_date, '1970-01-01'), ",
                   sql::Micros("create_time"), " FROM figure_release WHERE family = ? ", rest);
  std::vector<Release> releases;
  RETURN_IF_ERROR(session.Each({name, text}, values, [&](const sql::Row& row) {
    releases.push_back({row.Int64(0), row.Int64(1), static_cast<type::v1::RecordKind>(row.Int64(2)),
                        absl::CivilDay(1970, 1, 1) + row.Int64(3),
                        absl::FromUnixMicros(row.Int64(4))});
    return absl::OkStatus();
  }));
  return releases;
}

absl::Status AppendParts(const std::string& bytes, Texts& texts, std::vector<Part>& parts) {
  Parts content;
  const auto corrupt = [] { return Error(sql::error::kRowCorrupt, "column"_is("content")); };
  if (!content.ParseFromString(bytes)) return corrupt();
  const int count = content.contributors_size();
  if (content.values_size() != count || content.places_size() != count * kMostDimensions ||
      content.measures_size() != count * kMostMeasures) {
    return corrupt();
  }
  std::vector<int32_t> numbers;
  for (const std::string& text : content.texts()) numbers.push_back(texts.Of(text));
  const auto number = [&](int position, int32_t& out) {
    if (position < 0 || position >= content.texts_size()) return false;
    out = numbers[position];
    return true;
  };
  for (int i = 0; i < count; ++i) {
    Part& part = parts.emplace_back();
    bool known = number(content.contributors(i), part.contributor);
    for (int d = 0; d < kMostDimensions; ++d) {
      known &= number(content.places(i * kMostDimensions + d), part.place[d]);
    }
    if (!known) return corrupt();
    for (int m = 0; m < kMostMeasures; ++m) {
      part.measures[m] = content.measures(i * kMostMeasures + m);
    }
    part.value = content.values(i);
  }
  return absl::OkStatus();
}

std::string Serialize(absl::Span<const Part> parts, const Texts& texts) {
  Parts content;
  absl::flat_hash_map<int32_t, int> numbers;
  const auto number = [&](int32_t text) {
    const auto [found, fresh] = numbers.try_emplace(text, content.texts_size());
    if (fresh) content.add_texts(texts.At(text));
    return found->second;
  };
  for (const Part& part : parts) {
    content.add_contributors(number(part.contributor));
    for (const int32_t text : part.place) content.add_places(number(text));
    for (const int32_t measure : part.measures) content.add_measures(measure);
    content.add_values(part.value);
  }
  return content.SerializeAsString();
}

Key KeyOf(const sql::Row& row, Texts& texts) {
  Key key = {};
  for (int d = 0; d < kMostDimensions; ++d) key[d] = texts.Of(row.Text(d));
  return key;
}

// Of a row that has them after its key, the total and the release that it is of.
Measures MediansOf(const sql::Row& row) {
  Measures medians = kNoMeasures;
  for (int m = 0; m < kMostMeasures; ++m) {
    const size_t column = kMostDimensions + 2 + m;
    if (!row.IsNull(column)) medians[m] = static_cast<int32_t>(row.Int64(column));
  }
  return medians;
}

// How often more a release has a part than another.
using Balance = std::map<Part, int>;

// Takes back what a release has otherwise than the one before.
absl::Status Undo(sql::Session& session, absl::string_view table, int64_t number, Texts& texts,
                  Balance& balance) {
  return session.Each(kChanges, {number, table}, [&](const sql::Row& row) -> absl::Status {
    std::vector<Part> parts;
    RETURN_IF_ERROR(AppendParts(row.Text(1), texts, parts));
    for (const Part& part : parts) balance[part] += row.Int64(0) != 0 ? 1 : -1;
    return absl::OkStatus();
  });
}

}  // namespace

absl::StatusOr<std::vector<Release>> ReadReleases(sql::Session& session, absl::string_view family,
                                                  int64_t before, int most,
                                                  type::v1::RecordKind kind) {
  if (kind == type::v1::RECORD_KIND_UNSPECIFIED) {
    return Releases(session, "figure_release.before", "AND number < ? ORDER BY number DESC LIMIT ?",
                    {family, before, most});
  }
  return Releases(session, "figure_release.of_kind",
                  "AND record_kind = ? AND number < ? ORDER BY number DESC LIMIT ?",
                  {family, static_cast<int>(kind), before, most});
}

absl::StatusOr<std::optional<Release>> ReadLastRelease(sql::Session& session,
                                                       absl::string_view family) {
  ASSIGN_OR_RETURN(const std::vector<Release> last,
                   ReadReleases(session, family, std::numeric_limits<int64_t>::max(), 1));
  return last.empty() ? std::nullopt : std::optional<Release>(last.front());
}

absl::StatusOr<std::map<int64_t, Release>> ReadReleasesOf(sql::Session& session,
                                                          absl::string_view family,
                                                          absl::Span<const int64_t> numbers) {
  std::map<int64_t, Release> by_number;
  if (numbers.empty()) return by_number;
  std::vector<sql::Value> list(numbers.begin(), numbers.end());
  sql::PadList(list);
  std::vector<sql::Value> values = {family};
  values.insert(values.end(), list.begin(), list.end());
  ASSIGN_OR_RETURN(const auto releases,
                   Releases(session, "figure_release.of",
                            absl::StrCat("AND number IN ", sql::InList(numbers.size())), values));
  for (const Release& release : releases) by_number[release.number] = release;
  return by_number;
}

absl::StatusOr<Basis> ReadBasis(sql::Session& session, absl::string_view table,
                                const std::vector<Release>& releases, Texts& texts) {
  Basis basis;
  if (releases.empty()) return basis;
  RETURN_IF_ERROR(session.Each(kParts, {releases.front().number, table}, [&](const sql::Row& row) {
    return AppendParts(row.Text(0), texts, basis.parts);
  }));
  Compact(basis.parts);  // in the order of today's numbers
  Balance since;         // the release that it has come to
  for (const Release& release : releases) {
    Earlier& earlier = basis.earlier.emplace_back();
    RETURN_IF_ERROR(session.Each(kKeys, {release.number, table}, [&](const sql::Row& row) {
      earlier.told.insert(KeyOf(row, texts));
      return absl::OkStatus();
    }));
    for (const auto& [part, more] : since) {
      if (more != 0) (more > 0 ? earlier.gone : earlier.come).push_back(part);
    }
    RETURN_IF_ERROR(Undo(session, table, release.number, texts, since));
  }
  return basis;
}

absl::StatusOr<ToldBefore<Cell>> ReadTold(sql::Session& session, absl::string_view table,
                                          int64_t number, Texts& texts) {
  ToldBefore<Cell> told;
  RETURN_IF_ERROR(session.Each(kTold, {number, table}, [&](const sql::Row& row) {
    const Key key = KeyOf(row, texts);
    told[key] = {{.key = key, .total = row.Int64(kMostDimensions), .medians = MediansOf(row)},
                 row.Int64(kMostDimensions + 1)};
    return absl::OkStatus();
  }));
  return told;
}

absl::StatusOr<std::vector<ToldCell>> ReadCells(sql::Session& session, absl::string_view table,
                                                int64_t number,
                                                const std::vector<std::string>& firsts,
                                                const std::map<int, std::string>& others) {
  std::string text = absl::StrCat(
      "SELECT key_0, key_1, key_2, key_3, total, as_of, median_0, median_1, median_2, median_3"
      " FROM figure_cell WHERE number = ? AND table_name = ?");
  std::vector<sql::Value> values = {number, table};
  for (const auto& [dimension, value] : others) {
    absl::StrAppend(&text, " AND key_", dimension, " = ?");
    values.emplace_back(value);
  }
  sql::AppendList(firsts, values);
  absl::StrAppend(&text, " AND key_0 IN ", sql::InList(firsts.size()),
                  " ORDER BY key_0, key_1, key_2, key_3");
  std::vector<ToldCell> cells;
  RETURN_IF_ERROR(session.Each({"figure_release.cells", text}, values, [&](const sql::Row& row) {
    ToldCell& told = cells.emplace_back();
    for (int d = 0; d < kMostDimensions; ++d) told.key[d] = row.Text(d);
    told.total = row.Int64(kMostDimensions);
    told.as_of = row.Int64(kMostDimensions + 1);
    told.medians = MediansOf(row);
    return absl::OkStatus();
  }));
  return cells;
}

absl::StatusOr<std::vector<std::string>> ReadFirsts(sql::Session& session, absl::string_view table,
                                                    int64_t number) {
  std::vector<std::string> firsts;
  RETURN_IF_ERROR(session.Each(kFirsts, {number, table}, [&](const sql::Row& row) {
    firsts.push_back(row.Text(0));
    return absl::OkStatus();
  }));
  return firsts;
}

absl::Status StoreCells(journal::Transaction& tx, absl::string_view table, int64_t number,
                        absl::Span<const StoredCell> cells, const Texts& texts) {
  std::vector<sql::Value> values;
  values.reserve(cells.size() * kInsertCells.columns);
  for (const StoredCell& stored : cells) {
    values.emplace_back(number);
    values.emplace_back(table);
    for (const int32_t text : stored.cell->key) values.emplace_back(texts.At(text));
    values.emplace_back(stored.cell->total);
    values.emplace_back(stored.as_of);
    for (const int32_t median : stored.cell->medians) {
      if (median == kNone) {
        values.emplace_back();
      } else {
        values.emplace_back(median);
      }
    }
  }
  return tx.InsertRows(kInsertCells, values);
}

absl::Status StoreParts(journal::Transaction& tx, absl::string_view table, int64_t number,
                        Role role, int part, absl::Span<const Part> parts, const Texts& texts) {
  if (role == Role::kBasis) {
    return tx.Execute(kInsertPart, {number, table, part, Serialize(parts, texts)}).status();
  }
  return tx
      .Execute(kInsertChange, {number, table, part, role == Role::kGone, Serialize(parts, texts)})
      .status();
}

absl::Status StoreRelease(journal::Transaction& tx, absl::string_view family,
                          const std::vector<Table>& tables, const Release& release,
                          int64_t oldest) {
  const int kind = static_cast<int>(release.record_kind);
  RETURN_IF_ERROR(
      tx.Execute(kInsertRelease, {release.number, family, release.position, kind,
                                  absl::FormatCivilTime(release.last_date), release.create_time})
          .status());
  for (const Table& table : tables) {
    // Attempts since the release before have numbers between the two.
    RETURN_IF_ERROR(
        tx.Execute(kForgetCells, {table.name, release.number, family, release.number}).status());
    RETURN_IF_ERROR(tx.Execute(kForgetChanges, {table.name, family, kind, oldest}).status());
    RETURN_IF_ERROR(tx.Execute(kForgetParts, {table.name, family}).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<int64_t> ReadLook(sql::Session& session, absl::string_view family) {
  return session.Number(kLook, {family});
}

absl::Status StoreLook(journal::Transaction& tx, absl::string_view family, int64_t position) {
  return tx.Execute(kStoreLook, {family, position}).status();
}

}  // namespace store
}  // namespace puente::releases
