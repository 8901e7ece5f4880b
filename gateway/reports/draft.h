// Keeps what is made of a report, in as many transactions as it takes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/due/pace.h"
#include "common/due/task.h"
#include "common/journal/journal.h"
#include "gateway/reports/make.h"

namespace puente::gateway::reports {

// One attempt to make a report's files. Nothing of them is told before the report says that it has
// files, which is the transaction of Confirm(); each transaction before that writes the report's
// row, so that of two attempts, whatever was frozen or killed, the later one alone keeps anything.
class Draft final : public Workshop {
 public:
  // `slice` must outlive it; its key is the report's id.
  Draft(const journal::Journal& journal, const due::Slice& slice);

  // Takes away what attempts before left. ABORTED, as of all that follows, if the report is not
  // being made any more, or another attempt began since.
  absl::Status Begin();
  // Works half of the time. CANCELLED once the slice is to end.
  absl::Status Pause() override;
  // Of one item after the other, each from its first piece on.
  absl::Status Add(PartKind kind, const std::string& item, absl::string_view piece) override;
  // The last ones.
  absl::Status Flush();

  // Of an attempt that ended. In the transaction in which the report gets its files.
  struct Ended {
    int64_t attempt, step;
  };
  Ended ended() const { return {attempt_, step_}; }
  static absl::Status Confirm(journal::Transaction& tx, const std::string& report,
                              const Ended& ended);

 private:
  absl::Status Store(const std::function<absl::Status(journal::Transaction&)>& body);

  const journal::Journal& journal_;
  const due::Slice& slice_;
  const int64_t attempt_;
  int64_t step_ = 0;
  due::Pace pace_;
  // What is added and not stored, all of one item.
  PartKind kind_ = PartKind::kFile;
  std::string item_;
  int64_t first_ = 0;  // of the pieces
  std::vector<std::string> pieces_;
};

}  // namespace puente::gateway::reports
