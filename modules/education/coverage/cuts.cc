#include "modules/education/coverage/cuts.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace puente::education::coverage {
namespace {

std::string Prefix(absl::string_view collection, type::v1::RecordKind kind) {
  return absl::StrCat(collection, kind == type::v1::RECORD_KIND_REAL ? "|R|" : "|G|");
}

std::string Cut(absl::string_view collection, type::v1::RecordKind kind, const Cell& cell) {
  return absl::StrCat(Prefix(collection, kind), cell.level, "|", cell.state, "|", cell.sector);
}

}  // namespace

std::vector<Cell> WaysToAsk(const Cell& cell) {
  std::vector<Cell> ways;
  for (const auto& level : {cell.level, std::string(kAll)}) {
    for (const auto& state : {cell.state, std::string(kAll)}) {
      for (const auto& sector : {cell.sector, std::string(kAll)}) {
        ways.push_back({level, state, sector});
      }
    }
  }
  return ways;
}

std::string CellCut(type::v1::RecordKind kind, const Cell& cell) { return Cut("C", kind, cell); }
std::string AskedCut(type::v1::RecordKind kind, const Cell& asked) { return Cut("A", kind, asked); }

journal::CutRange AllAsked(type::v1::RecordKind kind) {
  return journal::CutRange::Prefix(Prefix("A", kind));
}

journal::CutRange CellsAfter(type::v1::RecordKind kind, absl::string_view cut) {
  journal::CutRange range = journal::CutRange::Prefix(Prefix("C", kind));
  if (!cut.empty()) range.first = absl::StrCat(cut, absl::string_view("\0", 1));
  return range;
}

Cell CellOf(absl::string_view cut) {
  const std::vector<std::string> parts = absl::StrSplit(cut, '|');
  return {parts[2], parts[3], parts[4]};
}

}  // namespace puente::education::coverage
