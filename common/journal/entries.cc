#include "common/journal/entries.h"

#include <utility>

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
  RETURN_IF_ERROR(session.Each(kRead, {after, most}, [&](const sql::Row& row) {
    SequencedEntry& read = entries.emplace_back();
    read.position = row.Int64(0);
    read.readable = read.entry.ParseFromString(row.Text(1));
    if (read.entry.has_chunk()) {
      read.readable = read.readable && read.change.ParseFromString(row.Text(2));
    } else {
      read.change = std::move(*read.entry.mutable_change());
    }
    if (!read.readable) read.change.Clear();
    return absl::OkStatus();
  }));
  return entries;
}

}  // namespace puente::journal
