#include "common/resource/record_counts.h"

#include <map>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/journal/projection.h"
#include "common/resource/standard.h"

namespace puente::resource {
namespace {

using type::v1::RecordKind;

// Stored: migrations name them too.
constexpr char kCuts[] = "N|";
constexpr int kRecords = 1;

// N|TABLE|KIND, with the kinds R (real) and G (generated).
std::string CutOf(const Spec& spec, RecordKind kind) {
  return absl::StrCat(kCuts, spec.table(), kind == type::v1::RECORD_KIND_GENERATED ? "|G" : "|R");
}

std::string CutOf(const Spec& spec, const Message& record) {
  const auto* field = record.GetDescriptor()->FindFieldByName("record_kind");
  const int kind = field == nullptr ? 0 : record.GetReflection()->GetEnumValue(record, field);
  return CutOf(spec, static_cast<RecordKind>(kind));
}

// Entries that are folded into no counter yet. Few, unless the sequencer stands still.
constexpr sql::Query kUnplaced{
    "records.unplaced",
    "SELECT deltas FROM journal_entry WHERE id > (SELECT COALESCE(MAX(entry_id), 0) FROM"
    " journal_position) AND deltas IS NOT NULL ORDER BY id LIMIT 1000"};

using Counts = std::map<std::string, int64_t>;

absl::StatusOr<Counts> ReadCounts(sql::Session& snapshot) {
  ASSIGN_OR_RETURN(Counts counts,
                   journal::ReadCuts(snapshot, kRecords, {journal::CutRange::Prefix(kCuts)}));
  journal::Deltas unplaced;
  RETURN_IF_ERROR(
      snapshot.Each(kUnplaced, {}, [&](const sql::Row& row) { return unplaced.Add(row.Text(0)); }));
  for (const auto& [cut, delta] : unplaced.cuts()) {
    if (!absl::StartsWith(cut, kCuts)) continue;
    for (const auto& [measure, n] : delta.counts) counts[cut] += n;
  }
  return counts;
}

}  // namespace

void CountRecord(const Spec& spec, const Message* before, const Message* after,
                 journal::Deltas& deltas) {
  const std::string from = before == nullptr ? "" : CutOf(spec, *before);
  const std::string to = after == nullptr ? "" : CutOf(spec, *after);
  if (from == to) return;
  if (before != nullptr) deltas.Count(from, kRecords, -1);
  if (after != nullptr) deltas.Count(to, kRecords, 1);
}

absl::StatusOr<std::vector<api::v1::RecordCount>> ReadRecordCounts(
    sql::Session& session, const std::vector<const Spec*>& specs) {
  ASSIGN_OR_RETURN(const Counts counts, session.Snapshot<Counts>(&ReadCounts));
  const auto count = [&](const Spec& spec, RecordKind kind) -> int64_t {
    const auto found = counts.find(CutOf(spec, kind));
    return found == counts.end() ? 0 : found->second;
  };
  std::vector<api::v1::RecordCount> told;
  for (const Spec* spec : specs) {
    if (spec->contract().Standard("Create") == nullptr) continue;
    const int64_t generated = count(*spec, type::v1::RECORD_KIND_GENERATED);
    api::v1::RecordCount& one = told.emplace_back();
    one.set_collection(spec->contract().plural());
    one.set_count(count(*spec, type::v1::RECORD_KIND_REAL) + generated);
    one.set_generated_count(generated);
  }
  return told;
}

}  // namespace puente::resource
