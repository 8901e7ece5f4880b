// Assessments: what they say of an enrolment, in what state they change, and files with results.
#include <gmock/gmock.h>

#include "tests/agencies/load_file.h"
#include "tests/education/awarding.h"

namespace puente::education {
namespace {

using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustExecute;
using ::puente::testing::RowsOf;
using ::puente::testing::SendFile;
using ::puente::testing::WaitsFor;
using ::testing::ElementsAre;
using testing::InDays;
using testing::kPurpose;
using testing::kRegistrar;
using testing::kVersion;

class AssessmentsTest : public testing::Awarding {
 protected:
  AssessmentsTest() { EXPECT_OK(Do(NewEnrolment("one"))); }

  absl::StatusOr<v1::Assessment> Change(const std::string& id,
                                        const std::function<void(v1::Assessment&)>& change) {
    v1::UpdateAssessmentRequest request;
    request.mutable_assessment()->set_name(AssessmentName(id));
    change(*request.mutable_assessment());
    return Called(*assessments_, &Assessments::UpdateAssessment, request);
  }
  absl::StatusOr<v1::ListAssessmentsResponse> Listed(HostedModule& by, const std::string& parent,
                                                     const std::string& filter) {
    v1::ListAssessmentsRequest request;
    request.set_parent(parent);
    request.set_filter(filter);
    return Called(*v1::AssessmentService::NewStub(by.channel()), &Assessments::ListAssessments,
                  request, nullptr, kPurpose);
  }
};

TEST_F(AssessmentsTest, SayWhoseAndOfWhatByTheEnrolment) {
  ASSERT_OK_AND_ASSIGN(const auto assessment, Do(NewAssessment("one", "one")));
  EXPECT_EQ(assessment.state(), v1::ASSESSMENT_STATE_SCHEDULED);
  EXPECT_EQ(assessment.learner(), "organizations/a/learners/ana");
  EXPECT_EQ(assessment.microcredential_version(), kVersion);
  ASSERT_OK_AND_ASSIGN(const auto page,
                       Listed(ministry_, "organizations/-",
                              absl::StrCat("enrolment = \"", EnrolmentName("one"), "\"")));
  EXPECT_EQ(page.assessments_size(), 1);
  EXPECT_THAT(Do(NewAssessment("one", "one")), HasReason("ASSESSMENT_ALREADY_EXISTS"));
}

TEST_F(AssessmentsTest, AreOfEnrolmentsOfTheirOrganizationThatGoOnOrAreCompleted) {
  v1::CreateAssessmentRequest request = NewAssessment("one", "one");
  request.mutable_assessment()->set_enrolment("organizations/b/enrolments/one");
  EXPECT_THAT(Wrong(Do(request).status()),
              ElementsAre("assessment.enrolment OF_ANOTHER_ORGANIZATION"));
  EXPECT_THAT(Do(NewAssessment("one", "none")), HasReason("ENROLMENT_NOT_FOUND"));
  ASSERT_OK(Complete("one"));
  EXPECT_OK(Do(NewAssessment("one", "one")));
  ASSERT_OK(Do(NewEnrolment("left", "eva")));
  ASSERT_OK(Withdraw("left"));
  EXPECT_THAT(Do(NewAssessment("two", "left")), HasReason("ENROLMENT_STATE_WRONG"));
}

TEST_F(AssessmentsTest, NameNobodyByACurp) {
  EXPECT_THAT(Wrong(Do(NewAssessment("boxw310820hnerxn09", "one")).status()),
              ElementsAre("assessment_id ID_OF_PERSON"));
  v1::CreateAssessmentRequest request = NewAssessment("one", "one");
  request.mutable_assessment()->set_evaluator("boxw310820hnerxn09");
  EXPECT_THAT(Wrong(Do(request).status()), ElementsAre("assessment.evaluator ID_OF_PERSON"));
}

TEST_F(AssessmentsTest, NumberTheAttemptsOfAnEnrolmentOnceEach) {
  ASSERT_OK(Do(NewAssessment("one", "one")));
  const auto again = Do(NewAssessment("two", "one"));
  EXPECT_THAT(again, HasReason("ASSESSMENT_ATTEMPT_TAKEN"));
  EXPECT_EQ(MetadataOf(again.status(), "next"), "2");
  ASSERT_OK(Do(NewAssessment("two", "one", 2)));
  EXPECT_THAT(Change("two", [](auto& assessment) { assessment.set_attempt(1); }),
              HasReason("ASSESSMENT_ATTEMPT_TAKEN"));
  EXPECT_OK(Change("two", [](auto& assessment) { assessment.set_attempt(3); }));
}

TEST_F(AssessmentsTest, OfOneAttemptAtOnceAreOne) {
  ASSERT_OK(Do(NewAssessment("one", "one", 2)));
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE enrolment SET guard = guard + 1");
  MustExecute(other_, "UPDATE assessment SET attempt = 1, version = version + 1");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Do(NewAssessment("two", "one")).status(); }));
  EXPECT_THAT(outcome, HasReason("ASSESSMENT_ATTEMPT_TAKEN"));
}

