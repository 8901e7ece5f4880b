#include "modules/education/teachers/service.h"

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/resource/serve.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"
#include "modules/education/many.h"
#include "modules/education/organizations/service.h"
#include "modules/education/program_versions/resource.h"
#include "modules/education/teachers/coverage.h"
#include "modules/education/teachers/resource.h"
#include "puente/education/v1/teacher.grpc.pb.h"

namespace puente::education {
namespace {

// A program belongs to one organization for good, from its first version on.
absl::Status CheckPrograms(journal::Transaction& tx, const v1::Teacher& teacher) {
  if (teacher.programs().empty()) return absl::OkStatus();
  const std::string organization = OrganizationOf(teacher.name());
  std::vector<std::string> ids;
  for (const std::string& program : teacher.programs()) {
    ids.emplace_back(absl::StripPrefix(program, "programs/"));
  }
  std::vector<sql::Value> values = ListOf(ids);
  values.emplace_back(organization);
  ASSIGN_OR_RETURN(const auto others,
                   resource::Select(tx, ProgramVersions(), "education.program.of_others",
                                    absl::StrCat("WHERE program IN ", sql::InList(ids.size()),
                                                 " AND organization <> ? LIMIT 1"),
                                    values));
  if (others.empty()) return absl::OkStatus();
  const std::string& version = others.front().name();
  const std::string program = version.substr(0, version.find("/versions/"));
  const auto place = absl::c_find(teacher.programs(), program) - teacher.programs().begin();
  return InvalidFields({Against(rule::kOfAnotherOrganization, "organization"_is(organization))
                            .At(absl::StrCat("teacher.programs[", place, "]"))});
}

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Teacher* before,
                     v1::Teacher& after) {
  const std::string organization = OrganizationOf(after.name());
  RETURN_IF_ERROR(before == nullptr ? CheckRegistered(call, tx, organization, "parent")
                                    : CheckMayWrite(call, tx, organization, "teacher.name"));
  return CheckPrograms(tx, after);
}

}  // namespace

void ServeTeachers(calls::Host& host) {
  host.Serve<v1::TeacherService>().Read<&GetTeacherCoverage>();
  resource::Serve(host, Teachers(), {.prepare = &Prepare});
}

}  // namespace puente::education
