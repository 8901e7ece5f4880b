#include "modules/science/module.h"

#include "common/resource/journaled_module.h"
#include "modules/science/signals/service.h"
#include "modules/science/technologies/service.h"
#include "schema/science.h"

namespace puente::science {
namespace {

class Module final : public resource::JournaledModule {
 public:
  explicit Module(const rpc::Surroundings& around)
      : JournaledModule(around, {{"technologies", "technology"}, {"skillSignals", "skill_signal"}}),
        technologies_(host()),
        signals_(host()) {
    host().Serve<v1::TechnologyService>(technologies_);
    host().Serve<v1::SkillSignalService>(signals_);
  }

 private:
  TechnologyService technologies_;
  SkillSignalService signals_;
};

absl::StatusOr<std::unique_ptr<rpc::Module>> Make(const rpc::Surroundings& around) {
  return std::make_unique<Module>(around);
}

}  // namespace

rpc::ModuleKind Science() {
  return {
      .agency = "science", .migrations = resource::WithJournal(schema::science()), .make = &Make};
}

}  // namespace puente::science
