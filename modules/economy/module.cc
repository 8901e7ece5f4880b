#include "modules/economy/module.h"

#include "common/agency/module.h"
#include "common/resource/serve.h"
#include "modules/economy/chambers/resource.h"
#include "modules/economy/companies/service.h"
#include "modules/economy/consents/resource.h"
#include "modules/economy/demand_statements/resource.h"
#include "modules/economy/demand_statements/service.h"
#include "modules/economy/sector_tables/resource.h"
#include "schema/economy.h"

namespace puente::economy {
namespace {

class Module final : public agency::AgencyModule {
 public:
  explicit Module(const hosting::Surroundings& around) : AgencyModule(around) {
    resource::Serve(host(), SectorTables());
    ServeDemandStatements(host(), releases_);
    resource::Serve(host(), Chambers());
    ServeCompanies(host());
    resource::Serve(host(), Consents());
    ServeFiguresOf({&DemandStatements()});
  }

 private:
  ReleaseCache releases_;
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& around) {
  return std::make_unique<Module>(around);
}

}  // namespace

hosting::ModuleKind Economy() {
  return {.agency = "economy", .migrations = agency::Migrations(schema::economy()), .make = &Make};
}

}  // namespace puente::economy
