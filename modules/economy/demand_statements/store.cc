#include "modules/economy/demand_statements/store.h"

#include "absl/strings/str_cat.h"
#include "common/resource/resource.h"
#include "common/sql/error.h"
#include "modules/economy/demand_statements/counted.h"
#include "modules/economy/demand_statements/resource.h"

namespace puente::economy::store {
namespace {

const std::string& NeedsText() {
  static const auto* const text = new std::string(absl::StrCat(
      "SELECT STRAIGHT_JOIN ", kContributor,
      " AS contributor, skill, d.state_code, d.scian_class, d.source, COUNT(*),"
      " CAST(SUM(heads) AS SIGNED), DATE_FORMAT(MIN(start_date), '%Y-%m-%d'),"
      " DATE_FORMAT(MAX(end_date), '%Y-%m-%d')",
      kCounted, " GROUP BY d.state_code, d.scian_class, skill, contributor, d.source"));
  return *text;
}

absl::StatusOr<absl::CivilDay> Day(const sql::Row& row, size_t column) {
  absl::CivilDay day;
  if (absl::ParseCivilTime(row.Text(column), &day)) return day;
  return Error(sql::error::kRowCorrupt, "column"_is(column));
}

absl::StatusOr<Need> ToNeed(const sql::Row& row) {
  Need need;
  need.company = row.Text(0);
  need.skill = row.Text(1);
  need.state_code = row.Text(2);
  need.scian_class = row.Text(3);
  need.source = row.Text(4);
  need.statements = row.Int64(5);
  need.heads = row.Int64(6);
  ASSIGN_OR_RETURN(need.first_day, Day(row, 7));
  ASSIGN_OR_RETURN(need.last_day, Day(row, 8));
  return need;
}

}  // namespace

absl::StatusOr<std::optional<v1::DemandStatement>> FindCurrent(journal::Transaction& tx,
                                                               const std::string& need_key) {
  ASSIGN_OR_RETURN(auto found,
                   resource::Select(tx, DemandStatements(), "economy.demand.find_current",
                                    "WHERE current_need = ?", {need_key}));
  if (found.empty()) return std::nullopt;  // the key is unique
  return std::move(found.front());
}

absl::StatusOr<std::vector<Need>> ReadNeeds(sql::Session& session, type::v1::RecordKind kind) {
  std::vector<Need> needs;
  RETURN_IF_ERROR(session.Each({"economy.demand.needs", NeedsText()}, {static_cast<int>(kind)},
                               [&](const sql::Row& row) -> absl::Status {
                                 ASSIGN_OR_RETURN(Need need, ToNeed(row));
                                 needs.push_back(std::move(need));
                                 return absl::OkStatus();
                               }));
  return needs;
}

}  // namespace puente::economy::store
