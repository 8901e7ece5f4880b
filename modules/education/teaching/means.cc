#include "modules/education/teaching/means.h"

#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "modules/education/campuses/resource.h"
#include "modules/education/ids.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/organizations/resource.h"
#include "modules/education/outcomes.h"
#include "modules/education/program_versions/resource.h"
#include "modules/education/rvoes/resource.h"
#include "modules/education/rvoes/rules.h"
#include "modules/education/teacher_rules/service.h"
#include "modules/education/teachers/coverage.h"
#include "modules/education/teaching/rules.h"
#include "modules/education/teaching/sites.h"
#include "modules/education/teaching/unions.h"
#include "modules/education/teaching/workshops.h"

namespace puente::education::teaching {
namespace {

// What a site has of one skill and kind, in the order of names.
constexpr absl::string_view kSubjects =
    "(SELECT ?, skill, subject, number FROM teaching_site FORCE INDEX (PRIMARY) WHERE record_kind "
    "= ?"
    " AND kind = ? AND skill = ? AND place = ? ORDER BY subject LIMIT ?)";

bool IsCampus(absl::string_view site) { return absl::StrContains(site, "/campuses/"); }

std::string ProgramOf(const std::string& version) {
  return version.substr(0, version.find("/versions/"));
}

// A site as it is described.
struct Site {
  std::string place, name, organization;
  std::set<std::string> versions;
  v1::TeachingSite told;
};

class Describer {
 public:
  explicit Describer(const Question& question)
      : question_(question),
        skills_(question.request.skills().begin(), question.request.skills().end()) {}

  absl::Status Describe(const std::vector<FoundSite>& found, v1::FindTeachingResponse& answer) {
    for (const FoundSite& one : found) Begin(one);
    RETURN_IF_ERROR(ReadWhere());
    RETURN_IF_ERROR(ReadSubjects());
    RETURN_IF_ERROR(WriteProgramsAndMicrocredentials());
    if (question_.request.with_means()) {
      for (Site& site : sites_) RETURN_IF_ERROR(WriteRecognition(site));
      std::vector<v1::TeachingSite*> campuses;
      for (Site& site : sites_) campuses.push_back(&site.told);
      RETURN_IF_ERROR(WriteWorkshops(question_, campuses));
      RETURN_IF_ERROR(WriteTeachers(answer));
    }
    for (Site& site : sites_) *answer.add_sites() = std::move(site.told);
    return absl::OkStatus();
  }

 private:
  void Begin(const FoundSite& found) {
    Site& site = sites_.emplace_back();
    site.place = found.place;
    site.name = SiteOf(found.place);
    site.organization = OrganizationOf(site.name);
    site.told.set_nearness(found.nearness);
  }

  // Who and where. Those that have left are left out.
  absl::Status ReadWhere() {
    std::vector<std::string> campuses, organizations;
    for (const Site& site : sites_) {
      if (IsCampus(site.name)) campuses.push_back(site.name);
      organizations.push_back(site.organization);
    }
    ASSIGN_OR_RETURN(const auto places,
                     resource::FindMany(question_.snapshot, Campuses(), campuses));
    ASSIGN_OR_RETURN(const auto owners,
                     resource::FindMany(question_.snapshot, Organizations(), organizations));
    for (Site& site : sites_) {
      if (const auto owner = owners.find(site.organization); owner != owners.end()) {
        TellOrganization(owner->second, site.told);
      }
      if (const auto campus = places.find(site.name); campus != places.end()) {
        TellCampus(campus->second, site.told);
      }
    }
    std::erase_if(sites_, [](const Site& site) {
      return site.told.organization().empty() || IsCampus(site.name) != site.told.has_campus() ||
             site.told.organization_state() == v1::ORGANIZATION_STATE_WITHDRAWN;
    });
    return absl::OkStatus();
  }
  static void TellOrganization(const v1::Organization& owner, v1::TeachingSite& told) {
    told.set_organization(owner.name());
    told.set_legal_name(owner.legal_name());
    told.set_control(owner.control());
    told.set_organization_state(owner.state());
    told.set_state_code(owner.state_code());
    told.set_municipality(owner.municipality());
  }
  static void TellCampus(const v1::Campus& campus, v1::TeachingSite& told) {
    *told.mutable_campus() = campus;
    told.set_state_code(campus.state_code());
    told.set_municipality(campus.municipality());
  }

  absl::Status ReadSubjects() {
    Unions reads(kSubjects);
    for (size_t i = 0; i < sites_.size(); ++i) {
      const SubjectKind kind =
          IsCampus(sites_[i].name) ? SubjectKind::kProgram : SubjectKind::kMicrocredential;
      for (const std::string& skill : skills_) {
        reads.Add(static_cast<int>(i), {int{question_.kind}, static_cast<int>(kind), skill,
                                        sites_[i].place, kMostListed + 1});
      }
    }
    std::map<std::pair<int, std::string>, int> counts;
    return reads.Each(
        question_.snapshot, "education.teaching.subjects", [&](int number, const sql::Row& row) {
          Site& site = sites_[number];
          const std::string skill = row.Text(1);
          if (++counts[{number, skill}] > kMostListed) {
            site.told.add_skills_taught_more(skill);
          } else {
            site.versions.insert(absl::StrCat(row.Text(2), "/versions/", row.Int64(3)));
          }
        });
  }

