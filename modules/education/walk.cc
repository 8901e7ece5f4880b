#include "modules/education/walk.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status/macros.h"

namespace puente::education {

absl::StatusOr<due::Next> WalkOn(const due::Slice& slice, absl::Span<const Walked> collections) {
  bool before = !slice.task.progress.empty();
  for (const Walked& walked : collections) {
    std::string id;
    if (before) {
      absl::string_view done = slice.task.progress;
      if (!absl::ConsumePrefix(&done, walked.collection)) continue;
      before = false;
      id = std::string(done);
    }
    ASSIGN_OR_RETURN(const std::string next, walked.next(slice.session, id));
    if (next.empty()) continue;
    const std::string name = absl::StrCat(walked.collection, next);
    return due::Next::Now(name).Writing(
        [name, write = walked.write](journal::Transaction& tx) { return write(tx, name); });
  }
  return due::Next::Done();
}

}  // namespace puente::education
