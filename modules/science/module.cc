#include "modules/science/module.h"

#include "common/journal/sequencer.h"
#include "modules/science/signals/service.h"
#include "modules/science/technologies/service.h"
#include "schema/journal.h"
#include "schema/science.h"

namespace puente::science {
namespace {

constexpr sql::Query kTechnologyCount{
    "science.technology.count",
    "SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM technology"};
constexpr sql::Query kSignalCount{
    "science.signal.count",
    "SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM skill_signal"};

class Module final : public rpc::Module {
 public:
  Module(rpc::Host& host, sql::Target database)
      : host_(host), database_(std::move(database)), technologies_(host), signals_(host) {
    host.Serve<v1::TechnologyService>(technologies_);
    host.Serve<v1::SkillSignalService>(signals_);
  }

  absl::Status Start() override {
    sequencer_ = std::make_unique<journal::Sequencer>(
        journal::SequencerOptions{.agency = "science", .target = database_});
    host_.set_sequencer(sequencer_.get());
    return absl::OkStatus();
  }

  void Stop() override {
    host_.set_sequencer(nullptr);
    sequencer_.reset();
  }

  absl::Status Ready() override { return sequencer_->health(); }

  absl::Status Describe(sql::Session* session, api::v1::Server& server) override {
    server.set_journal_position(sequencer_->head());
    RETURN_IF_ERROR(Count(*session, kTechnologyCount, "technologies", server));
    return Count(*session, kSignalCount, "skillSignals", server);
  }

 private:
  static absl::Status Count(sql::Session& session, const sql::Query& query, const char* collection,
                            api::v1::Server& server) {
    return session.Each(query, {}, [&](const sql::Row& row) {
      api::v1::RecordCount* out = server.add_record_counts();
      out->set_collection(collection);
      out->set_count(row.Int64(0));
      out->set_generated_count(row.Int64(1));
      return absl::OkStatus();
    });
  }

  rpc::Host& host_;
  const sql::Target database_;
  TechnologyService technologies_;
  SkillSignalService signals_;
  std::unique_ptr<journal::Sequencer> sequencer_;
};

absl::StatusOr<std::unique_ptr<rpc::Module>> Make(const rpc::Surroundings& around) {
  return std::make_unique<Module>(around.host, *around.database);
}

}  // namespace

rpc::ModuleKind Science() {
  std::vector<sql::Migration> migrations = schema::journal();
  migrations.insert(migrations.end(), schema::science().begin(), schema::science().end());
  return {.agency = "science", .migrations = std::move(migrations), .make = &Make};
}

}  // namespace puente::science
