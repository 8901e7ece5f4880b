#include "modules/economy/demand_statements/resource.h"

#include "modules/economy/consents/store.h"
#include "modules/economy/demand_statements/rules.h"
#include "modules/economy/errors.h"

namespace puente::economy {
namespace {

// Unique, so that one statement of a need counts.
sql::Value CurrentNeed(const v1::DemandStatement& statement) {
  if (statement.state() != v1::DEMAND_STATE_CURRENT) return sql::Value();
  return sql::Value(NeedKey(statement));
}

// A chamber acts for a company by its consents. Of a statement that awaits confirmation, any may
// look at what it is to confirm.
absl::StatusOr<bool> ActsFor(const Call& call, sql::Session& session, const std::string& company,
                             const v1::DemandStatement* statement) {
  const bool awaits = statement != nullptr && statement->state() == v1::DEMAND_STATE_CURRENT &&
                      statement->standing() == v1::DEMAND_STANDING_AWAITS_CONFIRMATION;
  if (call.verb() == "ConfirmDemandStatement") return awaits;
  if (awaits && (call.verb() == "GetDemandStatement" || call.verb() == "ExplainDemandStatement")) {
    return true;
  }
  const bool states =
      call.verb() == "CreateDemandStatement" || call.verb() == "WithdrawDemandStatement";
  return MayAct(call, session, company,
                states ? v1::CONSENT_ACT_STATE_DEMAND : v1::CONSENT_ACT_READ_DEMAND);
}

}  // namespace

const resource::Resource<v1::DemandStatement>& DemandStatements() {
  static const resource::Resource<v1::DemandStatement> statements({
      .table = "demand_statement",
      .lists = {{.by = {"state", "standing"}, .index = "by_standing"}},
      .derived = {{"current_need", &CurrentNeed}},
      .hides = true,
      .guarded = true,
      .acts_for = &ActsFor,
      .states = {{.verb = "CreateDemandStatement", .to = v1::DEMAND_STATE_CURRENT},
                 {.verb = "WithdrawDemandStatement",
                  .from = {v1::DEMAND_STATE_CURRENT},
                  .to = v1::DEMAND_STATE_WITHDRAWN},
                 {.verb = "ConfirmDemandStatement", .from = {v1::DEMAND_STATE_CURRENT}}},
      .over = {v1::DEMAND_STATE_WITHDRAWN, v1::DEMAND_STATE_SUPERSEDED},
      .refusal = &error::kDemandStatementNotCurrent,
  });
  return statements;
}

}  // namespace puente::economy
