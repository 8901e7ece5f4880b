#include "modules/labor/module.h"

#include <filesystem>

#include "common/context/file.h"
#include "common/resource/journaled_module.h"
#include "modules/labor/errors.h"
#include "modules/labor/occupation_tools/service.h"
#include "modules/labor/occupations/service.h"
#include "modules/labor/occupations/store.h"
#include "modules/labor/released_skills/service.h"
#include "modules/labor/skills/service.h"
#include "modules/labor/skills/store.h"
#include "modules/labor/standards/service.h"
#include "modules/labor/standards/store.h"
#include "modules/labor/vacancies/service.h"
#include "modules/labor/vacancy_statistics/service.h"
#include "modules/labor/vacancy_statistics/store.h"
#include "modules/labor/vocabulary_releases/service.h"
#include "modules/labor/vocabulary_releases/store.h"
#include "schema/labor.h"

namespace puente::labor {
namespace {

// Every *.json of the folder.
absl::StatusOr<std::map<std::string, loader::Profile>> ReadProfiles(const std::string& folder) {
  std::map<std::string, loader::Profile> profiles;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    if (entry.path().extension() != ".json") continue;
    ASSIGN_OR_RETURN(loader::Profile profile,
                     loader::ParseProfile(ReadFile(entry.path()).value_or(""),
                                          entry.path().filename().string()));
    profiles.emplace(profile.id, std::move(profile));
  }
  if (failure) {
    return Error(error::kInvalidProfile,
                 {{"file", folder}, {"place", "folder"}, {"problem", failure.message()}});
  }
  return profiles;
}

class Module final : public resource::JournaledModule {
 public:
  Module(const hosting::Surroundings& around, VacancyRules rules)
      : JournaledModule(around, {&store::SkillSpec(), &store::VocabularyReleaseSpec(),
                                 &store::OccupationSpec()}),
        rules_(std::move(rules)) {
    ServeSkills(host());
    ServeVocabularyReleases(host());
    ServeOccupations(host());
    ServeOccupationTools(host());
    ServeReleasedSkills(host());
    ServeVacancies(host(), rules_);
    ServeVacancyStatistics(host());
    ServeStandards(host());
  }

  // Vacancies are many: their projection knows how many.
  absl::Status Describe(sql::Session* session, api::v1::Server& server) override {
    RETURN_IF_ERROR(JournaledModule::Describe(session, server));
    ASSIGN_OR_RETURN(const int64_t real,
                     statistics::RecordedCount(*session, type::v1::RECORD_KIND_REAL));
    ASSIGN_OR_RETURN(const int64_t generated,
                     statistics::RecordedCount(*session, type::v1::RECORD_KIND_GENERATED));
    AddCount(server, "vacancies", real + generated, generated);
    return absl::OkStatus();
  }

 private:
  const VacancyRules rules_;
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& around) {
  VacancyRules rules;
  ASSIGN_OR_RETURN(rules.profiles, ReadProfiles(around.config.profiles()));
  sql::Session session(*around.database);
  ASSIGN_OR_RETURN(const v1::Standards standards, store::ReadStandards(session));
  ASSIGN_OR_RETURN(rules.standards, rules::Standards::From(standards));
  return std::make_unique<Module>(around, std::move(rules));
}

}  // namespace

hosting::ModuleKind Labor() {
  return {.agency = "labor", .migrations = resource::WithJournal(schema::labor()), .make = &Make};
}

}  // namespace puente::labor
