// What is kept with a report, in pieces of which each is read by itself: what it was made from, and
// what was made.
#pragma once

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/journal/write.h"
#include "common/sql/session.h"

namespace puente::gateway::reports {

// As it stands in the table: never another number for one of these.
enum class PartKind {
  kDefinition = 1,  // as it was when the report was asked for
  kExtract = 2,     // by agency
  kFile = 3,        // by path
  kRows = 4,        // by table: an ExportReportRowsResponse each
  kContent = 5,     // what it says, without rows: a Content
};

// Of extracts, and of a content; of files see files/files.h: those are sent as they are kept.
inline constexpr size_t kExtractPiece = 256 << 10;

// Which of a report's things; `report` is its id.
struct Item {
  absl::string_view report;
  PartKind kind;
  absl::string_view item;
};

// The pieces of a text; none of an empty one.
std::vector<absl::string_view> Pieces(absl::string_view whole, size_t size);

// Keeps pieces, the first of which has this number, in the place of what has these numbers.
absl::Status AddParts(journal::Transaction& tx, const Item& item, int64_t first,
                      absl::Span<const absl::string_view> pieces);
// At most so many, from this number on.
absl::StatusOr<std::vector<std::string>> ReadParts(sql::Session& session, const Item& item,
                                                   int64_t first, int most);
// All, one behind the other.
absl::StatusOr<std::string> ReadWhole(sql::Session& session, const Item& item);
// Calls `take` for each, one after the other.
absl::Status ForEachPart(sql::Session& session, const Item& item,
                         absl::FunctionRef<absl::Status(absl::string_view)> take);
// Of what was made of a report so many pieces at most; how many there were.
absl::StatusOr<int64_t> DeleteMade(journal::Transaction& tx, absl::string_view report, int most);
// What one transaction deletes, so that it takes as long as others do.
inline constexpr int kDeletedAtOnce = 128;
// Whether anything is kept with a report; and takes some of it away, whatever it is.
absl::StatusOr<bool> HasParts(sql::Session& session, absl::string_view report);
absl::Status DeleteSome(journal::Transaction& tx, absl::string_view report);
// That files were begun.
absl::Status DeleteDraft(journal::Transaction& tx, absl::string_view report);

}  // namespace puente::gateway::reports
