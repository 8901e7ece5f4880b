// Teachers of a school by their pseudonyms, what they learned, and which share of them is up to
// date.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/facility_commands.h"
#include "cli/facility_tables.h"
#include "cli/format.h"

namespace puente::cli {
namespace {

namespace v1 = education::v1;

constexpr char kTeachers[] = "puente.education.v1.TeacherService/ListTeachers";
constexpr char kTrainings[] = "puente.education.v1.TeacherTrainingService/ListTeacherTrainings";
constexpr char kCoverage[] = "puente.education.v1.TeacherService/GetTeacherCoverage";
constexpr int kPage = 1000;

constexpr Label kNoTeachers{"no teachers", "no hay docentes"};
constexpr Label kNoTrainings{"no trainings", "no hay formaciones"};

std::string SkillFilter(const std::string& skill) {
  return absl::StrCat("skill = \"skills/", LastId(skill), "\"");
}

std::string ProgramName(const std::string& written) {
  return absl::StrCat("programs/", LastId(written));
}

}  // namespace

ExitCode SchoolTeachers(Session& session, const TeacherArgs& args) {
  v1::ListTeachersRequest request;
  if (const ExitCode code = OpenAs(session, Party::kSchool, *request.mutable_parent());
      code != kOk) {
    return code;
  }
  request.set_page_size(kPage);
  if (!args.program.empty()) {
    request.set_filter(absl::StrCat("program = \"", ProgramName(args.program), "\""));
  } else if (!args.skill.empty()) {
    request.set_filter(SkillFilter(args.skill));
  }
  return session.List<v1::ListTeachersResponse>(
      "education", kTeachers, request, kNoTeachers,
      [&](const auto& all) { return TableOfTeachers(session.language(), all.teachers()); });
}

ExitCode SchoolTrainings(Session& session, const TeacherArgs& args) {
  v1::ListTeacherTrainingsRequest request;
  if (const ExitCode code = OpenAs(session, Party::kSchool, *request.mutable_parent());
      code != kOk) {
    return code;
  }
  request.set_page_size(kPage);
  if (!args.teacher.empty()) {
    request.set_filter(
        absl::StrCat("teacher = \"", request.parent(), "/teachers/", LastId(args.teacher), "\""));
  } else if (!args.skill.empty()) {
    request.set_filter(SkillFilter(args.skill));
  }
  return session.List<v1::ListTeacherTrainingsResponse>(
      "education", kTrainings, request, kNoTrainings, [&](const auto& all) {
        return TableOfTrainings(session.language(), all.teacher_trainings());
      });
}

ExitCode SchoolCoverage(Session& session, const TeacherArgs& args) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  v1::GetTeacherCoverageRequest request;
  request.set_program(ProgramName(args.program));
  request.set_skill(absl::StrCat("skills/", LastId(args.skill)));
  if (!args.organization.empty()) {
    request.set_organization(absl::StrCat("organizations/", LastId(args.organization)));
  } else if (!args.all && absl::StartsWith(session.client().channels().caller(), "organization/")) {
    request.set_organization(SchoolOf(session));  // of which it is told what others are not
  }
  if (session.Explains("education", kCoverage, request)) return kOk;
  v1::GetTeacherCoverageResponse coverage;
  if (!session.Call("education", kCoverage, request, &coverage)) return kFailure;
  if (session.PrintForPrograms(coverage)) return kOk;
  session.out() << CoverageText(session.language(), coverage) << "\n";
  return kOk;
}

}  // namespace puente::cli
