#include "modules/labor/module.h"

#include "common/agency/module.h"
#include "common/extracts/service.h"
#include "common/resource/serve.h"
#include "modules/labor/figure_tables/tables.h"
#include "modules/labor/occupation_tools/service.h"
#include "modules/labor/occupations/service.h"
#include "modules/labor/offer_terms/service.h"
#include "modules/labor/released_skills/service.h"
#include "modules/labor/skills/resource.h"
#include "modules/labor/standards/service.h"
#include "modules/labor/standards/store.h"
#include "modules/labor/vacancies/file.h"
#include "modules/labor/vacancies/resource.h"
#include "modules/labor/vacancies/service.h"
#include "modules/labor/vacancy_loads/service.h"
#include "modules/labor/vacancy_loads/take_back.h"
#include "modules/labor/vacancy_statistics/service.h"
#include "modules/labor/vocabulary_releases/service.h"
#include "schema/labor.h"

namespace puente::labor {
namespace {

class Module final : public agency::AgencyModule {
 public:
  explicit Module(const hosting::Surroundings& around)
      : AgencyModule(around), profiles_(around.config.profiles()), database_(around.database) {
    resource::Serve(host(), Skills());
    ServeVocabularyReleases(host());
    ServeOccupations(host());
    ServeOccupationTools(host());
    ServeReleasedSkills(host());
    ServeOfferTerms(host());
    ServeVacancies(host(), rules_);
    ServeVacancyLoads(host());
    ServeVacancyStatistics(host());
    ServeStandards(host());
    ServeFiguresOf({&Vacancies()});
    extracts_.Serve(host(), due(), FigureTables());
  }

  absl::Status Start() override {
    ASSIGN_OR_RETURN(rules_.profiles, loading::ReadProfiles({&VacancyLayout(), 1}, profiles_));
    sql::Session session(*database_);
    ASSIGN_OR_RETURN(const v1::Standards standards, store::ReadStandards(session));
    ASSIGN_OR_RETURN(rules_.standards, rules::Standards::From(standards));
    due().Handle(kTakeBack, &TakeBackChunk);
    return AgencyModule::Start();
  }

 private:
  const std::string profiles_;  // a folder
  const std::optional<sql::Target> database_;
  extracts::Extracts extracts_;
  VacancyRules rules_;  // read at the start
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& around) {
  return std::make_unique<Module>(around);
}

}  // namespace

hosting::ModuleKind Labor() {
  return {.agency = "labor",
          .migrations = agency::Migrations(extracts::WithExtracts(schema::labor())),
          .make = &Make};
}

}  // namespace puente::labor
