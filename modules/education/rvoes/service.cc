#include "modules/education/rvoes/service.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/resource/serve.h"
#include "modules/education/campuses/resource.h"
#include "modules/education/errors.h"
#include "modules/education/rvoes/resource.h"
#include "modules/education/rvoes/rules.h"

namespace puente::education {
namespace {

// "organizations/x" of a name below it.
std::string OrganizationOf(const std::string& name) {
  return name.substr(0, name.find('/', name.find('/') + 1));
}

absl::Status CheckCampus(const v1::Rvoe& rvoe) {
  const std::string organization = OrganizationOf(rvoe.name());
  if (absl::StartsWith(rvoe.campus(), absl::StrCat(organization, "/"))) return absl::OkStatus();
  return InvalidFields(
      {Against(rule::kCampusOfAnother, "organization"_is(organization)).At("rvoe.campus")});
}

// That no other of the program is on days of this one. Who writes another of the campus at once
// waits at the guard, and then sees this one.
absl::Status Prepare(const Call&, journal::Transaction& tx, const v1::Rvoe*, v1::Rvoe& after) {
  RETURN_IF_ERROR(CheckCampus(after));
  RETURN_IF_ERROR(resource::GuardFirst(tx, Campuses(), after.campus(), "rvoe.campus").status());
  ASSIGN_OR_RETURN(const std::vector<v1::Rvoe> others,
                   resource::Select(tx, Rvoes(), "education.rvoe.of_program",
                                    "FORCE INDEX (by_campus) WHERE campus = ? AND program = ?"
                                    " ORDER BY organization, id",
                                    {after.campus(), after.program()}));
  for (const v1::Rvoe& other : others) {
    if (other.name() == after.name() || !Overlap(after, other)) continue;
    return Error(error::kRvoeOverlaps, "program"_is(after.program()), "campus"_is(after.campus()),
                 "other"_is(other.name()));
  }
  return absl::OkStatus();
}

absl::Status End(const Call&, journal::Transaction&, const v1::Rvoe& before, v1::Rvoe& after) {
  return InvalidFields(CheckEnd(before, after));
}

}  // namespace

void ServeRvoes(calls::Host& host) {
  resource::Serve(host, Rvoes(),
                  {.prepare = &Prepare, .verbs = {{.verb = "EndRvoe", .prepare = &End}}});
}

}  // namespace puente::education
