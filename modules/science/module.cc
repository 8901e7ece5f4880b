#include "modules/science/module.h"

#include "common/resource/journaled_module.h"
#include "common/resource/serve.h"
#include "modules/science/projects/service.h"
#include "modules/science/projects/store.h"
#include "modules/science/signals/service.h"
#include "modules/science/signals/store.h"
#include "modules/science/technologies/store.h"
#include "puente/science/v1/technology.grpc.pb.h"
#include "schema/science.h"

namespace puente::science {
namespace {

class Module final : public resource::JournaledModule {
 public:
  explicit Module(const hosting::Surroundings& around)
      : JournaledModule(around,
                        {&store::TechnologySpec(), &store::SignalSpec(), &store::ProjectSpec()}) {
    resource::Serve(host().Serve<v1::TechnologyService>(), store::TechnologySpec());
    ServeSkillSignals(host());
    ServeInnovationProjects(host());
  }
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& around) {
  return std::make_unique<Module>(around);
}

}  // namespace

hosting::ModuleKind Science() {
  return {
      .agency = "science", .migrations = resource::WithJournal(schema::science()), .make = &Make};
}

}  // namespace puente::science
