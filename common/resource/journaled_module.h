// A module with a database: its sequencer, its due work, and how many records it holds.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/due/scheduler.h"
#include "common/hosting/module.h"
#include "common/journal/sequencer.h"
#include "common/resource/spec.h"
#include "puente/type/v1/record.pb.h"

namespace puente::resource {

class JournaledModule : public hosting::Module {
 public:
  explicit JournaledModule(const hosting::Surroundings& around);

  absl::Status Start() override;
  void Stop() override;
  // Of each: message, pattern, table, owner, lists, states and errors.
  std::string Resources() const override;
  absl::Status Ready() override { return sequencer_->health(); }
  // Says how many there are of what can be created, and what is due, as far as the caller may know.
  absl::Status Describe(const Call& call, sql::Session* session, api::v1::Server& server) override;

 protected:
  calls::Host& host() { return host_; }
  const sql::Target& database() const { return database_; }
  // To be told, before Start(), how due work is done.
  due::Scheduler& due() { return due_; }
  // Of its figures, if they show what has no entries (see journal/sequencer.h).
  virtual std::optional<sql::Query> Edition() const { return std::nullopt; }
  // Of the module's resources, those that were made.
  std::vector<const Spec*> Specs() const;

 private:
  // Ends the process for what is wrong between resources.
  void Resolve() const;

  calls::Host& host_;
  const sql::Target database_;
  std::unique_ptr<journal::Sequencer> sequencer_;
  due::Scheduler due_;
};

// The migrations of journal, due work and standard methods, then the module's own.
std::vector<sql::Migration> WithJournal(const std::vector<sql::Migration>& own);

}  // namespace puente::resource
