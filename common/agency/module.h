// What the module of every agency, and of the gateway, has besides its services: a journal and due
// work, references to other agencies that are looked up after they were written
// (docs/decisions/0032), settings of which kind of records counts (0034), and its journal as it is
// shown to who holds it to account (0081).
#pragma once

#include <memory>
#include <vector>

#include "common/agency/collector.h"
#include "common/agency/counted_kinds.h"
#include "common/agency/journal_index.h"
#include "common/resource/journaled_module.h"
#include "common/sql/migrate.h"

namespace puente::agency {

class AgencyModule : public resource::JournaledModule {
 public:
  absl::Status Start() override;
  // As any module with a database, and which kind of records counts today.
  absl::Status Describe(const Call& call, sql::Session* session, api::v1::Server& server) override;

 protected:
  explicit AgencyModule(const hosting::Surroundings& around);
  // Once these are served: of which resources the agency makes figures.
  void ServeFiguresOf(const std::vector<const resource::Spec*>& counted);

 private:
  Collections counted_;
  std::unique_ptr<Collector> collector_;
  JournalIndex journal_index_;
};

// The migrations of a module: its own and those that all agencies share.
std::vector<sql::Migration> Migrations(const std::vector<sql::Migration>& own);

}  // namespace puente::agency
