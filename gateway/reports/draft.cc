#include "gateway/reports/draft.h"

#include "absl/strings/str_cat.h"
#include "common/due/errors.h"
#include "common/status/error.h"
#include "common/status/macros.h"

namespace puente::gateway::reports {
namespace {

// Of 64 KB each: what is stored at a time, and what is taken away at a time.
constexpr size_t kStoredAtOnce = 32;

// Writes the row on which what is kept rests (docs/decisions/0026): the report is still being made.
// States 1 and 2 are QUEUED and READING.
constexpr sql::Query kHold{"gateway.report_draft.hold",
                           "UPDATE report SET guard = guard + 1 WHERE id = ? AND state IN (1, 2)"};
constexpr sql::Query kBegin{"gateway.report_draft.begin",
                            "INSERT INTO report_draft (report, attempt, step) VALUES (?, ?, 0)"
                            " ON DUPLICATE KEY UPDATE attempt = VALUES(attempt), step = 0"};
constexpr sql::Query kStep{"gateway.report_draft.step",
                           "UPDATE report_draft SET step = step + 1"
                           " WHERE report = ? AND attempt = ? AND step = ?"};
constexpr sql::Query kEnd{"gateway.report_draft.end",
                          "DELETE FROM report_draft WHERE report = ? AND attempt = ? AND step = ?"};

absl::Status Lost() { return Error(puente::error::kLeaseLost, "kind"_is("reports.draft")); }

absl::Status MustFind(const absl::StatusOr<int64_t>& rows) {
  RETURN_IF_ERROR(rows.status());
  return *rows > 0 ? absl::OkStatus() : Lost();
}

absl::Status Go(journal::Transaction& tx, const sql::Query& step, const std::string& report,
                int64_t attempt, int64_t so_far) {
  RETURN_IF_ERROR(MustFind(tx.Execute(kHold, {report})));
  return MustFind(tx.Execute(step, {report, attempt, so_far}));
}

}  // namespace

Draft::Draft(const journal::Journal& journal, const due::Slice& slice)
    : journal_(journal), slice_(slice), attempt_(due::FreshVersion()) {}

absl::Status Draft::Begin() {
  RETURN_IF_ERROR(journal::KeepBooks(
      journal_, slice_.session, slice_.call, [&](journal::Transaction& tx) -> absl::Status {
        RETURN_IF_ERROR(MustFind(tx.Execute(kHold, {slice_.task.key})));
        return MustFind(tx.Execute(kBegin, {slice_.task.key, attempt_}));
      }));
  int64_t deleted = kDeletedAtOnce;
  while (deleted == kDeletedAtOnce) {
    RETURN_IF_ERROR(Store([&](journal::Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(deleted, DeleteMade(tx, slice_.task.key, kDeletedAtOnce));
      return absl::OkStatus();
    }));
  }
  return absl::OkStatus();
}

absl::Status Draft::Pause() {
  pace_.Rest();
  return slice_.cancelled() ? absl::CancelledError("the slice is to end") : absl::OkStatus();
}

absl::Status Draft::Add(PartKind kind, const std::string& item, absl::string_view piece) {
  RETURN_IF_ERROR(Pause());
  const bool another = kind != kind_ || item != item_;
  if (another || pieces_.size() == kStoredAtOnce) RETURN_IF_ERROR(Flush());
  if (another) {
    kind_ = kind;
    item_ = item;
    first_ = 0;
  }
  pieces_.emplace_back(piece);
  return absl::OkStatus();
}

absl::Status Draft::Flush() {
  if (pieces_.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(Store([&](journal::Transaction& tx) {
    return AddParts(tx, {slice_.task.key, kind_, item_}, first_,
                    std::vector<absl::string_view>(pieces_.begin(), pieces_.end()));
  }));
  first_ += std::ssize(pieces_);
  pieces_.clear();
  return absl::OkStatus();
}

absl::Status Draft::Confirm(journal::Transaction& tx, const std::string& report,
                            const Ended& ended) {
  return Go(tx, kEnd, report, ended.attempt, ended.step);
}

absl::Status Draft::Store(const std::function<absl::Status(journal::Transaction&)>& body) {
  RETURN_IF_ERROR(Pause());
  RETURN_IF_ERROR(journal::KeepBooks(
      journal_, slice_.session, slice_.call, [&](journal::Transaction& tx) -> absl::Status {
        RETURN_IF_ERROR(Go(tx, kStep, slice_.task.key, attempt_, step_));
        return body(tx);
      }));
  ++step_;
  return absl::OkStatus();
}

}  // namespace puente::gateway::reports
