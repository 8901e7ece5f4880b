#include "modules/economy/module.h"

#include "common/resource/journaled_module.h"
#include "modules/economy/demand/rules.h"
#include "modules/economy/demand/service.h"
#include "modules/economy/sector_tables/service.h"
#include "schema/economy.h"

namespace puente::economy {
namespace {

class Module final : public resource::JournaledModule {
 public:
  explicit Module(const rpc::Surroundings& around)
      : JournaledModule(
            around, {{"sectorTables", "sector_table"}, {"demandStatements", "demand_statement"}}),
        sector_tables_(host()),
        demand_(host()) {
    host().Serve<v1::SectorTableService>(sector_tables_);
    host().Serve<v1::DemandService>(demand_);
    host().AddRules<v1::CreateDemandStatementRequest>(
        [](const v1::CreateDemandStatementRequest& request) {
          return CheckPeriod(request.demand_statement(), "demand_statement");
        });
  }

 private:
  SectorTableService sector_tables_;
  DemandService demand_;
};

absl::StatusOr<std::unique_ptr<rpc::Module>> Make(const rpc::Surroundings& around) {
  return std::make_unique<Module>(around);
}

}  // namespace

rpc::ModuleKind Economy() {
  return {
      .agency = "economy", .migrations = resource::WithJournal(schema::economy()), .make = &Make};
}

}  // namespace puente::economy
