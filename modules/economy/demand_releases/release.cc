#include "modules/economy/demand_releases/release.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/agency/counted_kinds.h"
#include "common/context/clock.h"
#include "common/due/pace.h"
#include "common/releases/as_of.h"
#include "common/releases/making.h"
#include "common/telemetry/log.h"
#include "modules/economy/demand_releases/figures.h"
#include "modules/economy/demand_releases/store.h"
#include "modules/economy/demand_statements/counted.h"
#include "modules/economy/demand_statements/resource.h"
#include "modules/economy/sector_tables/resource.h"
#include "modules/economy/value_chains/resource.h"
#include "modules/economy/value_chains/rules.h"

namespace puente::economy {
namespace {

using due::Next;
using puente::releases::AreOfBefore;
using puente::releases::AsOf;
using puente::releases::kAsked;
using puente::releases::kCompared;
using puente::releases::kStoring;
using puente::releases::Look;
using puente::releases::LookAgain;
using puente::releases::LookAt;
using puente::releases::StoreInPieces;
using puente::releases::ToldBefore;
using releases::Basis;
using releases::Cell;
using releases::Figures;
using releases::Part;
using store::DemandRelease;
using store::ToldCell;

// Rows of one transaction.
constexpr size_t kCellsTogether = 1'000;
constexpr size_t kPartsTogether = 5'000;

// All that a release is made of, at one moment.
struct Read {
  Look look;
  bool changed = false;  // since the last look that made a release, or none of what it found
  type::v1::RecordKind kind = type::v1::RECORD_KIND_UNSPECIFIED;
  Sectors sectors;
  std::vector<Part> parts;
  std::optional<DemandRelease> last;
  std::vector<DemandRelease> earlier;  // of the same kind, the last one first
  Basis basis;                         // of them
  ToldBefore<Cell> told;               // by the last of them
};

absl::StatusOr<Read> ReadAll(sql::Session& session, absl::CivilDay day, const std::string& progress,
                             due::Pace& pace) {
  Read read;
  ASSIGN_OR_RETURN(read.look, LookAt(session, progress));
  ASSIGN_OR_RETURN(const store::Look before, store::ReadLook(session));
  ASSIGN_OR_RETURN(read.kind, agency::CountedKind(session, DemandStatements(), day));
  ASSIGN_OR_RETURN(read.last, store::ReadLastRelease(session));
  ASSIGN_OR_RETURN(const auto tables, AllSectorTables(session));
  read.sectors = SectorsInForce(tables, day);
  ASSIGN_OR_RETURN(const auto chains, AllValueChains(session));
  AddStages(chains, read.sectors);
  // What ended yesterday counts no more.
  read.changed = read.look.asked || before.position != read.look.position || before.day != day ||
                 !read.last || read.last->record_kind != read.kind ||
                 read.last->sectors != read.sectors;
  if (!read.changed || !read.look.settled) return read;
  RETURN_IF_ERROR(store::ReadCounted(session, read.kind, day, [&](store::Counted one) {
    pace.Rest();
    const bool alone = one.contributor == one.company;
    read.parts.push_back(
        {std::move(one.company), alone ? "" : std::move(one.contributor), std::move(one.skill),
         std::move(one.state_code), std::move(one.scian_class), std::move(one.source), one.heads,
         static_cast<int>(one.first_day.year()), static_cast<int>(one.last_day.year())});
    return absl::OkStatus();
  }));
  releases::Compact(read.parts);
  // Figures of the other kind are about something else.
  ASSIGN_OR_RETURN(read.earlier, store::ReadReleases(session, read.kind, kCompared));
  ASSIGN_OR_RETURN(read.basis, store::ReadBasis(session, read.earlier));
  if (!read.earlier.empty()) {
    ASSIGN_OR_RETURN(read.told, store::ReadTold(session, read.earlier.front().number));
  }
  return read;
}

// Stores what nobody sees before the release itself is stored.
class Storing {
 public:
  Storing(const journal::Journal& journal, const due::Slice& slice, int64_t number, due::Pace& pace)
      : journal_(journal), slice_(slice), number_(number), pace_(pace) {}

  absl::Status Cells(const std::vector<ToldCell>& cells) {
    return StoreInPieces(
        journal_, slice_, pace_, cells, kCellsTogether,
        [&](journal::Transaction& tx, auto some) { return store::StoreCells(tx, number_, some); });
  }

