#include "modules/science/skill_signals/store.h"

#include "absl/strings/str_cat.h"
#include "common/sql/bulk.h"
#include "common/status/macros.h"

namespace puente::science::store {
namespace {

const char* IndexOf(const SignalChoice& choice) {
  if (!choice.skills.empty()) return "by_skill";
  return choice.sector_table.empty() ? "by_horizon" : "by_sector";
}

}  // namespace

absl::StatusOr<std::vector<SignalFacts>> ByHorizon(sql::Session& session, type::v1::RecordKind kind,
                                                   const SignalChoice& choice) {
  std::string text = absl::StrCat(
      "SELECT id, skill, technology, source, DATEDIFF(horizon_date, '1970-01-01')"
      " FROM skill_signal FORCE INDEX (",
      IndexOf(choice), ") WHERE record_kind = ?");
  std::vector<sql::Value> values = {static_cast<int>(kind)};
  if (!choice.sector_table.empty()) {
    absl::StrAppend(&text, " AND sector_table = ?");
    values.emplace_back(choice.sector_table);
  }
  if (!choice.skills.empty()) {
    absl::StrAppend(&text, " AND skill IN ", sql::InList(choice.skills.size()));
    sql::AppendList(choice.skills, values);
  }
  absl::StrAppend(&text, " ORDER BY horizon_date, id");
  std::vector<SignalFacts> signals;
  RETURN_IF_ERROR(
      session.Each({"science.signal.by_horizon", text}, values, [&](const sql::Row& row) {
        signals.push_back({row.Text(0), row.Text(1), row.Text(2), row.Text(3),
                           absl::CivilDay(1970, 1, 1) + row.Int64(4)});
        return absl::OkStatus();
      }));
  return signals;
}

}  // namespace puente::science::store
