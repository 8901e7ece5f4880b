#include "modules/economy/module.h"

#include "common/agency/module.h"
#include "common/context/values.h"
#include "common/extracts/service.h"
#include "common/loads/service.h"
#include "common/releases/releaser.h"
#include "common/resource/serve.h"
#include "modules/economy/agreements/service.h"
#include "modules/economy/chambers/resource.h"
#include "modules/economy/companies/service.h"
#include "modules/economy/consents/service.h"
#include "modules/economy/demand_releases/release.h"
#include "modules/economy/demand_releases/service.h"
#include "modules/economy/demand_statements/resource.h"
#include "modules/economy/demand_statements/service.h"
#include "modules/economy/figure_tables/tables.h"
#include "modules/economy/municipalities/resource.h"
#include "modules/economy/place_releases/service.h"
#include "modules/economy/place_releases/tables.h"
#include "modules/economy/place_reservations/service.h"
#include "modules/economy/place_rules/service.h"
#include "modules/economy/proposals/service.h"
#include "modules/economy/school_calls/service.h"
#include "modules/economy/school_responses/service.h"
#include "modules/economy/sector_tables/resource.h"
#include "modules/economy/skill_demand/service.h"
#include "modules/economy/table_sessions/service.h"
#include "modules/economy/training_places/resource.h"
#include "modules/economy/training_places/service.h"
#include "modules/economy/value_chains/service.h"
#include "schema/economy.h"

namespace puente::economy {
namespace {

absl::Duration DemandPause(const config::Server& config) {
  if (!config.has_demand_release_pause()) return absl::Hours(24 * 30);
  return FromProto(config.demand_release_pause());
}

// Of demand and of places: either grows alone, so that their sum is another one with each release.
constexpr sql::Query kLastReleases{"economy.last_releases",
                                   "SELECT (SELECT COALESCE(MAX(number), 0) FROM demand_release)"
                                   " + (SELECT COALESCE(MAX(number), 0) FROM figure_release)"};

class Module final : public agency::AgencyModule {
 public:
  explicit Module(const hosting::Surroundings& around)
      : AgencyModule(around),
        profiles_(around.config.profiles()),
        demand_releaser_(DemandPause(around.config)),
        place_releaser_(PlaceFamily(), ::puente::releases::PauseOf(around.config)),
        reservations_(host(), due()) {
    resource::Serve(host(), SectorTables());
    ServeDemandStatements(host());
    ServeDemandReleases(host());
    ServePlaceReleases(host());
    ServeSkillDemand(host());
    resource::Serve(host(), Chambers());
    loads_.Serve(host(), {ServeCompanies(host()), ServeTrainingPlaces(host(), due()),
                          resource::Serve(host(), Municipalities())});
    ServeConsents(host());
    ServeFiguresOf({&DemandStatements(), &TrainingPlaces()});
    ServeTableSessions(host());
    ServeAgreements(host(), due());
    ServeProposals(host());
    ServeSchoolCalls(host(), due());
    ServeSchoolResponses(host());
    ServeValueChains(host());
    ServePlaceRules(host());
    extracts_.Serve(host(), due(), FigureTables());
  }

  absl::Status Start() override {
    RETURN_IF_ERROR(loads_.ReadProfiles(profiles_));
    due().HandleStanding(
        DemandReleaser::kKind,
        [this](const due::Slice& slice) {
          return demand_releaser_.Release(host().journal(), slice);
        },
        DemandReleaser::kLongest, due::Scheduler::Lane::kReleases);
    place_releaser_.Handle(due(), [this] { return host().journal(); });
    return AgencyModule::Start();
  }

 protected:
  std::optional<sql::Query> Edition() const override { return kLastReleases; }

 private:
  const std::string profiles_;  // a folder
  loads::Loads loads_;
  extracts::Extracts extracts_;
  DemandReleaser demand_releaser_;
  ::puente::releases::Releaser place_releaser_;
  const ServedPlaceReservations reservations_;
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& around) {
  return std::make_unique<Module>(around);
}

}  // namespace

hosting::ModuleKind Economy() {
  return {.agency = "economy",
          .migrations = agency::Migrations(extracts::WithExtracts(
              loads::WithLoads(::puente::releases::WithReleases(schema::economy())))),
          .make = &Make};
}

}  // namespace puente::economy
