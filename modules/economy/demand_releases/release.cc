#include "modules/economy/demand_releases/release.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/agency/counted_kinds.h"
#include "common/context/clock.h"
#include "common/journal/projection.h"
#include "common/journal/write.h"
#include "modules/economy/demand_releases/figures.h"
#include "modules/economy/demand_releases/store.h"
#include "modules/economy/demand_statements/counted.h"
#include "modules/economy/demand_statements/resource.h"
#include "modules/economy/sector_tables/resource.h"

namespace puente::economy {
namespace {

using due::Next;
using releases::Basis;
using releases::Cell;
using releases::Figures;
using releases::Key;
using releases::Part;
using store::DemandRelease;
using store::ToldCell;

// Whether there are entries that have no position yet, such as that of who asked.
constexpr sql::Query kUnplaced{"economy.release.unplaced",
                               "SELECT COALESCE((SELECT MAX(id) FROM journal_entry), 0) >"
                               " COALESCE((SELECT MAX(entry_id) FROM journal_position), 0)"};
constexpr absl::Duration kUnplacedPause = absl::Milliseconds(20);
// For so long nothing must change before a release that nobody asked for, unless it goes on for so
// many looks.
constexpr absl::Duration kSettling = absl::Seconds(5);
constexpr size_t kMostUnsettledLooks = 12;
// Before the slice ends, so much is left to store what was made.
constexpr absl::Duration kStoring = absl::Minutes(1);
// Progress of a task that somebody asked for.
constexpr char kAsked[] = "asked";
// Rows of one transaction.
constexpr size_t kCellsTogether = 1'000;
constexpr size_t kPartsTogether = 5'000;

// All that a release is made of, at one moment.
struct Read {
  int64_t position = 0;
  bool changed = false;  // since the last look that made a release, or none of what it found
  bool settled = false;  // nothing has changed since the look before
  type::v1::RecordKind kind = type::v1::RECORD_KIND_UNSPECIFIED;
  Sectors sectors;
  std::vector<Part> parts;
  std::optional<DemandRelease> last;
  Basis basis;                   // of the last one, if it counts the same kind
  std::map<Key, int64_t> as_of;  // of its cells
};

absl::StatusOr<Read> ReadAll(sql::Session& session, absl::CivilDay day,
                             const std::string& progress) {
  Read read;
  ASSIGN_OR_RETURN(const journal::Token head, journal::ReadHead(session));
  read.position = head.number;
  ASSIGN_OR_RETURN(const int64_t look, store::ReadLook(session));
  ASSIGN_OR_RETURN(read.kind, agency::CountedKind(session, DemandStatements(), day));
  ASSIGN_OR_RETURN(read.last, store::ReadLastRelease(session));
  ASSIGN_OR_RETURN(const auto tables, AllSectorTables(session));
  read.sectors = SectorsInForce(tables, day);
  read.changed = look != read.position || !read.last || read.last->record_kind != read.kind ||
                 read.last->sectors != read.sectors;
  if (progress == kAsked) {
    ASSIGN_OR_RETURN(const int64_t unplaced, session.Number(kUnplaced));
    read.settled = unplaced == 0;
    read.changed = true;
  } else {
    const std::vector<std::string> looks = absl::StrSplit(progress, ' ', absl::SkipEmpty());
    read.settled = !looks.empty() && (looks.back() == absl::StrCat(read.position) ||
                                      looks.size() >= kMostUnsettledLooks);
  }
  if (!read.changed || !read.settled) return read;
  RETURN_IF_ERROR(store::ReadCounted(session, read.kind, [&](store::Counted one) {
    read.parts.push_back({std::move(one.contributor), std::move(one.skill),
                          std::move(one.state_code), std::move(one.scian_class),
                          std::move(one.source), one.heads, static_cast<int>(one.first_day.year()),
                          static_cast<int>(one.last_day.year())});
    return absl::OkStatus();
  }));
  releases::Compact(read.parts);
  // Figures of the other kind are about something else.
  if (!read.last || read.last->record_kind != read.kind) return read;
  ASSIGN_OR_RETURN(read.basis, store::ReadBasis(session, *read.last));
  ASSIGN_OR_RETURN(read.as_of, store::ReadAsOf(session, read.last->number));
  for (const auto& [key, number] : read.as_of) read.basis.told.insert(key);
  return read;
}

// Stores what nobody sees before the release itself is stored.
absl::Status StoreFigures(const journal::Journal& journal, const due::Slice& slice, int64_t number,
                          const std::vector<ToldCell>& cells, const std::vector<Part>& parts) {
  const auto store = [&](const std::function<absl::Status(journal::Transaction&)>& body) {
    return journal::KeepBooks(journal, slice.session, slice.call, body);
  };
  for (size_t i = 0; i < cells.size(); i += kCellsTogether) {
    RETURN_IF_ERROR(store([&](journal::Transaction& tx) {
      return store::StoreCells(tx, number, absl::MakeConstSpan(cells).subspan(i, kCellsTogether));
    }));
  }
  for (size_t i = 0; i < parts.size(); i += kPartsTogether) {
    RETURN_IF_ERROR(store([&](journal::Transaction& tx) {
      return store::StoreParts(tx, number, static_cast<int>(i / kPartsTogether),
                               absl::MakeConstSpan(parts).subspan(i, kPartsTogether));
    }));
  }
  return absl::OkStatus();
}

std::vector<ToldCell> WithRelease(const std::vector<Cell>& cells, int64_t number,
                                  const std::map<Key, int64_t>& before) {
  std::vector<ToldCell> told;
  told.reserve(cells.size());
  for (const Cell& cell : cells) {
    const auto earlier = before.find(cell.key);
    told.push_back({cell, cell.behind && earlier != before.end() ? earlier->second : number});
  }
  return told;
}

}  // namespace

absl::Status DemandReleaser::Ask(journal::Transaction& tx) {
  return due::Schedule(tx, {kKind, "", kAsked});
}

absl::StatusOr<Next> DemandReleaser::Release(const journal::Journal& journal,
                                             const due::Slice& slice) {
  const absl::CivilDay day = LegalDay(slice.call.start);
  ASSIGN_OR_RETURN(const Read read, slice.session.Snapshot<Read>([&](sql::Session& snapshot) {
    return ReadAll(snapshot, day, slice.task.progress);
  }));
  Next next = Next::After(every_, "");
  if (!read.changed) return next;
  if (!read.settled) {
    return slice.task.progress == kAsked
               ? Next::After(kUnplacedPause, kAsked)
               : Next::After(std::min(every_, kSettling),
                             absl::StrCat(slice.task.progress, " ", read.position));
  }
  const auto looked = [position = read.position](journal::Transaction& tx) {
    return store::StoreLook(tx, position);
  };
  ASSIGN_OR_RETURN(const Figures figures,
                   releases::MakeFigures(read.basis, read.parts, read.sectors, [&slice] {
                     return slice.cancelled() || absl::Now() + kStoring > slice.call.deadline;
                   }));
  DemandRelease release{absl::ToUnixMicros(absl::Now()), read.position,   read.kind, read.sectors,
                        figures.could_not_split,         slice.call.start};
  if (read.last) {
    release.number = std::max(release.number, read.last->number + 1);
    const bool same = read.last->record_kind == read.kind && read.last->sectors == read.sectors &&
                      figures.basis.parts == read.basis.parts &&
                      figures.basis.told == read.basis.told &&
                      read.last->could_not_split == figures.could_not_split;
    if (same) return std::move(next).Writing(looked);
  }
  RETURN_IF_ERROR(StoreFigures(journal, slice, release.number,
                               WithRelease(figures.cells, release.number, read.as_of),
                               figures.basis.parts));
  return std::move(next).Writing([looked, release](journal::Transaction& tx) -> absl::Status {
    RETURN_IF_ERROR(looked(tx));
    return store::StoreRelease(tx, release);
  });
}

}  // namespace puente::economy
