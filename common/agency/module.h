// What the module of every agency has besides its services: a journal and due work, and references
// to other agencies that are looked up after they were written (docs/decisions/0032).
#pragma once

#include <memory>
#include <vector>

#include "common/agency/collector.h"
#include "common/resource/journaled_module.h"
#include "common/sql/migrate.h"

namespace puente::agency {

class AgencyModule : public resource::JournaledModule {
 public:
  absl::Status Start() override;

 protected:
  explicit AgencyModule(const hosting::Surroundings& around);

 private:
  std::unique_ptr<Collector> collector_;
};

// The migrations of a module: its own and those that all agencies share.
std::vector<sql::Migration> Migrations(const std::vector<sql::Migration>& own);

}  // namespace puente::agency