  absl::Status WriteProgramsAndMicrocredentials() {
    std::vector<std::string> programs, microcredentials;
    for (const Site& site : sites_) {
      auto& names = IsCampus(site.name) ? programs : microcredentials;
      names.insert(names.end(), site.versions.begin(), site.versions.end());
    }
    ASSIGN_OR_RETURN(const auto of_programs,
                     resource::FindMany(question_.snapshot, ProgramVersions(), programs));
    ASSIGN_OR_RETURN(
        const auto of_microcredentials,
        resource::FindMany(question_.snapshot, MicrocredentialVersions(), microcredentials));
    for (Site& site : sites_) {
      for (const std::string& version : site.versions) {
        if (const auto found = of_programs.find(version); found != of_programs.end()) {
          WriteProgram(site, found->second);
        }
        if (const auto found = of_microcredentials.find(version);
            found != of_microcredentials.end()) {
          WriteMicrocredential(found->second, *site.told.add_microcredentials());
        }
      }
    }
    return absl::OkStatus();
  }

  template <class Version, class Told>
  void WriteSkills(const Version& version, Told& told) const {
    const std::set<std::string> taught = SkillsOf(version);
    for (const std::string& skill : skills_) {
      if (taught.contains(skill)) told.add_skills(skill);
    }
  }

  void WriteProgram(Site& site, const v1::ProgramVersion& version) const {
    v1::TaughtProgram& told = *site.told.add_programs();
    told.set_program_version(version.name());
    told.set_title_es(version.title_es());
    told.set_title_en(version.title_en());
    told.set_modality(version.modality());
    told.set_workload_hours(version.workload_hours());
    WriteSkills(version, told);
    const auto seats = SeatsAt(version, site.name, question_.today);
    for (const v1::ProgramSeats& one : seats) *told.add_seats() = one;
    if (const auto start = NextStart(seats, question_.begin)) {
      *told.mutable_next_start_date() = ToProto(*start);
    }
  }

  void WriteMicrocredential(const v1::MicrocredentialVersion& version,
                            v1::TaughtMicrocredential& told) const {
    told.set_microcredential_version(version.name());
    told.set_title_es(version.title_es());
    told.set_title_en(version.title_en());
    told.set_workload_hours(version.workload_hours());
    WriteSkills(version, told);
  }

  absl::Status WriteRecognition(Site& site) {
    const bool is_private = site.told.control() == v1::ORGANIZATION_CONTROL_PRIVATE;
    for (v1::TaughtProgram& program : *site.told.mutable_programs()) {
      program.set_recognition(is_private ? v1::RECOGNITION_NONE : v1::RECOGNITION_NOT_NEEDED);
    }
    if (!is_private || site.told.programs().empty()) return absl::OkStatus();
    std::vector<std::string> programs;
    for (const std::string& version : site.versions) programs.push_back(ProgramOf(version));
    std::vector<sql::Value> values = {site.name};
    sql::AppendList(programs, values);
    ASSIGN_OR_RETURN(const auto rvoes,
                     resource::Select(question_.snapshot, Rvoes(), "education.teaching.rvoes",
                                      absl::StrCat("FORCE INDEX (by_campus) WHERE campus = ? AND"
                                                   " program IN ",
                                                   sql::InList(programs.size())),
                                      values));
    for (v1::TaughtProgram& program : *site.told.mutable_programs()) {
      const std::string name = ProgramOf(program.program_version());
      const bool covered = absl::c_any_of(rvoes, [&](const v1::Rvoe& rvoe) {
        return rvoe.program() == name && CoversBeginning(rvoe, question_.begin);
      });
      if (covered) program.set_recognition(v1::RECOGNITION_IN_FORCE);
    }
    return absl::OkStatus();
  }

  // Whose teachers, of which program, in which skill.
  using Asked = std::tuple<std::string, std::string, std::string>;
  static Asked AskedOf(const Site& site, const v1::TaughtProgram& program,
                       const std::string& skill) {
    return {site.organization, ProgramOf(program.program_version()), skill};
  }

  absl::Status WriteTeachers(v1::FindTeachingResponse& answer) {
    const auto rule = TeacherRuleOn(question_.snapshot, question_.today);
    if (absl::IsNotFound(rule.status()) || absl::IsFailedPrecondition(rule.status())) {
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(rule.status());
    answer.set_teacher_rule(rule->name());
    // Campuses of one organization have the same teachers.
    std::map<Asked, size_t> places;
    std::vector<v1::GetTeacherCoverageRequest> asked;
    for (const Site& site : sites_) {
      for (const v1::TaughtProgram& program : site.told.programs()) {
        for (const std::string& skill : program.skills()) {
          if (!places.emplace(AskedOf(site, program, skill), asked.size()).second) continue;
          v1::GetTeacherCoverageRequest& one = asked.emplace_back();
          one.set_organization(site.organization);
          one.set_program(ProgramOf(program.program_version()));
          one.set_skill(skill);
        }
      }
    }
    ASSIGN_OR_RETURN(const auto told,
                     CoverageOf(question_.call, question_.snapshot, *rule, question_.today, asked));
    for (Site& site : sites_) {
      for (v1::TaughtProgram& program : *site.told.mutable_programs()) {
        for (const std::string& skill : program.skills()) {
          WriteTeachersOf(skill, told[places.at(AskedOf(site, program, skill))],
                          *program.add_teachers());
        }
      }
    }
    return absl::OkStatus();
  }
  static void WriteTeachersOf(const std::string& skill, const v1::GetTeacherCoverageResponse& told,
                              v1::SkillTeachers& teachers) {
    teachers.set_skill(skill);
    teachers.set_state(told.state());
    if (told.has_teacher_count()) teachers.set_teacher_count(told.teacher_count());
    if (told.has_up_to_date_count()) teachers.set_up_to_date_count(told.up_to_date_count());
  }

  const Question& question_;
  const std::vector<std::string> skills_;
  std::vector<Site> sites_;
};

}  // namespace

absl::Status Describe(const Question& question, const std::vector<FoundSite>& sites,
                      v1::FindTeachingResponse& answer) {
  return Describer(question).Describe(sites, answer);
}

}  // namespace puente::education::teaching
