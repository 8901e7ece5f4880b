#include "modules/education/rvoes/service.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "modules/education/campuses/resource.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"
#include "modules/education/rvoes/resource.h"
#include "modules/education/rvoes/rules.h"
#include "puente/education/v1/rvoe.grpc.pb.h"

namespace puente::education {
namespace {

absl::Status CheckCampus(const v1::Rvoe& rvoe) {
  const std::string organization = OrganizationOf(rvoe.name());
  if (absl::StartsWith(rvoe.campus(), absl::StrCat(organization, "/"))) return absl::OkStatus();
  return InvalidFields(
      {Against(rule::kCampusOfAnother, "organization"_is(organization)).At("rvoe.campus")});
}

absl::StatusOr<std::vector<v1::Rvoe>> RvoesOf(sql::Session& session, const std::string& program,
                                              const std::string& campus) {
  return resource::Select(session, Rvoes(), "education.rvoe.of_program",
                          "FORCE INDEX (by_campus) WHERE campus = ? AND program = ?"
                          " ORDER BY organization, id",
                          {campus, program});
}

// That no other of the program is on days of this one. Who writes another of the campus at once
// waits at the guard, and then sees this one.
absl::Status Prepare(const Call&, journal::Transaction& tx, const v1::Rvoe*, v1::Rvoe& after) {
  RETURN_IF_ERROR(CheckCampus(after));
  RETURN_IF_ERROR(resource::GuardFirst(tx, Campuses(), after.campus(), "rvoe.campus").status());
  ASSIGN_OR_RETURN(const std::vector<v1::Rvoe> others,
                   RvoesOf(tx, after.program(), after.campus()));
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

absl::StatusOr<v1::RvoeStatus> GetRvoeStatus(const Call& call, sql::Session& session,
                                             const v1::GetRvoeStatusRequest& request) {
  RETURN_IF_ERROR(resource::Get(session, Campuses(), request.campus(), "campus").status());
  const absl::CivilDay day = request.has_date() ? ToCivilDay(request.date()) : LegalDay(call.start);
  v1::RvoeStatus status;
  *status.mutable_date() = ToProto(day);
  ASSIGN_OR_RETURN(const std::vector<v1::Rvoe> rvoes,
                   RvoesOf(session, request.program(), request.campus()));
  for (const v1::Rvoe& rvoe : rvoes) {  // of which no two have a day in common
    if (!CoversBeginning(rvoe, ToCivilDay(request.begin_date()))) continue;
    *status.mutable_rvoe() = rvoe;
    status.set_recognized(LetsFinish(rvoe, day));
  }
  return status;
}

}  // namespace

void ServeRvoes(calls::Host& host) {
  calls::Service& service = host.Serve<v1::RvoeService>();
  service.Read<&GetRvoeStatus>();
  resource::Serve(host, Rvoes(),
                  {.prepare = &Prepare, .verbs = {{.verb = "EndRvoe", .prepare = &End}}});
}

}  // namespace puente::education
