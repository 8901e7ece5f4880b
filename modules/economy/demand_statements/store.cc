#include "modules/economy/demand_statements/store.h"

#include "absl/strings/strip.h"
#include "common/resource/resource.h"
#include "modules/economy/demand_statements/resource.h"

namespace puente::economy::store {
namespace {

constexpr sql::Query kConfirmed{
    "economy.demand.confirmed",
    "SELECT COUNT(*) FROM demand_statement WHERE state = 1 AND standing = 3 AND company = ?"
    " AND confirmed_by = ? AND end_date >= ?"};

}  // namespace

absl::StatusOr<std::optional<v1::DemandStatement>> FindCurrent(journal::Transaction& tx,
                                                               const std::string& need_key) {
  ASSIGN_OR_RETURN(auto found,
                   resource::Select(tx, DemandStatements(), "economy.demand.find_current",
                                    "WHERE current_need = ?", {need_key}));
  if (found.empty()) return std::nullopt;  // the key is unique
  return std::move(found.front());
}

absl::StatusOr<bool> HasConfirmed(sql::Session& session, const std::string& company,
                                  const std::string& chamber, absl::CivilDay day) {
  const std::string id(absl::StripPrefix(company, "companies/"));
  ASSIGN_OR_RETURN(const int64_t confirmed,
                   session.Number(kConfirmed, {id, chamber, absl::FormatCivilTime(day)}));
  return confirmed > 0;
}

}  // namespace puente::economy::store
