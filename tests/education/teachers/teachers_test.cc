// Teachers and their training: who may see them, what is recorded and voided, and which shares are
// told to whom.
#include <gmock/gmock.h>

#include "absl/algorithm/container.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "puente/education/v1/credit_rule.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/program.grpc.pb.h"
#include "puente/education/v1/teacher.grpc.pb.h"
#include "puente/education/v1/teacher_rule.grpc.pb.h"
#include "puente/education/v1/teacher_training.grpc.pb.h"
#include "tests/education/party.h"
#include "tests/education/requests.h"

namespace puente::education {
namespace {

using puente::testing::HasReason;
using ::testing::ElementsAre;
using testing::In;
using testing::kMinistry;
using testing::kProvenance;
using testing::Named;
using testing::Party;
using ::testing::SizeIs;
using testing::Wrong;

class Teachers : public ::testing::Test {
 protected:
  using People = v1::TeacherService::Stub;
  using Trainings = v1::TeacherTrainingService::Stub;
  using Rules = v1::TeacherRuleService::Stub;

  Teachers() {
    for (const char* id : {"utt", "uaq"}) {
      EXPECT_OK(ministry.Ask(
          &v1::OrganizationService::Stub::CreateOrganization,
          absl::StrCat("organization_id: '", id, "' organization { legal_name: 'Escuela'",
                       " kind: ORGANIZATION_KIND_UNIVERSITY control: ORGANIZATION_CONTROL_PUBLIC",
                       " state_code: '29'", kProvenance, "}")));
    }
  }

  static std::string Uuid(const std::string& of) {
    return crypto::UuidOf(crypto::TaggedSha256("test", {of}));
  }
  static std::string NameOf(const std::string& id, const std::string& school = "utt") {
    return absl::StrCat("organizations/", school, "/teachers/", Uuid(id));
  }
  static std::string TrainingOf(const std::string& id, const std::string& school = "utt") {
    return absl::StrCat("organizations/", school, "/teacherTrainings/", Uuid(id));
  }
  absl::StatusOr<v1::Teacher> Add(Party& party, const std::string& id,
                                  const std::string& school = "utt",
                                  const std::string& more = "programs: 'programs/dual'") {
    return party.Ask(&People::CreateTeacher,
                     absl::StrCat("parent: 'organizations/", school, "' teacher_id: '", Uuid(id),
                                  "' teacher { ", more, "}"));
  }
  // A course of welding that ended so many days from today.
  absl::StatusOr<v1::TeacherTraining> Train(Party& party, const std::string& teacher,
                                            const std::string& id, int hours, int ended = -1,
                                            const std::string& school = "utt",
                                            const std::string& skill = "skills/welding") {
    return party.Ask(
        &Trainings::CreateTeacherTraining,
        absl::StrCat("parent: 'organizations/", school, "' teacher_training_id: '", Uuid(id),
                     "' teacher_training { teacher: '", NameOf(teacher, school),
                     "' kind: TRAINING_KIND_COURSE skill: '", skill, "' hours: ", hours,
                     " begin_date {", In(ended - 30), "} end_date {", In(ended), "} }"));
  }
  void AddRule(const std::string& id, int begins, int hours, int years) {
    EXPECT_OK(ministry.Ask(
        &Rules::CreateTeacherRule,
        absl::StrCat("teacher_rule_id: '", id, "' teacher_rule { label_es: 'R' begin_date {",
                     In(begins), "} hours_needed: ", hours, " valid_years: ", years, kProvenance,
                     "}")));
  }
  // "SHOWN 3/12 2500", "HIDDEN", "NONE 0/0"; of all organizations with "".
  std::string Coverage(Party& party, const std::string& school = "utt",
                       const std::string& skill = "skills/welding",
                       const std::string& program = "programs/dual") {
    const auto answer = party.Ask(
        &People::GetTeacherCoverage,
        absl::StrCat(school.empty() ? "" : "organization: 'organizations/" + school + "' ",
                     "program: '", program, "' skill: '", skill, "'"));
    if (!answer.ok()) return Reason(answer.status());
    std::string told = v1::TeacherCoverageState_Name(answer->state()).substr(23);
    if (answer->has_teacher_count()) {
      absl::StrAppend(&told, " ", answer->up_to_date_count(), "/", answer->teacher_count());
    }
    if (answer->has_share_basis_points()) absl::StrAppend(&told, " ", answer->share_basis_points());
    return told;
  }

