#include "modules/science/skill_signals/store.h"

#include "common/status/macros.h"

namespace puente::science::store {
namespace {

constexpr sql::Query kByHorizon{
    "science.signal.by_horizon",
    "SELECT id, sector_table, skill, technology, source FROM skill_signal"
    " FORCE INDEX (by_horizon) WHERE record_kind = ? ORDER BY horizon_date, id"};

}  // namespace

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