TEST_F(AssessmentsTest, HaveAResultFromTheirDayOn) {
  ASSERT_OK(Do(NewAssessment("one", "one", 1, 1)));
  EXPECT_THAT(Pass("one"), HasReason("ASSESSMENT_TO_COME"));
  EXPECT_THAT(Fail("one"), HasReason("ASSESSMENT_TO_COME"));
  ASSERT_OK(Change("one", [](auto& one) { *one.mutable_assess_date() = ToProto(InDays(0)); }));
  ASSERT_OK_AND_ASSIGN(const auto passed, Pass("one", "9.5"));
  EXPECT_EQ(passed.state(), v1::ASSESSMENT_STATE_PASSED);
  EXPECT_EQ(passed.grade(), "9.5");
  v1::FailAssessmentRequest anonymous;
  anonymous.set_name(AssessmentName("one"));
  EXPECT_THAT(Called(*assessments_, &Assessments::FailAssessment, anonymous),
              HasReason("ACTOR_REFUSED"))
      << "a decision names its actor";
}

TEST_F(AssessmentsTest, SayOnWhichDayTheirResultWasSaid) {
  ASSERT_OK(Do(NewAssessment("one", "one")));
  v1::PassAssessmentRequest request;
  request.set_name(AssessmentName("one"));
  const auto pass = [&](int day) {
    *request.mutable_result_date() = ToProto(InDays(day));
    return Called(*assessments_, &Assessments::PassAssessment, request, nullptr, "", kRegistrar);
  };
  EXPECT_THAT(Wrong(pass(-11).status()), ElementsAre("result_date BEFORE_ASSESSMENT"));
  EXPECT_THAT(Wrong(pass(1).status()), ElementsAre("result_date AFTER_TODAY"));
  ASSERT_OK_AND_ASSIGN(const auto passed, pass(-10));
  EXPECT_EQ(ToCivilDay(passed.result_date()), InDays(-10));
  ASSERT_OK(Do(NewAssessment("two", "one", 2)));
  ASSERT_OK_AND_ASSIGN(const auto failed, Fail("two"));
  EXPECT_EQ(ToCivilDay(failed.result_date()), InDays(0)) << "today, unless it is said";
  ASSERT_OK(Do(NewAssessment("three", "one", 3)));
  ASSERT_OK_AND_ASSIGN(const auto withdrawn, WithdrawAssessment("three"));
  EXPECT_FALSE(withdrawn.has_result_date());
}

