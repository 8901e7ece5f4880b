// A state that a record comes into by itself, at a time that follows from what it states: OVERDUE,
// CLOSED, EXPIRED. Due work notes it, under the ids of the record's name, and waits for the next
// such time if there is one.
//
//   const resource::Turn<v1::Agreement> kLate{"agreements.late", Agreements(), &LateFrom, &Settle};
//   due.Handle(kLate.kind, kLate.Work());
//   RETURN_IF_ERROR(kLate.Await(tx, after));  // with each change that its time rests on
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/due/task.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "google/protobuf/util/message_differencer.h"

namespace puente::resource {

template <class M>
struct Turn {
  std::string kind;
  const Resource<M>& resource;
  // InfiniteFuture: not from its present state.
  absl::Time (*when)(const M&);
  // To a record whose time has come. Where `when` is then a later time, that is awaited.
  void (*turn)(const Call&, M&);
  // What else belongs to it, before the record is stored.
  absl::Status (*turned)(const Call&, journal::Transaction&, const M& after) = nullptr;

  // Has it happen at the time of the record as it is to be stored, or not at all.
  absl::Status Await(journal::Transaction& tx, const M& record) const {
    const std::string key = KeyOf(record);
    if (when(record) == absl::InfiniteFuture()) return due::Cancel(tx, kind, key);
    return due::Schedule(tx, {kind, key, "", when(record)});
  }
  // The same of many new ones, in one statement.
  absl::Status AwaitNew(journal::Transaction& tx, absl::Span<const M* const> records) const {
    std::vector<due::Task> tasks;
    for (const M* record : records) {
      if (when(*record) == absl::InfiniteFuture()) continue;
      tasks.push_back({kind, KeyOf(*record), "", when(*record)});
    }
    return due::ScheduleMany(tx, tasks);
  }

  due::Work Work() const {
    return [self = *this](const due::Slice& slice) -> absl::StatusOr<due::Next> {
      const std::vector<std::string> ids = absl::StrSplit(slice.task.key, kBetweenIds);
      const std::string name = self.resource.pattern().Format(ids);
      ASSIGN_OR_RETURN(const M record, Get(slice.session, self.resource, name));
      const absl::Time when = self.when(record);
      if (when == absl::InfiniteFuture()) return due::Next::Done();
      // The database's clock, by which the work is due, may be ahead of this one.
      if (slice.call.start < when) return due::Next::At(when, "");
      // Whoever changes the record meanwhile has another task stored, and nothing of this.
      M turned = record;
      self.turn(slice.call, turned);
      const absl::Time then = self.when(turned);
      const bool again = slice.call.start < then && then < absl::InfiniteFuture();
      due::Next next = again ? due::Next::At(then, "") : due::Next::Done();
      return std::move(next).Writing([self, name, &call = slice.call](journal::Transaction& tx) {
        return self.Note(call, tx, name);
      });
    };
  }

 private:
  static constexpr char kBetweenIds = '/';

  std::string KeyOf(const M& record) const {
    return absl::StrJoin(*resource.pattern().Parse(record.name()), std::string(1, kBetweenIds));
  }

  absl::Status Note(const Call& call, journal::Transaction& tx, const std::string& name) const {
    ASSIGN_OR_RETURN(const M before, Get(tx, resource, name));
    if (call.start < when(before)) return absl::OkStatus();
    M after = before;
    turn(call, after);
    if (google::protobuf::util::MessageDifferencer::Equals(before, after)) return absl::OkStatus();
    if (turned != nullptr) RETURN_IF_ERROR(turned(call, tx, after));
    return Replace(call, tx, resource, before, std::move(after)).status();
  }
};

}  // namespace puente::resource
