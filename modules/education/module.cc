#include "modules/education/module.h"

#include "common/resource/journaled_module.h"
#include "modules/education/microcredentials/service.h"
#include "modules/education/microcredentials/store.h"
#include "schema/education.h"

namespace puente::education {
namespace {

class Module final : public resource::JournaledModule {
 public:
  explicit Module(const rpc::Surroundings& around)
      : JournaledModule(around, {&store::VersionSpec()}) {
    ServeMicrocredentials(host());
  }
};

absl::StatusOr<std::unique_ptr<rpc::Module>> Make(const rpc::Surroundings& around) {
  return std::make_unique<Module>(around);
}

}  // namespace

rpc::ModuleKind Education() {
  return {.agency = "education",
          .migrations = resource::WithJournal(schema::education()),
          .make = &Make};
}

}  // namespace puente::education
