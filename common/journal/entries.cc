#include "common/journal/entries.h"

#include <utility>

#include "common/sql/error.h"
#include "common/status/macros.h"

namespace puente::journal {
namespace {

constexpr sql::Query kRead{
    "journal.read_entries",
    "SELECT p.position, e.canonical, e.leaves FROM journal_position p"
    " JOIN journal_entry e ON e.id = p.entry_id WHERE p.position > ? ORDER BY p.position LIMIT ?"};

}  // namespace

absl::StatusOr<std::vector<SequencedEntry>> ReadEntries(sql::Session& session, int64_t after,
                                                        int most) {
  std::vector<SequencedEntry> entries;
  RETURN_IF_ERROR(session.Each(kRead, {after, most}, [&](const sql::Row& row) -> absl::Status {
    SequencedEntry read;
    read.position = row.Int64(0);
    v1::Entry entry;
    if (!entry.ParseFromString(row.Text(1))) {
      return Error(sql::error::kRowCorrupt, "column"_is("canonical"));
    }
    if (entry.has_chunk() && !read.change.ParseFromString(row.Text(2))) {
      return Error(sql::error::kRowCorrupt, "column"_is("leaves"));
    }
    if (entry.has_change()) read.change = std::move(*entry.mutable_change());
    entries.push_back(std::move(read));
    return absl::OkStatus();
  }));
  return entries;
}

}  // namespace puente::journal
