#include "common/journal/entries.h"

#include <string>
#include <utility>

#include "common/status/macros.h"

namespace puente::journal {
namespace {

constexpr sql::Query kRead{"journal.read_entries",
                           "SELECT p.position, e.canonical, e.leaves FROM journal_position p"
                           " LEFT JOIN journal_entry e ON e.id = p.entry_id WHERE p.position > ?"
                           " ORDER BY p.position LIMIT ?"};

}  // namespace

std::optional<v1::Entry> ParseEntry(const std::string& canonical) {
  v1::Entry entry;
  if (canonical.empty() || !entry.ParseFromString(canonical)) return std::nullopt;
  return entry;
}

absl::StatusOr<std::vector<SequencedEntry>> ReadEntries(sql::Session& session, int64_t after,
                                                        int most) {
  std::vector<SequencedEntry> entries;
  RETURN_IF_ERROR(session.Each(kRead, {after, most}, [&](const sql::Row& row) {
    SequencedEntry& read = entries.emplace_back();
    read.position = row.Int64(0);
    read.entry = ParseEntry(row.Text(1));
    if (!read.entry) {
      read.readable = false;
    } else if (read.entry->has_chunk()) {
      read.readable = read.change.ParseFromString(row.Text(2));
      if (!read.readable) read.change.Clear();
    } else {
      read.change = std::move(*read.entry->mutable_change());
    }
    return absl::OkStatus();
  }));
  return entries;
}

}  // namespace puente::journal
