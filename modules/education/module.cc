#include "modules/education/module.h"

#include "common/resource/journaled_module.h"
#include "modules/education/microcredentials/rules.h"
#include "modules/education/microcredentials/service.h"
#include "schema/education.h"

namespace puente::education {
namespace {

class Module final : public resource::JournaledModule {
 public:
  explicit Module(const rpc::Surroundings& around)
      : JournaledModule(around, {{"microcredentialVersions", "microcredential_version"}}),
        microcredentials_(host()) {
    host().Serve<v1::MicrocredentialService>(microcredentials_);
    host().AddRules<v1::CreateMicrocredentialVersionRequest>(
        [](const v1::CreateMicrocredentialVersionRequest& request) {
          return CheckHours(request.microcredential_version(), "microcredential_version");
        });
  }

 private:
  MicrocredentialService microcredentials_;
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
