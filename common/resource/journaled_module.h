// A module with a database: its sequencer, and how many records it holds.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/journal/sequencer.h"
#include "common/rpc/module.h"
#include "puente/type/v1/record.pb.h"

namespace puente::resource {

// A collection that GetServer counts.
struct Collection {
  std::string name;   // as in resource names: "skills"
  std::string table;  // with a column record_kind
};

class JournaledModule : public rpc::Module {
 public:
  JournaledModule(const rpc::Surroundings& around, std::vector<Collection> collections);

  absl::Status Start() override;
  void Stop() override;
  absl::Status Ready() override { return sequencer_->health(); }
  absl::Status Describe(sql::Session* session, api::v1::Server& server) override;

 protected:
  rpc::Host& host() { return host_; }
  static void AddCount(api::v1::Server& server, std::string collection, int64_t count,
                       int64_t generated);

 private:
  rpc::Host& host_;
  const sql::Target database_;
  const std::vector<Collection> collections_;
  std::unique_ptr<journal::Sequencer> sequencer_;
};

// The journal's migrations, then the module's own.
std::vector<sql::Migration> WithJournal(const std::vector<sql::Migration>& own);

}  // namespace puente::resource
