#include "common/agency/module.h"

#include "common/agency/journal_service.h"
#include "common/agency/service.h"
#include "common/context/clock.h"
#include "common/identity/spiffe.h"
#include "schema/agency.h"

namespace puente::agency {

AgencyModule::AgencyModule(const hosting::Surroundings& around) : JournaledModule(around) {
  ServeReferences(host());
  ServeJournal(host());
}

void AgencyModule::ServeFiguresOf(const std::vector<const resource::Spec*>& counted) {
  for (const resource::Spec* spec : counted) counted_.push_back(spec->contract().plural());
  ServeCountedKinds(host(), counted_);
}

absl::Status AgencyModule::Describe(const Call& call, sql::Session* session,
                                    api::v1::Server& server) {
  RETURN_IF_ERROR(JournaledModule::Describe(call, session, server));
  ASSIGN_OR_RETURN(const std::vector<api::v1::CountedKind> settings,
                   CountedKindsOn(*session, counted_, LegalDay(host().clock().Now())));
  server.mutable_counted_kinds()->Assign(settings.begin(), settings.end());
  return absl::OkStatus();
}

absl::Status AgencyModule::Start() {
  collector_ = std::make_unique<Collector>(identity::ServerPath(host().options().agency), Specs());
  due().HandleWanted(
      "references.collect", [this](const due::Slice& slice) { return collector_->Collect(slice); },
      [this] { return collector_->Wanted(host().sequencer()->head()); });
  due().HandleWanted(
      "journal.index", [this](const due::Slice& slice) { return journal_index_.Follow(slice); },
      [this] { return journal_index_.Wanted(host().sequencer()->head()); });
  return JournaledModule::Start();
}

std::vector<sql::Migration> Migrations(const std::vector<sql::Migration>& own) {
  std::vector<sql::Migration> migrations = schema::agency();
  migrations.insert(migrations.end(), own.begin(), own.end());
  return resource::WithJournal(migrations);
}

}  // namespace puente::agency
