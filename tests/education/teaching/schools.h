// Schools, and what they teach with: campuses, programs, microcredentials, facilities and teachers,
// by calls of Education on a database of the test's.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/crypto/digest.h"
#include "puente/education/v1/campus.grpc.pb.h"
#include "puente/education/v1/credit_rule.grpc.pb.h"
#include "puente/education/v1/facility.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/program.grpc.pb.h"
#include "puente/education/v1/rvoe.grpc.pb.h"
#include "puente/education/v1/sharing_agreement.grpc.pb.h"
#include "puente/education/v1/teacher.grpc.pb.h"
#include "puente/education/v1/teacher_rule.grpc.pb.h"
#include "puente/education/v1/teacher_training.grpc.pb.h"
#include "tests/education/party.h"
#include "tests/education/requests.h"

namespace puente::education::testing {

// In a city of its state: "11" and "León".
struct City {
  std::string state_code = "11";
  std::string municipality = "León";
};

class Schools {
 public:
  explicit Schools(const sql::Target& database) : database_(database) {
    EXPECT_OK(ministry().Ask(&v1::CreditRuleService::Stub::CreateCreditRule,
                             DefaultRule().ShortDebugString()));
  }

  Party& As(const std::string& caller) {
    std::unique_ptr<Party>& party = parties_[caller];
    if (party == nullptr) party = std::make_unique<Party>(database_, caller);
    return *party;
  }
  Party& ministry() { return As(kMinistry); }

  // On the registration of a school, which a registrar of the ministry does.
  template <class Request>
  void Decide(grpc::Status (v1::OrganizationService::Stub::*method)(grpc::ClientContext*,
                                                                    const Request&,
                                                                    v1::Organization*),
              const std::string& id, const std::string& more = "") {
    puente::testing::HostedModule hosted(Education(), database_, kMinistry);
    v1::OrganizationService::Stub stub(hosted.channel());
    EXPECT_OK(puente::testing::Called(stub, method, Of<Request>(Named("organizations/" + id, more)),
                                      nullptr, "", "registrar-1"));
  }

  // With a campus of the same id there.
  void Add(const std::string& id, const City& city = {}, bool is_private = false) {
    v1::CreateOrganizationRequest request = NewOrganization(id);
    v1::Organization& school = *request.mutable_organization();
    school.set_state_code(city.state_code);
    school.set_municipality(city.municipality);
    if (is_private) school.set_control(v1::ORGANIZATION_CONTROL_PRIVATE);
    EXPECT_OK(ministry().Ask(&v1::OrganizationService::Stub::CreateOrganization,
                             request.ShortDebugString()));
    if (is_private) {
      Decide(&v1::OrganizationService::Stub::RegisterOrganization, id, "reason: 'Prueba'");
    }
    AddCampus(id, id, city);
  }
  void AddCampus(const std::string& school, const std::string& id, const City& city = {}) {
    v1::CreateCampusRequest request = NewCampus(school, id);
    request.mutable_campus()->set_state_code(city.state_code);
    request.mutable_campus()->set_municipality(city.municipality);
    EXPECT_OK(ministry().Ask(&v1::CampusService::Stub::CreateCampus, request.ShortDebugString()));
  }
  static std::string CampusOf(const std::string& school, const std::string& id = "") {
    return absl::StrCat("organizations/", school, "/campuses/", id.empty() ? school : id);
  }

  // A published version of a program with seats at the school's campus of its own id.
  void Teach(const std::string& program, const std::string& school,
             const std::vector<std::string>& skills, int seats = 30,
             const std::string& period = "2098-2099", int number = 1) {
    v1::CreateProgramVersionRequest request = NewProgram(program, number, school);
    v1::ProgramVersion& version = *request.mutable_program_version();
    for (const std::string& skill : skills) {
      version.mutable_outcomes(0)->add_skills("skills/" + skill);
    }
    v1::ProgramSeats& offered = *version.add_seats();
    offered.set_period(period);
    offered.set_seats(seats);
    offered.set_campus(CampusOf(school));
    Publish(request);
  }
  void Publish(const v1::CreateProgramVersionRequest& request) {
    using Stub = v1::ProgramService::Stub;
    EXPECT_OK(ministry().Ask(&Stub::CreateProgramVersion, request.ShortDebugString()));
    EXPECT_OK(ministry().Ask(
        &Stub::PublishProgramVersion,
        Named(absl::StrCat(request.parent(), "/versions/", request.program_version_id()))));
  }
  // A published microcredential of the school; it teaches welding.
  void Define(const std::string& id, const std::string& school, int number = 1) {
    using Stub = v1::MicrocredentialService::Stub;
    v1::CreateMicrocredentialVersionRequest request = NewMicrocredential(id, number);
    if (!school.empty()) {
      request.mutable_microcredential_version()->set_organization("organizations/" + school);
    }
    EXPECT_OK(ministry().Ask(&Stub::CreateMicrocredentialVersion, request.ShortDebugString()));
    EXPECT_OK(ministry().Ask(&Stub::PublishMicrocredentialVersion,
                             Named(absl::StrCat("microcredentials/", id, "/versions/", number))));
  }
  void Recognize(const std::string& school, const std::string& program, int first = 0) {
    EXPECT_OK(
        ministry().Ask(&v1::RvoeService::Stub::CreateRvoe,
                       absl::StrCat("parent: 'organizations/", school, "' rvoe_id: '", program,
                                    "' rvoe { program: 'programs/", program, "' campus: '",
                                    CampusOf(school), "' authority: 'SEP' number: '1' start_date {",
                                    In(first), "}", kProvenance, "}")));
  }