TEST_F(AssessmentsTest, ChangeUntilTheirResultIsKnown) {
  const struct {
    v1::AssessmentState state;
    std::function<absl::Status()> reach;
  } states[] = {
      {v1::ASSESSMENT_STATE_SCHEDULED, [] { return absl::OkStatus(); }},
      {v1::ASSESSMENT_STATE_PASSED, [&] { return Pass("one").status(); }},
      {v1::ASSESSMENT_STATE_FAILED, [&] { return Fail("one").status(); }},
      {v1::ASSESSMENT_STATE_WITHDRAWN, [&] { return WithdrawAssessment("one").status(); }},
  };
  const std::function<absl::Status()> verbs[] = {
      [&] { return Change("one", [](auto& one) { one.set_centre("Taller 2"); }).status(); },
      [&] { return Pass("one").status(); }, [&] { return Fail("one").status(); },
      [&] { return WithdrawAssessment("one").status(); }};
  for (const auto& [state, reach] : states) {
    for (const auto& verb : verbs) {
      MustExecute(other_, "DELETE FROM assessment");
      MustExecute(other_, "DELETE FROM resource_revision");
      ASSERT_OK(Do(NewAssessment("one", "one")));
      ASSERT_OK(reach());
      const absl::Status done = verb();
      if (state == v1::ASSESSMENT_STATE_SCHEDULED) {
        EXPECT_OK(done);
      } else {
        EXPECT_THAT(done, HasReason("ASSESSMENT_STATE_WRONG"));
        EXPECT_EQ(MetadataOf(done, "state"), v1::AssessmentState_Name(state));
      }
    }
  }
}

TEST_F(AssessmentsTest, AreOfTheBodyThatMakesThemToo) {
  HostedModule body(Education(), target_, "certifier/a");
  HostedModule another(Education(), target_, "certifier/ceneval");
  const auto by = [](HostedModule& module, const v1::CreateAssessmentRequest& request) {
    return Called(*v1::AssessmentService::NewStub(module.channel()), &Assessments::CreateAssessment,
                  request);
  };
  v1::CreateAssessmentRequest request = NewAssessment("one", "one");
  request.mutable_assessment()->clear_source();
  request.mutable_assessment()->clear_record_kind();
  EXPECT_THAT(by(body, request), HasReason("OWNER_MISMATCH")) << "it is the organization's";
  request.mutable_assessment()->set_certifier("certifiers/a");
  EXPECT_THAT(by(another, request), HasReason("OWNER_MISMATCH"));
  ASSERT_OK_AND_ASSIGN(const auto made, by(body, request));
  EXPECT_EQ(made.learner(), "organizations/a/learners/ana");
  const std::string filter = "certifier = \"certifiers/a\" AND state = SCHEDULED";
  ASSERT_OK_AND_ASSIGN(const auto own, Listed(body, "organizations/-", filter));
  EXPECT_EQ(own.assessments_size(), 1);
  EXPECT_THAT(Listed(another, "organizations/-", filter), HasReason("OWNER_LIST_REFUSED"));
  EXPECT_THAT(Listed(body, "organizations/-", ""), HasReason("OWNER_LIST_REFUSED"));
  v1::PassAssessmentRequest pass;
  pass.set_name(made.name());
  HostedModule school(Education(), target_, "organization/a");
  EXPECT_THAT(Called(*v1::AssessmentService::NewStub(school.channel()),
                     &Assessments::PassAssessment, pass, nullptr, "", "registrar-1"),
              HasReason("ASSESSMENT_OF_BODY"));
  EXPECT_OK(Called(*v1::AssessmentService::NewStub(body.channel()), &Assessments::PassAssessment,
                   pass, nullptr, "", "reviewer-1"));
}

TEST_F(AssessmentsTest, OfABodyAreItsAloneButForThePlans) {
  v1::CreateAssessmentRequest request = NewAssessment("one", "one");
  request.mutable_assessment()->set_certifier("certifiers/a");
  ASSERT_OK(Do(request));
  HostedModule school(Education(), target_, "organization/a");
  HostedModule body(Education(), target_, "certifier/a");
  const auto update = [&](HostedModule& by, const std::function<void(v1::Assessment&)>& change) {
    v1::UpdateAssessmentRequest changed;
    changed.mutable_assessment()->set_name(AssessmentName("one"));
    change(*changed.mutable_assessment());
    return Called(*v1::AssessmentService::NewStub(by.channel()), &Assessments::UpdateAssessment,
                  changed);
  };
  const auto later = [](auto& one) { *one.mutable_assess_date() = ToProto(InDays(300)); };
  const auto instrument = [](auto& one) { one.set_instrument("Ninguno"); };
  EXPECT_THAT(update(school, later), HasReason("ASSESSMENT_OF_BODY"));
  EXPECT_THAT(update(school, instrument), HasReason("ASSESSMENT_OF_BODY"));
  EXPECT_THAT(
      update(school, [](auto& one) { one.add_dual_plans("organizations/a/dualPlans/none"); }),
      HasReason("DUAL_PLAN_NOT_FOUND"))
      << "which plans it rests on is the school's to say";
  v1::WithdrawAssessmentRequest withdraw;
  withdraw.set_name(AssessmentName("one"));
  withdraw.set_reason("No se presentó.");
  const auto withdrawn = [&](HostedModule& by, const std::string& actor) {
    return Called(*v1::AssessmentService::NewStub(by.channel()), &Assessments::WithdrawAssessment,
                  withdraw, nullptr, "", actor);
  };
  EXPECT_THAT(withdrawn(school, kRegistrar), HasReason("ASSESSMENT_OF_BODY"));
  EXPECT_OK(update(body, instrument));
  EXPECT_OK(withdrawn(body, "reviewer-1"));
}

