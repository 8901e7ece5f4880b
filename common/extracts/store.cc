#include "common/extracts/store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/due/errors.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"
#include "common/sql/row.h"
#include "schema/extracts.h"

namespace puente::extracts {

std::vector<sql::Migration> WithExtracts(const std::vector<sql::Migration>& own) {
  std::vector<sql::Migration> migrations = schema::extracts();
  migrations.insert(migrations.end(), own.begin(), own.end());
  return migrations;
}

namespace store {
namespace {

using api::v1::FigureExtract;

constexpr sql::BulkInsert kAdd{"figure_extract.add",
                               "INSERT INTO figure_extract (id, attempt, chunk_count, state, "
                               "tables, freshness_token, sha256, byte_count,"
                               " row_count, failure_reason, create_time) VALUES",
                               11};
constexpr sql::Query kForgetChunks{"figure_extract.forget_chunks",
                                   "DELETE FROM figure_extract_chunk WHERE extract_id = ?"};
// State 1 is QUEUED.
constexpr sql::Query kBegin{
    "figure_extract.begin",
    "UPDATE figure_extract SET attempt = ?, chunk_count = 0 WHERE id = ? AND state = 1"};
// Writes the row on which a chunk rests (docs/decisions/0026).
constexpr sql::Query kCountChunk{"figure_extract.count_chunk",
                                 "UPDATE figure_extract SET chunk_count = chunk_count + 1"
                                 " WHERE id = ? AND attempt = ? AND state = 1 AND chunk_count = ?"};
constexpr sql::BulkInsert kAddChunk{
    "figure_extract.add_chunk",
    "INSERT INTO figure_extract_chunk (extract_id, part, content) VALUES", 3};
constexpr sql::Query kFinish{
    "figure_extract.finish",
    "UPDATE figure_extract SET state = ?, freshness_token = ?, read_time = ?, sha256 = ?,"
    " byte_count = ?, row_count = ?, failure_reason = ?"
    " WHERE id = ? AND attempt = ? AND state = 1"};
// State 2 is READY, 4 GONE.
constexpr sql::Query kOldestReady{
    "figure_extract.oldest_ready",
    "SELECT id FROM figure_extract FORCE INDEX (by_state) WHERE state = 2 AND create_time < ?"
    " ORDER BY create_time LIMIT 1"};
constexpr sql::Query kOldest{"figure_extract.oldest",
                             "SELECT id FROM (SELECT id, create_time FROM figure_extract ORDER BY"
                             " number LIMIT 1) AS oldest WHERE create_time < ?"};
constexpr sql::Query kGone{"figure_extract.gone",
                           "UPDATE figure_extract SET state = 4 WHERE id = ? AND state = 2"};
constexpr sql::Query kForget{"figure_extract.forget", "DELETE FROM figure_extract WHERE id = ?"};
constexpr sql::Query kReadChunk{
    "figure_extract.read_chunk",
    "SELECT content FROM figure_extract_chunk WHERE extract_id = ? AND part = ?"};

void Journal(journal::Transaction& tx, int64_t version, const FigureExtract& extract) {
  tx.Changed(extract.name(), version, crypto::Sha256(crypto::Canonical(extract)));
}

std::string NameOf(const std::string& id) { return absl::StrCat("figureExtracts/", id); }

absl::StatusOr<std::string> FirstId(sql::Session& session, const sql::Query& query,
                                    absl::Time before) {
  std::string id;
  RETURN_IF_ERROR(session.Each(query, {before}, [&](const sql::Row& row) {
    id = row.Text(0);
    return absl::OkStatus();
  }));
  return id;
}

absl::Status Lost() { return Error(puente::error::kLeaseLost, "kind"_is("figures.extract")); }

}  // namespace

absl::StatusOr<std::optional<FigureExtract>> Find(sql::Session& session, const std::string& id) {
  static const auto* const text = new std::string(
      absl::StrCat("SELECT state, tables, freshness_token, ", sql::Micros("read_time"),
                   " AS read_time,", " sha256, byte_count, row_count, failure_reason, ",
                   sql::Micros("create_time"), " AS create_time FROM figure_extract WHERE id = ?"));
  std::optional<FigureExtract> found;
  RETURN_IF_ERROR(session.EachInto({"figure_extract.find", *text}, {id},
                                   FigureExtract::descriptor(), [&](const sql::Row& row) {
                                     RETURN_IF_ERROR(row.Into(found.emplace()));
                                     found->set_name(NameOf(id));
                                     return absl::OkStatus();
                                   }));
  return found;
}

absl::Status Add(journal::Transaction& tx, const std::string& id, const FigureExtract& extract) {
  const auto* tables = FigureExtract::descriptor()->FindFieldByName("tables");
  const absl::Status added = tx.InsertRows(
      kAdd, {id, int64_t{0}, 0, static_cast<int>(extract.state()), sql::FieldValue(extract, tables),
             "", "", int64_t{0}, int64_t{0}, "", FromProto(extract.create_time())});
  if (sql::IsDuplicate(added)) return Error(sql::error::kConflict);
  RETURN_IF_ERROR(added);
  Journal(tx, 1, extract);
  return absl::OkStatus();
}

absl::Status Begin(journal::Transaction& tx, const std::string& id, int64_t attempt) {
  ASSIGN_OR_RETURN(const int64_t found, tx.Execute(kBegin, {attempt, id}));
  if (found != 1) return Lost();
  return tx.Execute(kForgetChunks, {id}).status();
}

absl::Status AddChunk(journal::Transaction& tx, const std::string& id, int64_t attempt, int part,
                      absl::string_view content) {
  ASSIGN_OR_RETURN(const int64_t found, tx.Execute(kCountChunk, {id, attempt, part}));
  return found == 1 ? tx.InsertRows(kAddChunk, {id, part, content}) : Lost();
}

absl::Status Finish(journal::Transaction& tx, const std::string& id, int64_t attempt,
                    const FigureExtract& extract) {
  const sql::Value read_time =
      extract.has_read_time() ? sql::Value(FromProto(extract.read_time())) : sql::Value();
  ASSIGN_OR_RETURN(
      const int64_t found,
      tx.Execute(kFinish, {static_cast<int>(extract.state()), extract.freshness_token(), read_time,
                           extract.sha256(), extract.byte_count(), extract.row_count(),
                           extract.failure_reason(), id, attempt}));
  if (found != 1) return Lost();
  if (extract.state() == api::v1::FIGURE_EXTRACT_STATE_FAILED) {
    RETURN_IF_ERROR(tx.Execute(kForgetChunks, {id}).status());
  }
  Journal(tx, 2, extract);
  return absl::OkStatus();
}

absl::StatusOr<std::string> OldestReady(sql::Session& session, absl::Time before) {
  return FirstId(session, kOldestReady, before);
}

absl::StatusOr<std::string> Oldest(sql::Session& session, absl::Time before) {
  return FirstId(session, kOldest, before);
}

absl::Status ForgetFile(journal::Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(const int64_t found, tx.Execute(kGone, {id}));
  if (found != 1) return Lost();
  RETURN_IF_ERROR(tx.Execute(kForgetChunks, {id}).status());
  ASSIGN_OR_RETURN(const auto extract, Find(tx, id));
  Journal(tx, 3, *extract);
  return absl::OkStatus();
}

absl::Status Forget(journal::Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(const int64_t found, tx.Execute(kForget, {id}));
  if (found != 1) return Lost();
  tx.Deleted(NameOf(id), 4);
  return tx.Execute(kForgetChunks, {id}).status();
}

absl::StatusOr<std::string> ReadContent(sql::Session& session, const std::string& id,
                                        int64_t offset) {
  std::string content;
  RETURN_IF_ERROR(session.Each(kReadChunk, {id, offset / kChunkBytes}, [&](const sql::Row& row) {
    content = row.Text(0);
    return absl::OkStatus();
  }));
  const auto skipped = static_cast<size_t>(offset % kChunkBytes);
  content.erase(0, std::min(skipped, content.size()));
  return content;
}

}  // namespace store
}  // namespace puente::extracts