  // At the campus of the school's own id, or of nobody's.
  absl::StatusOr<v1::Facility> Equip(const std::string& owner, const std::string& id, int capacity,
                                     const std::vector<std::string>& skills,
                                     const std::string& campus = "", const City& city = {}) {
    std::string text = absl::StrCat(
        "facility_id: '", id, "' facility { kind: FACILITY_KIND_WORKSHOP title_es: 'Taller'",
        " owner: '", owner, "' state_code: '", city.state_code, "' municipality: '",
        city.municipality, "' capacity: ", capacity,
        " opens_minute: 480 closes_minute: 1200 weekdays: WEEKDAY_MONDAY");
    for (const std::string& skill : skills) absl::StrAppend(&text, " skills: 'skills/", skill, "'");
    if (!campus.empty()) absl::StrAppend(&text, " campus: '", campus, "'");
    return As(owner).Ask(&v1::FacilityService::Stub::CreateFacility, absl::StrCat(text, "}"));
  }
  void Share(const std::string& owner, const std::string& facility, const std::string& school,
             int first = 0, int last = 400) {
    using Stub = v1::SharingAgreementService::Stub;
    const auto offered = As(owner).Ask(
        &Stub::ShareFacility, absl::StrCat("sharing_agreement { facility: 'facilities/", facility,
                                           "' guest: 'organization/", school, "' begin_date {",
                                           In(first), "} end_date {", In(last), "} }"));
    ASSERT_OK(offered);
    EXPECT_OK(
        As("organization/" + school).Ask(&Stub::AcceptSharingAgreement, Named(offered->name())));
  }

  // 40 hours within three years, since before anybody asks.
  void RuleTeachers() {
    EXPECT_OK(ministry().Ask(
        &v1::TeacherRuleService::Stub::CreateTeacherRule,
        absl::StrCat("teacher_rule_id: 'r' teacher_rule { label_es: 'R'"
                     " begin_date {",
                     In(-400), "} hours_needed: 40 valid_years: 3", kProvenance, "}")));
  }
  // So many of a program, of whom so many are up to date in a skill.
  void Employ(const std::string& school, const std::string& program, int count, int up_to_date,
              const std::string& skill = "welding") {
    Party& party = As("organization/" + school);
    for (int i = 0; i < count; ++i) {
      const std::string id = Uuid(absl::StrCat(program, skill, ++teachers_));
      const std::string parent = "organizations/" + school;
      ASSERT_OK(party.Ask(&v1::TeacherService::Stub::CreateTeacher,
                          absl::StrCat("parent: '", parent, "' teacher_id: '", id,
                                       "' teacher { programs: 'programs/", program, "' }")));
      if (i < up_to_date) Train(school, id, skill);
    }
  }
  void Train(const std::string& school, const std::string& teacher, const std::string& skill) {
    const std::string parent = "organizations/" + school;
    EXPECT_OK(
        As("organization/" + school)
            .Ask(&v1::TeacherTrainingService::Stub::CreateTeacherTraining,
                 absl::StrCat("parent: '", parent, "' teacher_training_id: '",
                              Uuid(absl::StrCat("training", ++teachers_)),
                              "' teacher_training { teacher: '", parent, "/teachers/", teacher,
                              "' kind: TRAINING_KIND_COURSE skill: 'skills/", skill,
                              "' hours: 40 begin_date {", In(-31), "} end_date {", In(-1), "} }")));
  }

 private:
  static std::string Uuid(const std::string& of) {
    return crypto::UuidOf(crypto::TaggedSha256("test", {of}));
  }

  const sql::Target database_;
  std::map<std::string, std::unique_ptr<Party>> parties_;
  int teachers_ = 0;
};

}  // namespace puente::education::testing
