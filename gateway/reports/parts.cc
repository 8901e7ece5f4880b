#include "gateway/reports/parts.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "common/sql/bulk.h"
#include "common/sql/row.h"
#include "common/status/macros.h"

namespace puente::gateway::reports {
namespace {

// What is read at a time, and what a statement stores at a time: the database takes 16 MB of one.
constexpr int kReadAtOnce = 8;
constexpr size_t kStoredAtOnce = 32;

constexpr sql::BulkInsert kAdd{
    "gateway.report_part.add",
    "INSERT INTO report_part (report, kind, item, number, content) VALUES", 5,
    "ON DUPLICATE KEY UPDATE content = VALUES(content)"};
constexpr sql::Query kRead{"gateway.report_part.read",
                           "SELECT content FROM report_part WHERE report = ? AND kind = ? AND"
                           " item = ? AND number >= ? ORDER BY number LIMIT ?"};
// In the order of the key, so that all servers take the same ones away.
constexpr sql::Query kDeleteMade{"gateway.report_part.delete_made",
                                 "DELETE FROM report_part WHERE report = ? AND kind IN (3, 4, 5)"
                                 " ORDER BY kind, item, number LIMIT ?"};
constexpr sql::Query kDeleteSome{"gateway.report_part.delete_some",
                                 "DELETE FROM report_part WHERE report = ?"
                                 " ORDER BY kind, item, number LIMIT ?"};
constexpr sql::Query kAny{"gateway.report_part.any",
                          "SELECT 1 FROM report_part WHERE report = ? LIMIT 1"};
constexpr sql::Query kDeleteDraft{"gateway.report_draft.delete",
                                  "DELETE FROM report_draft WHERE report = ?"};

}  // namespace

std::vector<absl::string_view> Pieces(absl::string_view whole, size_t size) {
  std::vector<absl::string_view> pieces;
  for (; !whole.empty(); whole.remove_prefix(pieces.back().size())) {
    pieces.push_back(whole.substr(0, size));
  }
  return pieces;
}

absl::Status AddParts(journal::Transaction& tx, const Item& item, int64_t first,
                      absl::Span<const absl::string_view> pieces) {
  while (!pieces.empty()) {
    std::vector<sql::Value> values;
    const auto some = pieces.subspan(0, kStoredAtOnce);
    for (const absl::string_view piece : some) {
      values.insert(values.end(),
                    {item.report, static_cast<int>(item.kind), item.item, first++, piece});
    }
    RETURN_IF_ERROR(tx.InsertRows(kAdd, values));
    pieces.remove_prefix(some.size());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> ReadParts(sql::Session& session, const Item& item,
                                                   int64_t first, int most) {
  std::vector<std::string> parts;
  RETURN_IF_ERROR(session.Each(kRead,
                               {item.report, static_cast<int>(item.kind), item.item, first, most},
                               [&](const sql::Row& row) {
                                 parts.push_back(row.Text(0));
                                 return absl::OkStatus();
                               }));
  return parts;
}

absl::StatusOr<std::string> ReadWhole(sql::Session& session, const Item& item) {
  std::string whole;
  RETURN_IF_ERROR(ForEachPart(session, item, [&](absl::string_view part) {
    absl::StrAppend(&whole, part);
    return absl::OkStatus();
  }));
  return whole;
}

absl::Status ForEachPart(sql::Session& session, const Item& item,
                         absl::FunctionRef<absl::Status(absl::string_view)> take) {
  for (int64_t first = 0;; first += kReadAtOnce) {
    ASSIGN_OR_RETURN(const std::vector<std::string> parts,
                     ReadParts(session, item, first, kReadAtOnce));
    for (const std::string& part : parts) RETURN_IF_ERROR(take(part));
    if (std::ssize(parts) < kReadAtOnce) return absl::OkStatus();
  }
}

absl::StatusOr<int64_t> DeleteMade(journal::Transaction& tx, absl::string_view report, int most) {
  return tx.Execute(kDeleteMade, {report, most});
}

absl::StatusOr<bool> HasParts(sql::Session& session, absl::string_view report) {
  bool any = false;
  RETURN_IF_ERROR(session.Each(kAny, {report}, [&](const sql::Row&) {
    any = true;
    return absl::OkStatus();
  }));
  return any;
}

absl::Status DeleteSome(journal::Transaction& tx, absl::string_view report) {
  return tx.Execute(kDeleteSome, {report, kDeletedAtOnce}).status();
}

absl::Status DeleteDraft(journal::Transaction& tx, absl::string_view report) {
  return tx.Execute(kDeleteDraft, {report}).status();
}

}  // namespace puente::gateway::reports
