// A state that a record comes into by itself, at a time that follows from what it states: OVERDUE,
// CLOSED, EXPIRED. Due work notes it, under the record's id.
//
//   const resource::Turn<v1::Agreement> kLate{"agreements.late", Agreements(), &LateFrom, &Settle};
//   due.Handle(kLate.kind, kLate.Work());
//   RETURN_IF_ERROR(kLate.Await(tx, after));  // with each change that its time rests on
#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/context/call.h"
#include "common/due/task.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "google/protobuf/util/message_differencer.h"

namespace puente::resource {

template <class M>
struct Turn {
  std::string kind;
  const Resource<M>& resource;  // whose names have one id
  // InfiniteFuture: not from its present state.
  absl::Time (*when)(const M&);
  // To a record whose time has come.
  void (*turn)(const Call&, M&);

  // Has it happen at the time of the record as it is to be stored, or not at all.
  absl::Status Await(journal::Transaction& tx, const M& record) const {
    ASSIGN_OR_RETURN(const auto ids, resource.pattern().Parse(record.name()));
    if (when(record) == absl::InfiniteFuture()) return due::Cancel(tx, kind, ids.front());
    return due::Schedule(tx, {kind, ids.front(), "", when(record)});
  }

  due::Work Work() const {
    return [self = *this](const due::Slice& slice) -> absl::StatusOr<due::Next> {
      const std::string name = self.resource.pattern().Format({slice.task.key});
      ASSIGN_OR_RETURN(const M record, Get(slice.session, self.resource, name));
      const absl::Time when = self.when(record);
      if (when == absl::InfiniteFuture()) return due::Next::Done();
      // The database's clock, by which the work is due, may be ahead of this one.
      if (slice.call.start < when) return due::Next::At(when, "");
      return due::Next::Done().Writing([self, name, &call = slice.call](journal::Transaction& tx) {
        return self.Note(call, tx, name);
      });
    };
  }

 private:
  absl::Status Note(const Call& call, journal::Transaction& tx, const std::string& name) const {
    ASSIGN_OR_RETURN(const M before, Get(tx, resource, name));
    if (call.start < when(before)) return absl::OkStatus();
    M after = before;
    turn(call, after);
    if (google::protobuf::util::MessageDifferencer::Equals(before, after)) return absl::OkStatus();
    return Replace(call, tx, resource, before, std::move(after)).status();
  }
};

}  // namespace puente::resource
