#include "modules/economy/module.h"

#include "common/journal/sequencer.h"
#include "modules/economy/demand/service.h"
#include "modules/economy/sector_tables/service.h"
#include "schema/economy.h"
#include "schema/journal.h"

namespace puente::economy {
namespace {

constexpr sql::Query kSectorTableCount{
    "economy.sector_table.count",
    "SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM sector_table"};
constexpr sql::Query kDemandCount{
    "economy.demand.count",
    "SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM demand_statement"};

class Module final : public rpc::Module {
 public:
  Module(rpc::Host& host, sql::Target database)
      : host_(host), database_(std::move(database)), sector_tables_(host), demand_(host) {
    host.Serve<v1::SectorTableService>(sector_tables_);
    host.Serve<v1::DemandService>(demand_);
  }

  absl::Status Start() override {
    sequencer_ = std::make_unique<journal::Sequencer>(
        journal::SequencerOptions{.agency = "economy", .target = database_});
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
    RETURN_IF_ERROR(Count(*session, kSectorTableCount, "sectorTables", server));
    return Count(*session, kDemandCount, "demandStatements", server);
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
  SectorTableService sector_tables_;
  DemandService demand_;
  std::unique_ptr<journal::Sequencer> sequencer_;
};

absl::StatusOr<std::unique_ptr<rpc::Module>> Make(const rpc::Surroundings& around) {
  return std::make_unique<Module>(around.host, *around.database);
}

}  // namespace

rpc::ModuleKind Economy() {
  std::vector<sql::Migration> migrations = schema::journal();
  migrations.insert(migrations.end(), schema::economy().begin(), schema::economy().end());
  return {.agency = "economy", .migrations = std::move(migrations), .make = &Make};
}

}  // namespace puente::economy
