#include "modules/economy/module.h"

#include "common/resource/journaled_module.h"
#include "common/resource/serve.h"
#include "modules/economy/companies/service.h"
#include "modules/economy/companies/store.h"
#include "modules/economy/demand/service.h"
#include "modules/economy/demand/store.h"
#include "modules/economy/sector_tables/store.h"
#include "puente/economy/v1/chamber.grpc.pb.h"
#include "puente/economy/v1/sector_table.grpc.pb.h"
#include "schema/economy.h"

namespace puente::economy {
namespace {

class Module final : public resource::JournaledModule {
 public:
  explicit Module(const hosting::Surroundings& around)
      : JournaledModule(around, {&store::SectorTableSpec(), &store::DemandSpec(),
                                 &store::ChamberSpec(), &store::CompanySpec()}) {
    resource::Serve(host().Serve<v1::SectorTableService>(), store::SectorTableSpec());
    ServeDemand(host(), releases_);
    resource::Serve(host().Serve<v1::ChamberService>(), store::ChamberSpec());
    ServeCompanies(host());
  }

 private:
  ReleaseCache releases_;
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& around) {
  return std::make_unique<Module>(around);
}

}  // namespace

hosting::ModuleKind Economy() {
  return {
      .agency = "economy", .migrations = resource::WithJournal(schema::economy()), .make = &Make};
}

}  // namespace puente::economy
