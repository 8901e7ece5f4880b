#include "common/due/task.h"

#include <algorithm>
#include <limits>

#include "absl/random/random.h"
#include "common/context/values.h"
#include "common/sql/error.h"
#include "common/sql/row.h"
#include "common/status/macros.h"

namespace puente::due {
namespace {

// In place of one of the same kind and key.
#define PUENTE_REPLACING                                                             \
  " ON DUPLICATE KEY UPDATE version = VALUES(version), due_time = VALUES(due_time)," \
  " claim_time = VALUES(claim_time), holder = '', attempts = 0, last_error = '',"    \
  " progress = VALUES(progress)"
constexpr sql::Query kSchedule{
    "due.schedule",
    "INSERT INTO due (kind, item_key, version, due_time, claim_time, holder, attempts, last_error,"
    " progress) VALUES (?, ?, ?, COALESCE(?, UTC_TIMESTAMP(6)), due_time, '', 0, '', "
    "?)" PUENTE_REPLACING};
constexpr sql::BulkInsert kScheduleMany{
    "due.schedule_many",
    "INSERT INTO due (kind, item_key, version, due_time, claim_time, holder, attempts, last_error,"
    " progress) VALUES",
    9, PUENTE_REPLACING};
#undef PUENTE_REPLACING
constexpr sql::Query kCancel{"due.cancel", "DELETE FROM due WHERE kind = ? AND item_key = ?"};
constexpr sql::Query kKinds{"due.kinds", "SELECT DISTINCT kind FROM due ORDER BY kind"};
// What is next; a kind may have a row for each award that ends some day.
constexpr char kNext[] =
    ", last_error FROM due FORCE INDEX (claimable) WHERE kind = ? ORDER BY claim_time LIMIT 1000";

}  // namespace

Next Next::After(absl::Duration pause, std::string progress) {
  Next next;
  next.done = false;
  next.pause = pause;
  next.progress = std::move(progress);
  return next;
}

Next Next::At(absl::Time time, std::string progress) {
  Next next = Now(std::move(progress));
  next.time = time;
  return next;
}

absl::Status Schedule(journal::Transaction& tx, const Task& task) {
  const sql::Value time = task.time == absl::InfinitePast() ? sql::Value() : sql::Value(task.time);
  return tx.Execute(kSchedule, {task.kind, task.key, FreshVersion(), time, task.progress}).status();
}

absl::Status ScheduleMany(journal::Transaction& tx, absl::Span<const Task> tasks) {
  std::vector<sql::Value> values;
  for (const Task& task : tasks) {
    const sql::Value time(task.time);
    values.insert(values.end(), {task.kind, task.key, FreshVersion(), time, time, "", 0, "",
                                 absl::string_view(task.progress)});
  }
  return tx.InsertRows(kScheduleMany, values);
}

int64_t FreshVersion() {
  static thread_local absl::BitGen random;
  return absl::Uniform<int64_t>(random, 1, int64_t{1} << 62);
}

absl::Status Cancel(journal::Transaction& tx, absl::string_view kind, absl::string_view key) {
  return tx.Execute(kCancel, {kind, key}).status();
}

bool WasInterrupted(const Slice& slice, const absl::Status& status) {
  return slice.cancelled() || sql::IsUnavailable(status) || sql::IsConflict(status) ||
         sql::IsReadOnly(status) || sql::IsFull(status) || journal::IsUnknown(status);
}

absl::StatusOr<std::vector<api::v1::DueWork>> ReadDueWork(sql::Session& session) {
  std::vector<api::v1::DueWork> all;
  RETURN_IF_ERROR(session.Each(kKinds, {}, [&](const sql::Row& row) {
    all.emplace_back().set_kind(row.Text(0));
    return absl::OkStatus();
  }));
  static const auto* const next =
      new std::string(absl::StrCat("SELECT ", sql::Micros("due_time"), kNext));
  for (api::v1::DueWork& work : all) {
    int64_t first = std::numeric_limits<int64_t>::max();
    RETURN_IF_ERROR(session.Each({"due.next", *next}, {work.kind()}, [&](const sql::Row& row) {
      work.set_count(work.count() + 1);
      first = std::min(first, row.Int64(0));
      if (row.Text(1).empty()) return absl::OkStatus();
      work.set_failing_count(work.failing_count() + 1);
      work.set_last_error(row.Text(1));
      return absl::OkStatus();
    }));
    if (work.count() > 0) *work.mutable_first_due_time() = ToProto(absl::FromUnixMicros(first));
  }
  // Done meanwhile.
  std::erase_if(all, [](const api::v1::DueWork& work) { return work.count() == 0; });
  return all;
}

}  // namespace puente::due
