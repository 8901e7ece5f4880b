#include "modules/education/module.h"

#include "common/resource/journaled_module.h"
#include "common/resource/serve.h"
#include "modules/education/microcredentials/service.h"
#include "modules/education/microcredentials/store.h"
#include "modules/education/organizations/service.h"
#include "modules/education/organizations/store.h"
#include "modules/education/programs/service.h"
#include "modules/education/programs/store.h"
#include "puente/education/v1/credit_rule.grpc.pb.h"
#include "schema/education.h"

namespace puente::education {
namespace {

class Module final : public resource::JournaledModule {
 public:
  explicit Module(const hosting::Surroundings& around)
      : JournaledModule(around,
                        {&store::VersionSpec(), &store::OrganizationSpec(), &store::CampusSpec(),
                         &store::CreditRuleSpec(), &store::ProgramSpec()}) {
    ServeMicrocredentials(host());
    ServeOrganizations(host());
    ServeCampuses(host());
    resource::Serve(host().Serve<v1::CreditRuleService>(), store::CreditRuleSpec());
    ServePrograms(host());
  }
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& around) {
  return std::make_unique<Module>(around);
}

}  // namespace

hosting::ModuleKind Education() {
  return {.agency = "education",
          .migrations = resource::WithJournal(schema::education()),
          .make = &Make};
}

}  // namespace puente::education