// A body is told of nobody but the learners of what it certified when they began.
TEST_F(AssessmentsTest, OfABodyAreOfWhomItCertifiedFor) {
  Publish("other");
  Certify("x", -10, 300, "microcredentials/other/versions/1", {}, "ceneval");
  v1::CreateEnrolmentRequest of_other = NewEnrolment("late", "eva", -5);
  of_other.mutable_enrolment()->set_microcredential_version("microcredentials/other/versions/1");
  ASSERT_OK(Do(of_other));
  of_other = NewEnrolment("early", "ana", -20);
  of_other.mutable_enrolment()->set_microcredential_version("microcredentials/other/versions/1");
  ASSERT_OK(Do(of_other));
  HostedModule body(Education(), target_, "certifier/ceneval");
  const auto assess = [&](const std::string& enrolment, int attempt) {
    v1::CreateAssessmentRequest request = NewAssessment("by-body", enrolment, attempt, -1);
    request.mutable_assessment()->clear_source();
    request.mutable_assessment()->clear_record_kind();
    request.mutable_assessment()->set_certifier("certifiers/ceneval");
    request.set_validate_only(true);
    return Called(*v1::AssessmentService::NewStub(body.channel()), &Assessments::CreateAssessment,
                  request);
  };
  EXPECT_THAT(assess("one", 1), HasReason("ENROLMENT_NOT_FOUND")) << "another body certifies it";
  EXPECT_THAT(assess("early", 1), HasReason("ENROLMENT_NOT_FOUND")) << "it began before";
  EXPECT_THAT(assess("none", 1), HasReason("ENROLMENT_NOT_FOUND"));
  EXPECT_OK(assess("late", 1));
  ASSERT_OK(Do(NewAssessment("schools", "late", 20, -1)));
  const auto taken = assess("late", 20);
  EXPECT_THAT(taken, HasReason("ASSESSMENT_ATTEMPT_TAKEN"));
  EXPECT_EQ(MetadataOf(taken.status(), "other"), "organizations/a/assessments/-");
  EXPECT_EQ(MetadataOf(taken.status(), "next"), "1");
}

class AssessmentLoads : public AssessmentsTest {
 protected:
  static std::string Row(const std::string& enrolment, int attempt, const std::string& result = ",",
                         int day = -10) {
    return absl::StrCat(EnrolmentName(enrolment), ",", attempt, ",",
                        absl::FormatCivilTime(InDays(day)), ",,,e-7,Prueba 3,IN_PERSON,DOCUMENT,",
                        result, ",\n");
  }
  absl::StatusOr<api::v1::LoadRecordsResponse> Send(const std::string& rows,
                                                    const std::string& actor = kRegistrar,
                                                    const std::string& more = "") {
    api::v1::LoadRecordsHeader header;
    header.set_profile("puente-assessments");
    header.set_parent("organizations/a");
    header.set_source("control-escolar");
    header.set_record_kind(type::v1::RECORD_KIND_REAL);
    return SendFile(ministry_.channel(), header,
                    "enrolment,attempt,assess_date,certifier,centre,evaluator,instrument,"
                    "supervision,identity_check,result,grade,reason" +
                        more + "\n" + rows,
                    64 << 10, actor);
  }
  std::vector<std::string> Sent(const std::string& rows) {
    const auto done = Send(rows);
    EXPECT_OK(done);
    if (!done.ok()) return {};
    return RowsOf(ministry_.channel(), done->load().name());
  }
};