  const sql::Target database =
      puente::testing::Database::Shared().NewSchema(Education().migrations);
  sql::Connection other{database};
  Party ministry{database, kMinistry}, utt{database, "organization/utt"},
      uaq{database, "organization/uaq"}, acme{database, "company/acme"};
};

TEST_F(Teachers, AreTheirOrganizationsAndHidden) {
  ASSERT_OK_AND_ASSIGN(const auto added, Add(utt, "ana"));
  EXPECT_EQ(added.state(), v1::TEACHER_STATE_ACTIVE);
  EXPECT_THAT(Add(ministry, "eva"), HasReason("CALLER_REFUSED"));
  EXPECT_THAT(Add(uaq, "eva"), HasReason("OWNER_MISMATCH"));
  EXPECT_OK(utt.Ask(&People::GetTeacher, Named(NameOf("ana"))));
  EXPECT_OK(ministry.Ask(&People::GetTeacher, Named(NameOf("ana"))));
  EXPECT_THAT(uaq.Ask(&People::GetTeacher, Named(NameOf("ana"))), HasReason("TEACHER_NOT_FOUND"));
  EXPECT_THAT(acme.Ask(&People::GetTeacher, Named(NameOf("ana"))), HasReason("CALLER_REFUSED"));
  EXPECT_THAT(uaq.Ask(&People::LeaveTeacher, Named(NameOf("ana"))), HasReason("TEACHER_NOT_FOUND"));
  EXPECT_THAT(uaq.Ask(&People::ListTeachers, "parent: 'organizations/utt'"),
              HasReason("OWNER_LIST_REFUSED"));
  for (const char* filter : {"", "program = \"programs/dual\"", "skill = \"skills/cnc\""}) {
    ASSERT_OK_AND_ASSIGN(
        const auto listed,
        utt.Ask(&People::ListTeachers,
                absl::StrCat("parent: 'organizations/utt' filter: '", filter, "'")));
    EXPECT_THAT(listed.teachers(), SizeIs(std::string(filter).find("cnc") < 99 ? 0 : 1)) << filter;
  }
}

TEST_F(Teachers, HaveIdsThatSayNothing) {
  const auto add = [&](const std::string& id) {
    return utt.Ask(&People::CreateTeacher,
                   "parent: 'organizations/utt' teacher_id: '" + id + "' teacher { }");
  };
  for (const char* id : {"ana", "boxw310820hneryn09", "0a4d3a0e-3f0b-4a53-9c59-1f6f6a7d2b1"}) {
    EXPECT_THAT(Wrong(add(id).status()), SizeIs(1)) << id;
  }
  EXPECT_OK(add("0a4d3a0e-3f0b-4a53-9c59-1f6f6a7d2b10"));
}

TEST_F(Teachers, TeachProgramsOfTheirOwn) {
  using Programs = v1::ProgramService::Stub;
  const auto describe = [](const auto& request) { return request.ShortDebugString(); };
  ASSERT_OK(ministry.Ask(&v1::CreditRuleService::Stub::CreateCreditRule,
                         describe(testing::DefaultRule())));
  ASSERT_OK(ministry.Ask(&Programs::CreateProgramVersion,
                         describe(testing::NewProgram("cnc", 1, "uaq"))));
  EXPECT_OK(Add(uaq, "luz", "uaq", "programs: 'programs/dual' programs: 'programs/cnc'"));
  EXPECT_THAT(
      Wrong(Add(utt, "ana", "utt", "programs: 'programs/dual' programs: 'programs/cnc'").status()),
      ElementsAre("teacher.programs[1] OF_ANOTHER_ORGANIZATION"));
}

TEST_F(Teachers, LeaveForGood) {
  ASSERT_OK(Add(utt, "ana"));
  ASSERT_OK(utt.Ask(&People::UpdateTeacher,
                    absl::StrCat("teacher { name: '", NameOf("ana"),
                                 "' skills: 'skills/cnc' } update_mask { paths: 'skills' }")));
  ASSERT_OK_AND_ASSIGN(const auto left, utt.Ask(&People::LeaveTeacher, Named(NameOf("ana"))));
  EXPECT_EQ(left.state(), v1::TEACHER_STATE_LEFT);
  EXPECT_TRUE(left.has_leave_time());
  EXPECT_THAT(Train(utt, "ana", "one", 40), HasReason("TEACHER_STATE_WRONG"));
  EXPECT_THAT(utt.Ask(&People::LeaveTeacher, Named(NameOf("ana"))),
              HasReason("TEACHER_STATE_WRONG"));
}

TEST_F(Teachers, OfASuspendedOrganizationLeaveAndChangeNoMore) {
  ASSERT_OK(Add(utt, "ana"));
  ASSERT_OK(Train(utt, "ana", "one", 40));
  puente::testing::MustExecute(
      other, "UPDATE organization SET state = 3, version = version + 1 WHERE id = 'utt'");
  const auto wrong = HasReason("ORGANIZATION_STATE_WRONG");
  EXPECT_THAT(utt.Ask(&People::UpdateTeacher,
                      absl::StrCat("teacher { name: '", NameOf("ana"),
                                   "' skills: 'skills/cnc' } update_mask { paths: 'skills' }")),
              wrong);
  EXPECT_THAT(Train(utt, "ana", "two", 40), wrong);
  EXPECT_THAT(utt.Ask(&Trainings::VoidTeacherTraining,
                      Named(TrainingOf("one"), "void_reason: TRAINING_VOID_REASON_WRONG")),
              wrong);
  EXPECT_OK(utt.Ask(&People::LeaveTeacher, Named(NameOf("ana"))));
}

TEST_F(Teachers, TrainingsAreRecordedAndVoided) {
  EXPECT_THAT(Train(utt, "ana", "one", 40), HasReason("TEACHER_NOT_FOUND"));
  ASSERT_OK(Add(utt, "ana"));
  ASSERT_OK_AND_ASSIGN(const auto one, Train(utt, "ana", "one", 40));
  EXPECT_EQ(one.state(), v1::TEACHER_TRAINING_STATE_RECORDED);
  EXPECT_THAT(Train(utt, "ana", "one", 40), HasReason("TEACHER_TRAINING_ALREADY_EXISTS"));
  EXPECT_THAT(Train(uaq, "ana", "two", 40), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Wrong(Train(utt, "ana", "two", 2001).status()),
              ElementsAre("teacher_training.hours TOO_LARGE"));
  EXPECT_THAT(Wrong(Train(utt, "ana", "two", 24 * 31 + 1).status()),
              ElementsAre("teacher_training.hours MORE_HOURS_THAN_DAYS"));
  EXPECT_THAT(Wrong(Train(utt, "ana", "two", 40, 1).status()),
              ElementsAre("teacher_training.end_date AFTER_TODAY"));
  const std::string name = Named(TrainingOf("one"));
  EXPECT_THAT(uaq.Ask(&Trainings::GetTeacherTraining, name),
              HasReason("TEACHER_TRAINING_NOT_FOUND"));
  EXPECT_OK(ministry.Ask(&Trainings::GetTeacherTraining, name));
  EXPECT_THAT(Wrong(utt.Ask(&Trainings::VoidTeacherTraining, name).status()),
              ElementsAre("void_reason REQUIRED"));
  const std::string wrong = name + "void_reason: TRAINING_VOID_REASON_WRONG";
  EXPECT_THAT(uaq.Ask(&Trainings::VoidTeacherTraining, wrong),
              HasReason("TEACHER_TRAINING_NOT_FOUND"));
  ASSERT_OK_AND_ASSIGN(const auto voided, utt.Ask(&Trainings::VoidTeacherTraining, wrong));
  EXPECT_EQ(voided.state(), v1::TEACHER_TRAINING_STATE_VOIDED);
  EXPECT_EQ(voided.void_reason(), v1::TRAINING_VOID_REASON_WRONG);
  EXPECT_TRUE(voided.has_void_time());
  EXPECT_THAT(utt.Ask(&Trainings::VoidTeacherTraining, wrong),
              HasReason("TEACHER_TRAINING_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(const auto states, utt.Ask(&Trainings::ListTeacherTrainingRevisions, name));
  EXPECT_THAT(states.teacher_trainings(), SizeIs(2));
  ASSERT_OK_AND_ASSIGN(const auto listed,
                       utt.Ask(&Trainings::ListTeacherTrainings,
                               absl::StrCat("parent: 'organizations/utt' filter: 'teacher = \"",
                                            NameOf("ana"), "\"'")));
  EXPECT_THAT(listed.teacher_trainings(), SizeIs(1));
}

TEST_F(Teachers, CountByTheRuleOfTheDay) {
  EXPECT_EQ(Coverage(utt), "TEACHER_RULE_MISSING");
  AddRule("first", -900, 10, 1);
  AddRule("now", -10, 40, 3);
  AddRule("next", 10, 400, 1);
  EXPECT_THAT(
      ministry.Ask(&Rules::CreateTeacherRule,
                   absl::StrCat("teacher_rule_id: 'again' teacher_rule { label_es: 'R'"
                                " begin_date {",
                                In(10), "} hours_needed: 1 valid_years: 1", kProvenance, "}")),
      HasReason("TEACHER_RULE_BEGIN_TAKEN"));
  EXPECT_EQ(Coverage(utt), "NONE 0/0");
  EXPECT_EQ(Coverage(utt, "none"), "ORGANIZATION_NOT_FOUND");
  for (const char* id : {"a", "b", "c", "d", "e"}) ASSERT_OK(Add(utt, id));
  ASSERT_OK(Add(utt, "other", "utt", "programs: 'programs/other'"));
  EXPECT_EQ(Coverage(utt), "SHOWN 0/5 0");
  const int years = 3 * 365 + 2;         // more than three, of which one may be of 366 days
  ASSERT_OK(Train(utt, "a", "a1", 40));  // enough
  ASSERT_OK(Train(utt, "b", "b1", 39));  // too few
  ASSERT_OK(Train(utt, "c", "c1", 20));
  ASSERT_OK(Train(utt, "c", "c2", 20, 0));                        // enough together
  ASSERT_OK(Train(utt, "d", "d1", 40, -years));                   // too long ago
  ASSERT_OK(Train(utt, "e", "e1", 40, -1, "utt", "skills/cnc"));  // of another skill
  ASSERT_OK(Train(utt, "other", "o1", 40));                       // of another program
  EXPECT_EQ(Coverage(utt), "SHOWN 2/5 4000");
  EXPECT_EQ(Coverage(utt, "utt", "skills/cnc"), "SHOWN 1/5 2000");
  ASSERT_OK(utt.Ask(&Trainings::VoidTeacherTraining,
                    Named(TrainingOf("c2"), "void_reason: TRAINING_VOID_REASON_DUPLICATE")));
  EXPECT_EQ(Coverage(utt), "SHOWN 1/5 2000");
  ASSERT_OK(utt.Ask(&People::LeaveTeacher, Named(NameOf("b"))));
  EXPECT_EQ(Coverage(utt), "SHOWN 1/4 2500");
}

TEST_F(Teachers, SharesOfFewAreHiddenFromOthers) {
  AddRule("now", -10, 40, 3);
  EXPECT_EQ(Coverage(acme), "NONE 0/0");
  for (int i = 0; i < 9; ++i) ASSERT_OK(Add(utt, absl::StrCat("t", i)));
  ASSERT_OK(Train(utt, "t0", "t0", 40));
  EXPECT_EQ(Coverage(utt), "SHOWN 1/9 1111");
  EXPECT_EQ(Coverage(ministry), "SHOWN 1/9 1111");
  EXPECT_EQ(Coverage(uaq), "HIDDEN");
  EXPECT_EQ(Coverage(acme), "HIDDEN");
  EXPECT_EQ(Coverage(acme, ""), "HIDDEN");
  EXPECT_EQ(Coverage(utt, ""), "HIDDEN");
  for (int i = 0; i < 10; ++i) ASSERT_OK(Add(uaq, absl::StrCat("u", i), "uaq"));
  EXPECT_EQ(Coverage(acme, "uaq"), "SHOWN 0/10 0");
  EXPECT_EQ(Coverage(acme, ""), "SHOWN 0/10 0") << "no sum gives utt's share";
  EXPECT_EQ(Coverage(ministry, ""), "SHOWN 1/19 526");
  ASSERT_OK(Add(utt, "t9"));
  EXPECT_EQ(Coverage(acme), "SHOWN 1/10 1000");
  EXPECT_EQ(Coverage(acme, ""), "SHOWN 1/20 500");
}

}  // namespace
}  // namespace puente::education
