#include "modules/economy/demand_statements/store.h"

#include "common/resource/resource.h"
#include "modules/economy/demand_statements/resource.h"

namespace puente::economy::store {

absl::StatusOr<std::optional<v1::DemandStatement>> FindCurrent(journal::Transaction& tx,
                                                               const std::string& need_key) {
  ASSIGN_OR_RETURN(auto found,
                   resource::Select(tx, DemandStatements(), "economy.demand.find_current",
                                    "WHERE current_need = ?", {need_key}));
  if (found.empty()) return std::nullopt;  // the key is unique
  return std::move(found.front());
}

}  // namespace puente::economy::store