TEST_F(AssessmentLoads, StateResults) {
  ASSERT_OK(Do(NewEnrolment("two", "eva")));
  const std::string rows = Row("one", 1, "FAILED,4") + Row("one", 2, "PASSED,9") + Row("two", 1);
  EXPECT_THAT(Sent(rows), ElementsAre("1 TAKEN", "2 TAKEN", "3 TAKEN"));
  EXPECT_EQ(Count("assessment WHERE state = 3 AND attempt = 1 AND grade = '4'"), 1);
  EXPECT_EQ(Count("assessment WHERE state = 2 AND attempt = 2 AND grade = '9'"), 1);
  EXPECT_EQ(Count("assessment WHERE state = 1 AND learner LIKE '%/eva'"), 1);
  EXPECT_THAT(Sent(rows), ElementsAre("1 UNCHANGED", "2 UNCHANGED", "3 UNCHANGED"));
  EXPECT_THAT(Sent(Row("one", 1, "PASSED,9") + Row("one", 2, "PASSED,8") + Row("one", 2) +
                   Row("two", 1, "PASSED,8")),
              ElementsAre("1 REFUSED  ASSESSMENT_STATE_WRONG", "2 REFUSED  ASSESSMENT_STATE_WRONG",
                          "3 REFUSED assessment_id ROW_REPEATED", "4 CHANGED"))
      << "a result that is known stays";
  EXPECT_EQ(Count("assessment WHERE state = 2"), 2);
}

TEST_F(AssessmentLoads, RefuseEachWrongRowAlone) {
  EXPECT_THAT(Sent(Row("one", 1, "PASSED,9", 1) + Row("none", 1) + Row("one", 2, ",9") +
                   Row("one", 3, "ABSENT,") + Row("one", 4)),
              ElementsAre("1 REFUSED assess_date ASSESSMENT_TO_COME",
                          "2 REFUSED enrolment ENROLMENT_NOT_FOUND", "3 REFUSED result REQUIRED",
                          "4 REFUSED result NOT_IN_PROFILE", "5 TAKEN"));
  EXPECT_EQ(Count("assessment"), 1);
}

// A column that may be missing: what was said of the day stays as it is then.
TEST_F(AssessmentLoads, SayTheDayOfTheResult) {
  const auto sent = [&](const std::string& day) {
    std::string row = Row("one", 1, "PASSED,9");
    row.insert(row.size() - 1, "," + day);
    const auto done = Send(row, kRegistrar, ",result_date");
    EXPECT_OK(done);
    return done.ok() ? RowsOf(ministry_.channel(), done->load().name())
                     : std::vector<std::string>();
  };
  EXPECT_THAT(sent(absl::FormatCivilTime(InDays(-12))),
              ElementsAre("1 REFUSED result_date BEFORE_ASSESSMENT"));
  EXPECT_THAT(sent(absl::FormatCivilTime(InDays(-8))), ElementsAre("1 TAKEN"));
  const std::string said =
      absl::StrCat("assessment WHERE result_date = '", absl::FormatCivilTime(InDays(-8)), "'");
  EXPECT_EQ(Count(said), 1);
  EXPECT_THAT(sent(""), ElementsAre("1 UNCHANGED"));
  EXPECT_THAT(Sent(Row("one", 1, "PASSED,9")), ElementsAre("1 UNCHANGED"));
  EXPECT_THAT(sent(absl::FormatCivilTime(InDays(-7))),
              ElementsAre("1 REFUSED  ASSESSMENT_STATE_WRONG"));
  EXPECT_EQ(Count(said), 1);
}

TEST_F(AssessmentLoads, WithResultsNameWhoDecided) {
  EXPECT_THAT(Send(Row("one", 1, "PASSED,9"), ""), HasReason("ACTOR_REFUSED"));
}

}  // namespace
}  // namespace puente::education
