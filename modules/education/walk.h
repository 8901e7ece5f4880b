// Due work over records of several collections, one a slice, in the order of ids.
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/due/task.h"
#include "common/journal/write.h"
#include "common/sql/session.h"

namespace puente::education {

struct Walked {
  absl::string_view collection;  // "programs/"
  // The id that comes after this one, which is "" at first; "" after the last.
  std::function<absl::StatusOr<std::string>(sql::Session&, const std::string& id)> next;
  std::function<absl::Status(journal::Transaction&, const std::string& name)> write;
};

// The next record of these collections, or of the one that comes next; the task's progress is the
// name of the record before.
absl::StatusOr<due::Next> WalkOn(const due::Slice& slice, absl::Span<const Walked> collections);

}  // namespace puente::education
