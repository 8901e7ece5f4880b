#include "modules/science/signals/store.h"

#include "modules/science/errors.h"

namespace puente::science::store {
namespace {

constexpr sql::Query kCountedKind{"science.signal.counted_kind",
                                  "SELECT MIN(record_kind) FROM skill_signal"};
constexpr sql::Query kByHorizon{
    "science.signal.by_horizon",
    "SELECT id, sector_table, skill, technology, source FROM skill_signal"
    " FORCE INDEX (by_horizon) WHERE record_kind = ? ORDER BY horizon_date, id"};

}  // namespace

const resource::Spec& SignalSpec() {
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::SkillSignal>(),
       .table = "skill_signal",
       .pattern = NamePattern("skillSignals/{skill_signal}"),
       .id_columns = {"id"},
       .columns = {"skill", "technology", "sector_table", "horizon_date", "confidence", "source",
                   "record_kind", "create_time", "update_time"},
       .filters = {{"sector_table", "sector_table"}, {"skill", "skill"}},
       .lists = {{{}, {{"id"}}, "PRIMARY"},
                 {{"sector_table"}, {{"horizon_date"}, {"id"}}, "by_sector"},
                 {{"skill"}, {{"id"}}, "by_skill"}},
       .not_found = error::kSkillSignalNotFound,
       .already_exists = error::kSkillSignalAlreadyExists,
       .revisions = true,
       .deletable = true});
  return *spec;
}

absl::StatusOr<type::v1::RecordKind> CountedKind(sql::Session& session) {
  ASSIGN_OR_RETURN(const int64_t kind, session.Number(kCountedKind));
  return static_cast<type::v1::RecordKind>(kind);  // REAL is the smallest
}

absl::StatusOr<std::vector<SignalFacts>> ByHorizon(sql::Session& session,
                                                   type::v1::RecordKind kind) {
  std::vector<SignalFacts> signals;
  RETURN_IF_ERROR(session.Each(kByHorizon, {static_cast<int>(kind)}, [&](const sql::Row& row) {
    signals.push_back({row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4)});
    return absl::OkStatus();
  }));
  return signals;
}

}  // namespace puente::science::store
