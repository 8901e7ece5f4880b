#include "modules/science/module.h"

#include "common/agency/module.h"
#include "common/extracts/service.h"
#include "common/resource/serve.h"
#include "modules/science/figure_tables/tables.h"
#include "modules/science/innovation_projects/service.h"
#include "modules/science/skill_signals/resource.h"
#include "modules/science/skill_signals/service.h"
#include "modules/science/technologies/resource.h"
#include "modules/science/transfer_agreements/service.h"
#include "schema/science.h"

namespace puente::science {
namespace {

class Module final : public agency::AgencyModule {
 public:
  explicit Module(const hosting::Surroundings& around) : AgencyModule(around) {
    resource::Serve(host(), Technologies());
    ServeSkillSignals(host());
    ServeInnovationProjects(host());
    ServeTransferAgreements(host());
    ServeFiguresOf({&SkillSignals()});
    extracts_.Serve(host(), due(), FigureTables());
  }

 private:
  extracts::Extracts extracts_;
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& around) {
  return std::make_unique<Module>(around);
}

}  // namespace

hosting::ModuleKind Science() {
  return {.agency = "science",
          .migrations = agency::Migrations(extracts::WithExtracts(schema::science())),
          .make = &Make};
}

}  // namespace puente::science
