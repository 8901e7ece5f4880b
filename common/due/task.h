// Work that a module does by itself, at a time or because it is long: a row that is stored with the
// mutation that decided on it, and gone with the one that finishes it (docs/decisions/0031).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "puente/api/v1/server.pb.h"

namespace puente::due {

struct Task {
  std::string kind;                        // "reservations.expire"
  std::string key;                         // what it is about, unique in its kind
  std::string progress;                    // what its next slice has to know; the kind's own
  absl::Time time = absl::InfinitePast();  // when it is due: the past means at once
};

// Stores a task, in place of one of the same kind and key. If that runs just now, what it does is
// not stored. Not for the task whose slice writes: that says what is next.
absl::Status Schedule(journal::Transaction& tx, const Task& task);
// The same of many, in one statement: no two of one kind and key, each due at a time.
absl::Status ScheduleMany(journal::Transaction& tx, absl::Span<const Task> tasks);
// Nothing if there is none.
absl::Status Cancel(journal::Transaction& tx, absl::string_view kind, absl::string_view key);

// A version that no row had before: a number would begin anew with each row, and who was frozen
// could find his own on a row that is another.
int64_t FreshVersion();

// One bounded piece of a task, as its function sees it.
struct Slice {
  const Task& task;
  int attempt = 1;                // since one succeeded, without those that were interrupted
  const std::string& last_error;  // the reason of the one before, if it failed
  const Call& call;               // by the module itself; its deadline is the slice's
  sql::Session& session;          // reads outside the transaction
  // True once the module stops, or the task is no longer this slice's: work that is long then ends
  // with CANCELLED, and is done later, or by another.
  std::function<bool()> cancelled;
};

// Whether a slice ended with this for no fault of its own: the module stops, or the database is
// away, full or read-only for a while. Such an attempt is not counted, so that what is counted are
// those that failed, and those that ended without an end.
bool WasInterrupted(const Slice& slice, const absl::Status& status);

// What a slice comes to.
struct Next {
  static Next Done() { return {}; }
  // Again when others have had their turn.
  static Next Now(std::string progress) { return After(absl::ZeroDuration(), std::move(progress)); }
  static Next After(absl::Duration pause, std::string progress);
  static Next At(absl::Time time, std::string progress);
  // Runs in the transaction that stores what is next, perhaps several times; unless the task was
  // taken over or replaced meanwhile, all of it is stored, else nothing.
  Next&& Writing(std::function<absl::Status(journal::Transaction&)> body) && {
    write = std::move(body);
    return std::move(*this);
  }

  // Whether it is to go on at once.
  bool IsNow() const {
    return !done && pause == absl::ZeroDuration() && time == absl::InfinitePast();
  }

  bool done = true;
  absl::Duration pause = absl::ZeroDuration();
  absl::Time time = absl::InfinitePast();
  std::string progress;
  std::function<absl::Status(journal::Transaction&)> write;
};

// Runs without a transaction, and may wait for others. It may run again although it succeeded, so
// that what it does elsewhere must bear repetition. After an error it is tried again, later and
// later.
using Work = std::function<absl::StatusOr<Next>(const Slice&)>;

// What there is to do, by kind.
absl::StatusOr<std::vector<api::v1::DueWork>> ReadDueWork(sql::Session& session);

}  // namespace puente::due
