#include "common/due/task.h"

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
constexpr sql::Query kLastError{
    "due.last_error",
    "SELECT last_error FROM due WHERE kind = ? AND last_error <> '' ORDER BY claim_time DESC"
    " LIMIT 1"};

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
         sql::IsReadOnly(status) || sql::IsFull(status);
}

absl::StatusOr<std::vector<api::v1::DueWork>> ReadDueWork(sql::Session& session) {
  static const auto* const text = new std::string(
      absl::StrCat("SELECT kind, COUNT(*), ", sql::Micros("MIN(due_time)"),
                   ", CAST(SUM(last_error <> '') AS SIGNED) FROM due GROUP BY kind ORDER BY kind"));
  std::vector<api::v1::DueWork> all;
  RETURN_IF_ERROR(session.Each({"due.read", *text}, {}, [&](const sql::Row& row) {
    api::v1::DueWork& work = all.emplace_back();
    work.set_kind(row.Text(0));
    work.set_count(row.Int64(1));
    *work.mutable_first_due_time() = ToProto(absl::FromUnixMicros(row.Int64(2)));
    work.set_failing_count(row.Int64(3));
    return absl::OkStatus();
  }));
  for (api::v1::DueWork& work : all) {
    if (work.failing_count() == 0) continue;
    RETURN_IF_ERROR(session.Each(kLastError, {work.kind()}, [&](const sql::Row& row) {
      work.set_last_error(row.Text(0));
      return absl::OkStatus();
    }));
  }
  return all;
}

}  // namespace puente::due
