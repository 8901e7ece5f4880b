#include "common/agency/module.h"

#include "common/agency/service.h"
#include "common/identity/spiffe.h"
#include "schema/agency.h"

namespace puente::agency {

AgencyModule::AgencyModule(const hosting::Surroundings& around) : JournaledModule(around) {
  ServeReferences(host());
}

absl::Status AgencyModule::Start() {
  collector_ = std::make_unique<Collector>(identity::ServerPath(host().options().agency), Specs());
  due().HandleWanted(
      "references.collect", [this](const due::Slice& slice) { return collector_->Collect(slice); },
      [this] { return collector_->Wanted(host().sequencer()->head()); });
  return JournaledModule::Start();
}

std::vector<sql::Migration> Migrations(const std::vector<sql::Migration>& own) {
  std::vector<sql::Migration> migrations = schema::agency();
  migrations.insert(migrations.end(), own.begin(), own.end());
  return resource::WithJournal(migrations);
}

}  // namespace puente::agency
