#include "common/releases/releaser.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/agency/counted_kinds.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/releases/making.h"
#include "common/telemetry/log.h"

namespace puente::releases {
namespace {

using due::Next;
using releases::Release;
using store::StoredCell;

// Rows of one transaction.
constexpr size_t kCellsTogether = 1'000;
constexpr size_t kPartsTogether = 5'000;

std::string KindOf(const Family& family) { return absl::StrCat(family.name, ".release"); }

// All that a release is made of, at one moment.
struct Read {
  Look look;
  bool changed = false;  // since the last look that made a release, or none of what it found
  type::v1::RecordKind kind = type::v1::RECORD_KIND_UNSPECIFIED;
  absl::CivilDay last_date;
  std::vector<std::vector<Part>> parts;  // by table
  Joined joined;
  std::optional<Release> last;
  std::vector<Release> earlier;        // of the same kind, the last one first
  std::vector<Basis> basis;            // of them, by table
  std::vector<ToldBefore<Cell>> told;  // by the last of them, by table
};

// A table as it is released.
struct Made {
  const Table& table;
  const Basis& basis;
  const ToldBefore<Cell>& told;  // by the release before
  Figures figures;
};

absl::StatusOr<Read> ReadAll(sql::Session& session, const Family& family, absl::CivilDay day,
                             const std::string& progress, Texts& texts, due::Pace& pace,
                             const std::function<bool()>& cancelled) {
  Read read;
  ASSIGN_OR_RETURN(read.look, LookAt(session, progress));
  ASSIGN_OR_RETURN(const int64_t before, store::ReadLook(session, family.name));
  ASSIGN_OR_RETURN(read.kind, agency::CountedKind(session, family.counted, day));
  ASSIGN_OR_RETURN(read.last, store::ReadLastRelease(session, family.name));
  read.last_date = family.last_date(day);
  read.changed = read.look.asked || before != read.look.position || !read.last ||
                 read.last->record_kind != read.kind || read.last->last_date != read.last_date;
  if (!read.changed || !read.look.settled) return read;
  Reading reading{session, read.kind, read.last_date, texts, pace, cancelled, {}, {}};
  reading.parts.resize(family.tables.size());
  RETURN_IF_ERROR(family.read(reading));
  read.parts = std::move(reading.parts);
  read.joined = std::move(reading.joined);
  for (std::vector<Part>& parts : read.parts) Compact(parts);
  // Figures of the other kind are about something else.
  ASSIGN_OR_RETURN(read.earlier,
                   store::ReadReleases(session, family.name, std::numeric_limits<int64_t>::max(),
                                       kCompared, read.kind));
  for (const Table& table : family.tables) {
    ASSIGN_OR_RETURN(read.basis.emplace_back(),
                     store::ReadBasis(session, table.name, read.earlier, texts));
    read.told.emplace_back();
    if (read.earlier.empty()) continue;
    ASSIGN_OR_RETURN(read.told.back(),
                     store::ReadTold(session, table.name, read.earlier.front().number, texts));
  }
  return read;
}

// Whether a release would say of a table what the last one, of this number, says.
bool IsLast(const Made& made, int64_t last) {
  return made.figures.parts == made.basis.parts && AreOfBefore(made.figures.cells, made.told, last);
}

std::vector<StoredCell> WithRelease(const Made& made, int64_t number) {
  std::vector<StoredCell> cells;
  cells.reserve(made.figures.cells.size());
  for (const Cell& cell : made.figures.cells) {
    cells.push_back({&cell, AsOf(cell, made.told, number)});
  }
  return cells;
}

// Stores what nobody sees before the release itself is stored.
absl::Status StoreFigures(const journal::Journal& journal, const due::Slice& slice, due::Pace& pace,
                          const Texts& texts, const Made& made,
                          const std::vector<StoredCell>& cells, int64_t number) {
  const absl::string_view table = made.table.name;
  RETURN_IF_ERROR(StoreInPieces(journal, slice, pace, cells, kCellsTogether,
                                [&](journal::Transaction& tx, auto some) {
                                  return store::StoreCells(tx, table, number, some, texts);
                                }));
  int next = 0;
  const auto store_parts = [&](store::Role role, const std::vector<Part>& parts) {
    return StoreInPieces(journal, slice, pace, parts, kPartsTogether,
                         [&](journal::Transaction& tx, auto some) {
                           return store::StoreParts(tx, table, number, role, next++, some, texts);
                         });
  };
  RETURN_IF_ERROR(store_parts(store::Role::kBasis, made.figures.parts));
  if (made.basis.earlier.empty()) return absl::OkStatus();
  std::vector<Part> gone;
  std::vector<Part> come;
  absl::c_set_difference(made.basis.parts, made.figures.parts, std::back_inserter(gone));
  absl::c_set_difference(made.figures.parts, made.basis.parts, std::back_inserter(come));
  RETURN_IF_ERROR(store_parts(store::Role::kGone, gone));
  return store_parts(store::Role::kCome, come);
}

}  // namespace

absl::Duration PauseOf(const config::Server& config) {
  return config.has_figure_release_pause() ? FromProto(config.figure_release_pause())
                                           : absl::Hours(1);
}

absl::Status AskFor(journal::Transaction& tx, const Family& family) {
  return due::Schedule(tx, {KindOf(family), "", kAsked});
}

void Releaser::Handle(due::Scheduler& due, const std::function<journal::Journal()>& journal) {
  due.HandleStanding(
      KindOf(family_),
      [this, journal](const due::Slice& slice) { return Release(journal(), slice); }, kLongest,
      due::Scheduler::Lane::kReleases);
}

absl::StatusOr<Next> Releaser::Release(const journal::Journal& journal, const due::Slice& slice) {
  due::Pace pace;
  Texts texts;
  const std::function<bool()> cancelled = [&] {
    pace.Rest();
    return slice.cancelled() || absl::Now() + kStoring > slice.call.deadline;
  };
  ASSIGN_OR_RETURN(const Read read, slice.session.Snapshot<Read>([&](sql::Session& snapshot) {
    return ReadAll(snapshot, family_, LegalDay(slice.call.start), slice.task.progress, texts, pace,
                   cancelled);
  }));
  Next next = Next::After(every_, "");
  if (!read.changed) return next;
  if (!read.look.settled) return LookAgain(read.look, slice.task.progress, every_);
  const auto looked = [this, position = read.look.position](journal::Transaction& tx) {
    return store::StoreLook(tx, family_.name, position);
  };
  releases::Release release{absl::ToUnixMicros(absl::Now()), read.look.position, read.kind,
                            read.last_date, slice.call.start};
  if (read.last) release.number = std::max(release.number, read.last->number + 1);
  bool is_last =
      read.last && read.last->record_kind == read.kind && read.last->last_date == read.last_date;
  std::vector<Made> made;
  for (size_t i = 0; i < family_.tables.size(); ++i) {
    const Table& table = family_.tables[i];
    ASSIGN_OR_RETURN(Figures figures, MakeFigures(table, texts, read.joined, read.basis[i],
                                                  read.parts[i], cancelled));
    if (figures.nothing_new) {
      telemetry::Log(telemetry::Severity::kWarning, "figure_changes_wait",
                     {{"table", std::string(table.name)},
                      {"position", absl::StrCat(read.look.position)},
                      {"why", "no way was found to tell any with the effort that is allowed"}});
    }
    made.push_back({table, read.basis[i], read.told[i], std::move(figures)});
    is_last = is_last && IsLast(made.back(), read.last->number);
  }
  if (is_last) return std::move(next).Writing(looked);
  for (const Made& one : made) {
    RETURN_IF_ERROR(StoreFigures(journal, slice, pace, texts, one, WithRelease(one, release.number),
                                 release.number));
  }
  const bool full = read.earlier.size() == kCompared;
  const int64_t oldest = full ? read.earlier.back().number : 0;
  return std::move(next).Writing(
      [this, looked, release, oldest](journal::Transaction& tx) -> absl::Status {
        RETURN_IF_ERROR(looked(tx));
        return store::StoreRelease(tx, family_.name, family_.tables, release, oldest);
      });
}

}  // namespace puente::releases
