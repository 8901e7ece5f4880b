// What all tasks share that make releases in the background, whatever they release.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/due/pace.h"
#include "common/due/task.h"
#include "common/journal/journal.h"
#include "common/journal/write.h"
#include "common/status/macros.h"

namespace puente::releases {

// Before a slice ends, so much is left to store what was made.
inline constexpr absl::Duration kStoring = absl::Minutes(1);
// With so many earlier releases of its kind a release is compared.
inline constexpr int kCompared = 12;
// A task's progress: this if somebody asked for a release, then the entry up to which it is to be;
// or else the position of each look so far.
inline constexpr char kAsked[] = "asked";

// A look at the journal.
struct Look {
  int64_t position = 0;  // of what it shows
  bool asked = false;    // somebody asked for a release, whatever has changed
  int64_t entry = 0;     // if so: the last one when that was first seen
  int times = 0;         // it was looked for
  bool settled = false;  // that is in; or nothing has come since the look before
};
// In the snapshot in which what is released is read.
absl::StatusOr<Look> LookAt(sql::Session& snapshot, const std::string& progress);
// The next look, after one that was not settled, of a task that looks so often.
due::Next LookAgain(const Look& look, const std::string& progress, absl::Duration every);

// Whether looks up to a position have seen everything up to a freshness token; "" is none.
// POSITION_NOT_REACHED, INVALID_FRESHNESS_TOKEN.
absl::Status CheckSeen(sql::Session& session, absl::string_view agency, const std::string& token,
                       int64_t position);

// Stores many rows in transactions of `together`: store(tx, some of them).
template <class Row, class Store>
absl::Status StoreInPieces(const journal::Journal& journal, const due::Slice& slice,
                           due::Pace& pace, const std::vector<Row>& rows, size_t together,
                           const Store& store) {
  for (size_t i = 0; i < rows.size(); i += together) {
    pace.Rest();
    RETURN_IF_ERROR(
        journal::KeepBooks(journal, slice.session, slice.call, [&](journal::Transaction& tx) {
          return store(tx, absl::MakeConstSpan(rows).subspan(i, together));
        }));
  }
  return absl::OkStatus();
}

}  // namespace puente::releases