  absl::Status Parts(store::Role role, const std::vector<Part>& parts) {
    return StoreInPieces(journal_, slice_, pace_, parts, kPartsTogether,
                         [&](journal::Transaction& tx, auto some) {
                           return store::StoreParts(tx, number_, role, next_part_++, some);
                         });
  }

 private:
  const journal::Journal& journal_;
  const due::Slice& slice_;
  const int64_t number_;
  due::Pace& pace_;
  int next_part_ = 0;
};

absl::Status StoreFigures(Storing storing, const std::vector<ToldCell>& cells, const Read& read,
                          const std::vector<Part>& parts) {
  RETURN_IF_ERROR(storing.Cells(cells));
  RETURN_IF_ERROR(storing.Parts(store::Role::kBasis, parts));
  if (read.earlier.empty()) return absl::OkStatus();
  std::vector<Part> gone;
  std::vector<Part> come;
  absl::c_set_difference(read.basis.parts, parts, std::back_inserter(gone));
  absl::c_set_difference(parts, read.basis.parts, std::back_inserter(come));
  RETURN_IF_ERROR(storing.Parts(store::Role::kGone, gone));
  return storing.Parts(store::Role::kCome, come);
}

std::vector<ToldCell> WithRelease(const std::vector<Cell>& cells, int64_t number,
                                  const Read& read) {
  std::vector<ToldCell> told;
  told.reserve(cells.size());
  for (const Cell& cell : cells) told.push_back({cell, AsOf(cell, read.told, number)});
  return told;
}

// Whether a release would say what the last one says.
bool IsLast(const Read& read, const Figures& figures) {
  return read.last && read.last->record_kind == read.kind && read.last->sectors == read.sectors &&
         read.last->could_not_split == figures.could_not_split &&
         figures.parts == read.basis.parts &&
         AreOfBefore(figures.cells, read.told, read.last->number);
}

}  // namespace

absl::Status DemandReleaser::Ask(journal::Transaction& tx) {
  return due::Schedule(tx, {kKind, "", kAsked});
}

absl::StatusOr<Next> DemandReleaser::Release(const journal::Journal& journal,
                                             const due::Slice& slice) {
  const absl::CivilDay day = LegalDay(slice.call.start);
  due::Pace pace;
  ASSIGN_OR_RETURN(Read read, slice.session.Snapshot<Read>([&](sql::Session& snapshot) {
    return ReadAll(snapshot, day, slice.task.progress, pace);
  }));
  Next next = Next::After(every_, "");
  if (!read.changed) return next;
  if (!read.look.settled) return LookAgain(read.look, slice.task.progress, every_);
  const auto looked = [position = read.look.position, day](journal::Transaction& tx) {
    return store::StoreLook(tx, {position, day});
  };
  ASSIGN_OR_RETURN(const Figures figures,
                   releases::MakeFigures(read.basis, std::move(read.parts), read.sectors, [&] {
                     pace.Rest();
                     return slice.cancelled() || absl::Now() + kStoring > slice.call.deadline;
                   }));
  if (figures.nothing_new) {
    telemetry::Log(telemetry::Severity::kWarning, "demand_changes_wait",
                   {{"position", absl::StrCat(read.look.position)},
                    {"why", "no way was found to tell any with the effort that is allowed"}});
  }
  if (IsLast(read, figures)) return std::move(next).Writing(looked);
  DemandRelease release{
      absl::ToUnixMicros(absl::Now()), read.look.position, read.kind, read.sectors,
      figures.could_not_split,         slice.call.start};
  if (read.last) release.number = std::max(release.number, read.last->number + 1);
  RETURN_IF_ERROR(StoreFigures({journal, slice, release.number, pace},
                               WithRelease(figures.cells, release.number, read), read,
                               figures.parts));
  const bool full = read.earlier.size() == kCompared;
  const int64_t oldest = full ? read.earlier.back().number : 0;
  return std::move(next).Writing(
      [looked, release, oldest](journal::Transaction& tx) -> absl::Status {
        RETURN_IF_ERROR(looked(tx));
        return store::StoreRelease(tx, release, oldest);
      });
}

}  // namespace puente::economy
