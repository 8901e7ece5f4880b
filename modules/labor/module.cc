#include "modules/labor/module.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "common/journal/sequencer.h"
#include "modules/labor/errors.h"
#include "modules/labor/standards/service.h"
#include "modules/labor/standards/store.h"
#include "modules/labor/statistics/service.h"
#include "modules/labor/statistics/store.h"
#include "modules/labor/vacancies/service.h"
#include "modules/labor/vocabulary/service.h"
#include "schema/journal.h"
#include "schema/labor.h"

namespace puente::labor {
namespace {

constexpr sql::Query kSkillCount{"labor.skill.count",
                                 "SELECT COUNT(*), CAST(SUM(record_kind = 2) AS SIGNED) FROM skill"};

// Every *.json of the folder.
absl::StatusOr<std::map<std::string, loader::Profile>> ReadProfiles(const std::string& folder) {
  std::map<std::string, loader::Profile> profiles;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path());
    std::ostringstream text;
    text << file.rdbuf();
    ASSIGN_OR_RETURN(loader::Profile profile,
                     loader::ParseProfile(text.str(), entry.path().filename().string()));
    profiles.emplace(profile.id, std::move(profile));
  }
  if (failure) {
    return Error(error::kInvalidProfile,
                 {{"file", folder}, {"place", "folder"}, {"problem", failure.message()}});
  }
  return profiles;
}

class Module final : public rpc::Module {
 public:
  Module(rpc::Host& host, sql::Target database, VacancyRules rules)
      : host_(host),
        database_(std::move(database)),
        rules_(std::move(rules)),
        skills_(host),
        vacancies_(host, rules_),
        statistics_(host),
        standards_(host) {
    host.Serve<v1::SkillService>(skills_);
    host.Serve<v1::VacancyService>(vacancies_);
    host.Serve<v1::VacancyStatisticsService>(statistics_);
    host.Serve<v1::StandardsService>(standards_);
  }

  absl::Status Start() override {
    sequencer_ = std::make_unique<journal::Sequencer>(
        journal::SequencerOptions{.agency = "labor", .target = database_});
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
    RETURN_IF_ERROR(session->Each(kSkillCount, {}, [&](const sql::Row& row) {
      Add(server, "skills", row.Int64(0), row.Int64(1));
      return absl::OkStatus();
    }));
    ASSIGN_OR_RETURN(const int64_t real,
                     statistics::RecordedCount(*session, type::v1::RECORD_KIND_REAL));
    ASSIGN_OR_RETURN(const int64_t generated,
                     statistics::RecordedCount(*session, type::v1::RECORD_KIND_GENERATED));
    Add(server, "vacancies", real + generated, generated);
    return absl::OkStatus();
  }

 private:
  static void Add(api::v1::Server& server, const char* collection, int64_t count,
                  int64_t generated) {
    api::v1::RecordCount* out = server.add_record_counts();
    out->set_collection(collection);
    out->set_count(count);
    out->set_generated_count(generated);
  }

  rpc::Host& host_;
  const sql::Target database_;
  const VacancyRules rules_;
  SkillService skills_;
  VacancyService vacancies_;
  VacancyStatisticsService statistics_;
  StandardsService standards_;
  std::unique_ptr<journal::Sequencer> sequencer_;
};

absl::StatusOr<std::unique_ptr<rpc::Module>> Make(const rpc::Surroundings& around) {
  VacancyRules rules;
  ASSIGN_OR_RETURN(rules.profiles, ReadProfiles(around.config.profiles()));
  sql::Session session(*around.database);
  ASSIGN_OR_RETURN(const v1::Standards standards, store::ReadStandards(session));
  ASSIGN_OR_RETURN(rules.standards, rules::Standards::From(standards));
  return std::make_unique<Module>(around.host, *around.database, std::move(rules));
}

}  // namespace

rpc::ModuleKind Labor() {
  std::vector<sql::Migration> migrations = schema::journal();
  migrations.insert(migrations.end(), schema::labor().begin(), schema::labor().end());
  return {.agency = "labor", .migrations = std::move(migrations), .make = &Make};
}

}  // namespace puente::labor
