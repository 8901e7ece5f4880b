#include "modules/education/module.h"

#include <optional>

#include "common/agency/module.h"
#include "common/extracts/service.h"
#include "common/loads/service.h"
#include "common/personal/key_store.h"
#include "common/releases/releaser.h"
#include "common/resource/serve.h"
#include "modules/education/accesses/service.h"
#include "modules/education/assessments/service.h"
#include "modules/education/award_releases/service.h"
#include "modules/education/award_releases/tables.h"
#include "modules/education/award_rules/service.h"
#include "modules/education/awards/resource.h"
#include "modules/education/awards/service.h"
#include "modules/education/campuses/service.h"
#include "modules/education/causes/service.h"
#include "modules/education/certifications/service.h"
#include "modules/education/competence_standards/resource.h"
#include "modules/education/coverage/service.h"
#include "modules/education/credit_rules/resource.h"
#include "modules/education/dual_agreements/service.h"
#include "modules/education/dual_plans/service.h"
#include "modules/education/enrolments/service.h"
#include "modules/education/facilities/service.h"
#include "modules/education/facility_bookings/service.h"
#include "modules/education/figure_tables/tables.h"
#include "modules/education/hour_entries/service.h"
#include "modules/education/learners/service.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/microcredential_versions/service.h"
#include "modules/education/minor_limits/service.h"
#include "modules/education/national_profiles/service.h"
#include "modules/education/organizations/service.h"
#include "modules/education/persons/destruction.h"
#include "modules/education/persons/rotation.h"
#include "modules/education/persons/service.h"
#include "modules/education/persons/store.h"
#include "modules/education/place_enrolments/service.h"
#include "modules/education/placement_requests/service.h"
#include "modules/education/program_versions/resource.h"
#include "modules/education/program_versions/service.h"
#include "modules/education/rvoes/service.h"
#include "modules/education/seat_statistics/service.h"
#include "modules/education/sharing_agreements/service.h"
#include "modules/education/teacher_rules/service.h"
#include "modules/education/teacher_trainings/service.h"
#include "modules/education/teachers/service.h"
#include "modules/education/teaching/service.h"
#include "schema/education.h"

namespace puente::education {
namespace {

absl::Duration RotateAfter(const config::PersonalKeys& keys) {
  return keys.has_rotate_after() ? FromProto(keys.rotate_after()) : absl::Hours(1);
}

class Module final : public agency::AgencyModule {
 public:
  explicit Module(const hosting::Surroundings& around)
      : AgencyModule(around),
        profiles_(around.config.profiles()),
        releaser_(AwardFamily(), releases::PauseOf(around.config)) {
    ServeMicrocredentialVersions(host());
    ServeOrganizations(host(), due());
    const resource::RecordWriter campuses = ServeCampuses(host());
    resource::Serve(host(), CreditRules());
    const resource::RecordWriter programs = ServeProgramVersions(host());
    ServeCauses(host());
    ServeCertifications(host(), due());
    coverage::Serve(host(), due());
    const resource::RecordWriter standards = resource::Serve(host(), CompetenceStandards());
    ServeRvoes(host());
    ServeNationalProfiles(host());
    ServeSeatStatistics(host(), due());
    ServeFiguresOf({&MicrocredentialVersions(), &ProgramVersions(), &Awards()});
    persons_.emplace(host(), due());
    HandleRotation(due(), host(), RotateAfter(around.config.personal_keys()));
    learners_.emplace(host());
    ServeAccesses(host());
    const resource::RecordWriter enrolments = ServeEnrolments(host());
    const resource::RecordWriter assessments = ServeAssessments(host());
    place_enrolments_.emplace(host());
    ServeAwardRules(host());
    const resource::RecordWriter awards = ServeAwards(host(), due());
    ServeAwardReleases(host());
    ServeMinorLimits(host());
    agreements_.emplace(host(), due());
    plans_.emplace(host(), due(), database());
    hours_.emplace(host());
    ServeFacilities(host());
    bookings_.emplace(host());
    sharing_.emplace(host(), due());
    ServeTeachers(host());
    ServeTeacherTrainings(host());
    ServeTeacherRules(host());
    ServeTeaching(host(), due());
    const resource::RecordWriter requests = ServePlacementRequests(host());
    loads_.Serve(host(), {campuses, standards, programs, learners_->writer(), enrolments,
                          assessments, awards, hours_->writer(), bookings_->writer(), requests});
    extracts_.Serve(host(), due(), FigureTables());
  }

  absl::Status Start() override {
    sql::Session session(database());
    ASSIGN_OR_RETURN(const int64_t destroyed, store::CountDestroyed(session));
    RETURN_IF_ERROR(host().persons()->Start(destroyed));
    RETURN_IF_ERROR(loads_.ReadProfiles(profiles_));
    releaser_.Handle(due(), [this] { return host().journal(); });
    return AgencyModule::Start();
  }

  absl::Status ReplayErasures() override {
    sql::Session session(database());
    return education::ReplayErasures(session, *host().persons());
  }

 protected:
  std::optional<sql::Query> Edition() const override { return releases::store::kLastNumber; }

 private:
  const std::string profiles_;  // a folder
  loads::Loads loads_;
  extracts::Extracts extracts_;
  releases::Releaser releaser_;
  std::optional<ServedPersons> persons_;
  std::optional<ServedLearners> learners_;
  std::optional<ServedPlaceEnrolments> place_enrolments_;
  std::optional<ServedDualAgreements> agreements_;
  std::optional<ServedDualPlans> plans_;
  std::optional<ServedHourEntries> hours_;
  std::optional<ServedFacilityBookings> bookings_;
  std::optional<ServedSharingAgreements> sharing_;
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& around) {
  return std::make_unique<Module>(around);
}

}  // namespace

hosting::ModuleKind Education() {
  return {.agency = "education",
          .migrations = agency::Migrations(extracts::WithExtracts(
              loads::WithLoads(releases::WithReleases(schema::education())))),
          .make = &Make,
          .keeps_persons = true};
}

}  // namespace puente::education
