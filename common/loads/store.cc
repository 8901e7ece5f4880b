#include "common/loads/store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/page.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"
#include "common/sql/row.h"

namespace puente::loads::store {
namespace {

constexpr sql::BulkInsert kAdd{
    "load.add",
    "INSERT INTO record_load (id, version, state, collection, profile, parent, source, record_kind,"
    " caller, actor, row_count, taken_count, changed_count, unchanged_count, refused_count,"
    " left_out_count, truncated, content_digest, create_time, update_time) VALUES",
    20};
constexpr sql::Query kReplace{
    "load.replace",
    "UPDATE record_load SET version = version + 1, state = ?, row_count = ?, taken_count = ?,"
    " changed_count = ?, unchanged_count = ?, refused_count = ?, left_out_count = ?, truncated = ?,"
    " content_digest = ?, update_time = ? WHERE id = ? AND version = ?"};
constexpr sql::BulkInsert kAddRows{
    "load.add_rows",
    "INSERT INTO record_load_rows (load_id, last_row, refused_count, content) VALUES", 4};
constexpr sql::Query kReadRows{"load.read_rows",
                               "SELECT content FROM record_load_rows WHERE load_id = ?"
                               " AND last_row > ? ORDER BY last_row LIMIT 1"};
constexpr sql::Query kReadRefused{"load.read_refused",
                                  "SELECT content FROM record_load_rows WHERE load_id = ?"
                                  " AND last_row > ? AND refused_count > 0"
                                  " ORDER BY last_row LIMIT 1"};

// Acknowledgements in one row of the table, which holds 16 MB: one says ten errors at most.
constexpr size_t kMostPieceRows = 1000;

std::string SelectText(absl::string_view rest) {
  return absl::StrCat(
      "SELECT id AS _id, number AS _number, version AS _version, state, collection, profile,"
      " parent, source, record_kind, caller, actor, row_count, taken_count, changed_count,"
      " unchanged_count, refused_count, left_out_count, truncated, content_digest, ",
      sql::Micros("create_time"), " AS create_time, ", sql::Micros("update_time"),
      " AS update_time FROM record_load ", rest);
}

absl::StatusOr<std::vector<Kept>> Select(sql::Session& session, const sql::Query& query,
                                         absl::Span<const sql::Value> values) {
  std::vector<Kept> found;
  RETURN_IF_ERROR(
      session.EachInto(query, values, api::v1::Load::descriptor(), [&](const sql::Row& row) {
        Kept& kept = found.emplace_back();
        kept.number = row.Int64(1);
        kept.version = row.Int64(2);
        RETURN_IF_ERROR(row.Into(kept.load));
        kept.load.set_name(absl::StrCat("loads/", row.Text(0)));
        return absl::OkStatus();
      }));
  return found;
}

void Journal(journal::Transaction& tx, int64_t version, const api::v1::Load& load) {
  tx.Changed(load.name(), version, crypto::Sha256(crypto::Canonical(load)));
}

}  // namespace

absl::StatusOr<std::optional<Kept>> Find(sql::Session& session, const std::string& id) {
  static const auto* const text = new std::string(SelectText("WHERE id = ?"));
  ASSIGN_OR_RETURN(std::vector<Kept> found, Select(session, {"load.find", *text}, {id}));
  if (found.empty()) return std::optional<Kept>();
  return std::optional<Kept>(std::move(found.front()));
}

absl::StatusOr<std::vector<Kept>> List(sql::Session& session, const std::string& caller,
                                       int64_t before, int most) {
  static const auto* const all =
      new std::string(SelectText("WHERE number < ? ORDER BY number DESC LIMIT ?"));
  static const auto* const own =
      new std::string(SelectText("WHERE caller = ? AND number < ? ORDER BY number DESC LIMIT ?"));
  if (caller.empty()) return Select(session, {"load.list", *all}, {before, most});
  return Select(session, {"load.list_own", *own}, {caller, before, most});
}

absl::Status Add(journal::Transaction& tx, const std::string& id, const api::v1::Load& load) {
  const absl::Status added = tx.InsertRows(kAdd, {id,
                                                  int64_t{1},
                                                  static_cast<int>(load.state()),
                                                  load.collection(),
                                                  load.profile(),
                                                  load.parent(),
                                                  load.source(),
                                                  static_cast<int>(load.record_kind()),
                                                  load.caller(),
                                                  load.actor(),
                                                  load.row_count(),
                                                  load.taken_count(),
                                                  load.changed_count(),
                                                  load.unchanged_count(),
                                                  load.refused_count(),
                                                  load.left_out_count(),
                                                  load.truncated(),
                                                  load.content_digest(),
                                                  FromProto(load.create_time()),
                                                  FromProto(load.update_time())});
  if (sql::IsDuplicate(added)) return Error(sql::error::kConflict);
  RETURN_IF_ERROR(added);
  Journal(tx, 1, load);
  return absl::OkStatus();
}

absl::Status Replace(journal::Transaction& tx, const std::string& id, const Kept& before,
                     const api::v1::Load& load) {
  ASSIGN_OR_RETURN(
      const int64_t replaced,
      tx.Execute(kReplace, {static_cast<int>(load.state()), load.row_count(), load.taken_count(),
                            load.changed_count(), load.unchanged_count(), load.refused_count(),
                            load.left_out_count(), load.truncated(), load.content_digest(),
                            FromProto(load.update_time()), id, before.version}));
  if (replaced != 1) return Error(sql::error::kConflict);
  Journal(tx, before.version + 1, load);
  return absl::OkStatus();
}

absl::Status AddRows(journal::Transaction& tx, const std::string& id,
                     absl::Span<const api::v1::LoadRow* const> rows) {
  for (size_t at = 0; at < rows.size(); at += kMostPieceRows) {
    const auto piece = rows.subspan(at, kMostPieceRows);
    api::v1::ListLoadRowsResponse content;
    int refused = 0;
    for (const api::v1::LoadRow* row : piece) {
      *content.add_rows() = *row;
      if (row->outcome() == api::v1::LOAD_OUTCOME_REFUSED) ++refused;
    }
    const std::string bytes = content.SerializeAsString();
    RETURN_IF_ERROR(tx.InsertRows(kAddRows, {id, piece.back()->row(), refused, bytes}));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<api::v1::LoadRow>> ReadRows(sql::Session& session, const std::string& id,
                                                       int64_t behind, bool refused_only,
                                                       int most) {
  std::vector<api::v1::LoadRow> rows;
  size_t bytes = 0;
  api::v1::ListLoadRowsResponse content;
  while (true) {
    content.Clear();
    RETURN_IF_ERROR(session.Each(
        refused_only ? kReadRefused : kReadRows, {id, behind}, [&](const sql::Row& row) {
          return content.ParseFromString(row.Text(0))
                     ? absl::OkStatus()
                     : Error(sql::error::kRowCorrupt, "column"_is("record_load_rows.content"));
        }));
    if (content.rows_size() == 0) return rows;
    for (const api::v1::LoadRow& row : content.rows()) {
      const bool asked = !refused_only || row.outcome() == api::v1::LOAD_OUTCOME_REFUSED;
      if (row.row() <= behind || !asked) continue;
      if (rows.size() == static_cast<size_t>(most) || bytes > resource::kMostPageBytes) return rows;
      bytes += row.ByteSizeLong();
      rows.push_back(row);
    }
    behind = content.rows().rbegin()->row();
  }
}

}  // namespace puente::loads::store
