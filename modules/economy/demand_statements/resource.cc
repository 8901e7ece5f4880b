#include "modules/economy/demand_statements/resource.h"

#include "modules/economy/demand_statements/rules.h"
#include "modules/economy/errors.h"

namespace puente::economy {
namespace {

// Unique, so that one statement of a need counts.
sql::Value CurrentNeed(const v1::DemandStatement& statement) {
  if (statement.state() != v1::DEMAND_STATE_CURRENT) return sql::Value();
  return sql::Value(NeedKey(statement));
}

}  // namespace

const resource::Resource<v1::DemandStatement>& DemandStatements() {
  static const resource::Resource<v1::DemandStatement> statements({
      .table = "demand_statement",
      .lists = {{.by = {"company"}, .index = "by_company"}},
      .derived = {{"current_need", &CurrentNeed}},
      .hides = true,
      .states = {{.verb = "CreateDemandStatement", .to = v1::DEMAND_STATE_CURRENT},
                 {.verb = "WithdrawDemandStatement",
                  .from = {v1::DEMAND_STATE_CURRENT},
                  .to = v1::DEMAND_STATE_WITHDRAWN}},
      .over = {v1::DEMAND_STATE_WITHDRAWN, v1::DEMAND_STATE_SUPERSEDED},
      .refusal = &error::kDemandStatementNotCurrent,
  });
  return statements;
}

}  // namespace puente::economy
