#include "modules/education/campuses/service.h"

#include <vector>

#include "common/resource/serve.h"
#include "modules/education/campuses/resource.h"
#include "modules/education/enrolments/resource.h"
#include "modules/education/errors.h"
#include "modules/education/facilities/resource.h"
#include "modules/education/organizations/service.h"
#include "modules/education/rvoes/resource.h"
#include "modules/education/teaching/sites.h"

namespace puente::education {
namespace {

absl::Status CheckMayWriteIn(const Call& call, journal::Transaction& tx, const v1::Campus& campus,
                             absl::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids, Campuses().pattern().Parse(campus.name(), field));
  ids.pop_back();
  return CheckMayWrite(call, tx, Campuses().pattern().Parent().Format(ids), field);
}

// Those that are closed stay as they were.
absl::Status CheckNoFacilities(journal::Transaction& tx, const std::string& campus) {
  ASSIGN_OR_RETURN(const std::vector<v1::Facility> facilities,
                   resource::Select(tx, Facilities(), "education.facility.at_campus",
                                    "FORCE INDEX (by_campus) WHERE campus = ? AND state <> ?"
                                    " LIMIT 1",
                                    {campus, int{v1::FACILITY_STATE_CLOSED}}));
  if (facilities.empty()) return absl::OkStatus();
  return Error(error::kCampusHasFacilities, "name"_is(campus),
               "facility"_is(facilities.front().name()));
}

// Whoever changes a facility has guarded the campus, as whoever moves it does.
absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Campus* before,
                     v1::Campus& after) {
  RETURN_IF_ERROR(CheckMayWriteIn(call, tx, after, "parent"));
  if (before == nullptr) return absl::OkStatus();
  RETURN_IF_ERROR(teaching::MoveCampus(tx, *before, after));
  if (before->state_code() == after.state_code()) return absl::OkStatus();
  return CheckNoFacilities(tx, after.name());
}

// Whoever adds an RVOE, enrolment or facility or publishes a program has guarded the campus, so
// that it is seen here, or does so afterwards, and finds it gone.
absl::Status BeforeDelete(const Call& call, journal::Transaction& tx, const v1::Campus& before) {
  RETURN_IF_ERROR(CheckMayWriteIn(call, tx, before, "name"));
  RETURN_IF_ERROR(resource::GuardFirst(tx, Campuses(), before.name(), "name").status());
  ASSIGN_OR_RETURN(
      const std::vector<v1::Enrolment> enrolments,
      resource::Select(tx, Enrolments(), "education.enrolment.at_campus",
                       "FORCE INDEX (by_campus) WHERE campus = ? LIMIT 1", {before.name()}));
  if (!enrolments.empty()) {
    return Error(error::kCampusHasEnrolments, "name"_is(before.name()),
                 "enrolment"_is(enrolments.front().name()));
  }
  ASSIGN_OR_RETURN(
      const std::vector<v1::Rvoe> rvoes,
      resource::Select(tx, Rvoes(), "education.rvoe.at_campus",
                       "FORCE INDEX (by_campus) WHERE campus = ? LIMIT 1", {before.name()}));
  if (!rvoes.empty()) {
    return Error(error::kCampusHasRvoe, "name"_is(before.name()), "rvoe"_is(rvoes.front().name()));
  }
  ASSIGN_OR_RETURN(const std::string program, teaching::FirstProgramAt(tx, before.name()));
  if (!program.empty()) {
    return Error(error::kCampusHasPrograms, "name"_is(before.name()), "program"_is(program));
  }
  return CheckNoFacilities(tx, before.name());
}

}  // namespace

resource::RecordWriter ServeCampuses(calls::Host& host) {
  return resource::Serve(host, Campuses(), {.prepare = &Prepare, .before_delete = &BeforeDelete});
}

}  // namespace puente::education
