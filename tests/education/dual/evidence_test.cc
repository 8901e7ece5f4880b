// Assessments and awards that rest on plans: which they may name, what of the plans stands as
// evidence, and who is told.
#include <gmock/gmock.h>

#include "tests/education/dual/judged.h"
#include "tests/education/earned.h"

namespace puente::education {
namespace {

using puente::testing::HasReason;
using puente::testing::WaitsFor;
using testing::Assessments;
using ::testing::ElementsAre;
using testing::In;
using ::testing::IsEmpty;
using testing::Party;
using testing::Plans;
using testing::Today;
using Awards = v1::AwardService::Stub;

class DualEvidence : public testing::JudgedPlans {};

TEST_F(DualEvidence, IsOfPlansOfTheAssessmentsEnrolment) {
  const std::string learner = Learner(), other = Learner();
  const std::string own = Plan("own", {learner}), others = Plan("others", {other});
  EXPECT_THAT(Wrong(Assess(a, "one", learner, {own, others}).status()),
              ElementsAre("assessment.dual_plans[1] PLAN_OF_ANOTHER_ENROLMENT"));
  EXPECT_THAT(Wrong(Assess(a, "one", learner, {PlanName("own", "b")}).status()),
              ElementsAre("assessment.dual_plans[0] OF_ANOTHER_ORGANIZATION"));
  EXPECT_THAT(Assess(a, "one", learner, {PlanName("none")}), HasReason("DUAL_PLAN_NOT_FOUND"));
  EXPECT_THAT(Wrong(Assess(a, "one", learner, {own, own}).status()),
              ElementsAre("assessment.dual_plans[1] UNIQUE"));
  ASSERT_OK(DraftOne("draft", {.learner = learner, .first = 31, .last = 40}));
  EXPECT_THAT(Wrong(Assess(a, "one", learner, {own, PlanName("draft")}).status()),
              ElementsAre("assessment.dual_plans[1] NOT_AGREED"));
  ASSERT_OK(End(a, PlanName("draft")));
  EXPECT_THAT(Wrong(Assess(a, "one", learner, {own, PlanName("draft")}).status()),
              ElementsAre("assessment.dual_plans[1] NOT_AGREED"));
  ASSERT_OK_AND_ASSIGN(const auto made, Assess(a, "one", learner, {own}));
  EXPECT_THAT(made.dual_plans(), ElementsAre(own));
  EXPECT_THAT(made.evidence(), IsEmpty());
  const auto change = [&](const std::string& plan) {
    return a.Ask(&Assessments::UpdateAssessment,
                 absl::StrCat("assessment { name: '", made.name(), "' dual_plans: '", plan, "' }"));
  };
  EXPECT_THAT(Wrong(change(others).status()),
              ElementsAre("assessment.dual_plans[0] PLAN_OF_ANOTHER_ENROLMENT"));
  EXPECT_THAT(change(PlanName("none")), HasReason("DUAL_PLAN_NOT_FOUND"));
  EXPECT_OK(change(own));
}

TEST_F(DualEvidence, StandsAsItWasWhenTheResultWasSaid) {
  const std::string learner = Learner(), plan = Plan("one", {learner});
  Learn(plan, "e", -1, 200);
  ASSERT_OK(Claim(a, plan, "later", -2, 50));
  ASSERT_OK(Assess(a, "one", learner, {plan}));
  const auto refused = Pass("one");
  EXPECT_THAT(refused, HasReason("DUAL_OUTCOME_NOT_ACHIEVED"));
  EXPECT_EQ(MetadataOf(refused.status(), "outcome"), "1");
  Judge(plan, 1);
  Judge(plan, 2, "NOT_YET");
  EXPECT_THAT(Pass("one"), HasReason("DUAL_OUTCOME_NOT_ACHIEVED"));
  Judge(plan, 2, "ACHIEVED", 0);
  ASSERT_OK_AND_ASSIGN(const auto before, Pass("one", "validate_only: true"));
  EXPECT_THAT(Said(before.evidence()),
              ElementsAre("1: 200 of 600, ACHIEVED", "2: 0 of 300, ACHIEVED"))
      << "minutes that are short of the plan are told";
  ASSERT_OK_AND_ASSIGN(const auto passed, Pass("one"));
  EXPECT_THAT(Said(passed.evidence()), Said(before.evidence()));
  EXPECT_EQ(passed.evidence(0).place(), v1::DUAL_PLACE_AT_COMPANY);
  EXPECT_EQ(ToCivilDay(passed.evidence(1).judge_date()), Today());

  EXPECT_OK(Confirm(acme, EntryName(plan, "later"))) << "the plan goes on";
  Judge(plan, 1, "NOT_YET");
  EXPECT_THAT(Void(a, EntryName(plan, "e")), HasReason("HOUR_ENTRY_STATE_WRONG"))
      << "what is confirmed stays so";
  ASSERT_OK_AND_ASSIGN(const auto stands, a.Ask(&Assessments::GetAssessment, Named(passed.name())));
  EXPECT_THAT(Said(stands.evidence()), Said(before.evidence()));
}

TEST_F(DualEvidence, OfWhoFailedSaysWhatIsMissing) {
  const std::string learner = Learner(), plan = Plan("one", {learner});
  Learn(plan, "e", -1, 20);
  Judge(plan, 1, "NOT_YET");
  ASSERT_OK(Assess(a, "one", learner, {plan}));
  ASSERT_OK_AND_ASSIGN(const auto failed, Fail("one"));
  EXPECT_THAT(Said(failed.evidence()), ElementsAre("1: 20 of 600, NOT_YET", "2: 0 of 300"));
}

TEST_F(DualEvidence, CountsEachMinuteOnceAlongAChain) {
  const std::string learner = Learner(), first = Plan("first", {learner});
  Learn(first, "e", -1, 200, 1);
  Learn(first, "f", -2, 100, 2);
  Judge(first, 1);
  Judge(first, 2);
  ASSERT_OK(End(a, first));
  const std::string second = Plan("second", {.learner = learner,
                                             .first = 1,
                                             .outcomes = Outcome(2, 250) + Outcome(3, 60),
                                             .more = absl::StrCat("follows: '", first, "' ")});
  ASSERT_OK(Assess(a, "last", learner, {second}));
  ASSERT_OK(Assess(a, "both", learner, {first, second}, 2));
  ASSERT_OK(Assess(a, "first", learner, {first}, 3));
  const std::vector<std::string> all = {"1: 200 of 600, ACHIEVED", "2: 100 of 250, ACHIEVED",
                                        "3: 0 of 60"};
  ASSERT_OK_AND_ASSIGN(const auto last, Fail("last"));
  EXPECT_EQ(Said(last.evidence()), all);
  ASSERT_OK_AND_ASSIGN(const auto both, Fail("both"));
  EXPECT_EQ(Said(both.evidence()), all);
  ASSERT_OK_AND_ASSIGN(const auto passed, Pass("first"));
  EXPECT_THAT(Said(passed.evidence()),
              ElementsAre("1: 200 of 600, ACHIEVED", "2: 100 of 300, ACHIEVED"));
}

TEST_F(DualEvidence, OfPlansThatDoNotFollowOneAnotherIsOfAllTogether) {
  const std::string learner = Learner();
  const std::string one = Plan("one", {.learner = learner, .last = -5, .outcomes = Outcome(1, 90)});
  const std::string two =
      Plan("two", {.learner = learner, .first = -4, .outcomes = Outcome(1, 60) + Outcome(2, 30)});
  Learn(one, "e", -6, 80);
  Learn(two, "e", -1, 50);
  Judge(one, 1, "ACHIEVED", -2);
  Judge(two, 2);
  ASSERT_OK(Assess(a, "one", learner, {one, two}));
  EXPECT_EQ(MetadataOf(Pass("one").status(), "outcome"), "1") << "one of the two is not judged";
  Judge(two, 1, "NOT_YET", -1);
  ASSERT_OK_AND_ASSIGN(const auto failed, Fail("one", "validate_only: true"));
  EXPECT_THAT(Said(failed.evidence()),
              ElementsAre("1: 130 of 150, NOT_YET", "2: 0 of 30, ACHIEVED"));
  Judge(two, 1, "ACHIEVED", 0);
  ASSERT_OK_AND_ASSIGN(const auto passed, Pass("one"));
  EXPECT_THAT(Said(passed.evidence()),
              ElementsAre("1: 130 of 150, ACHIEVED", "2: 0 of 30, ACHIEVED"));
  EXPECT_EQ(ToCivilDay(passed.evidence(0).judge_date()), Today()) << "the later of the two";
}

// Whoever confirms or judges has the plan's row, for which the result waits.
TEST_F(DualEvidence, SeesWhatIsConfirmedMeanwhile) {
  const std::string learner = Learner(), plan = Plan("one", {learner});
  ASSERT_OK(Assess(a, "one", learner, {plan}));
  Execute("START TRANSACTION");
  Execute("UPDATE dual_plan SET guard = guard + 1");
  Execute("UPDATE dual_plan_minutes SET confirmed = 60 WHERE outcome = 1");
  absl::StatusOr<v1::Assessment> failed;
  EXPECT_TRUE(WaitsFor(connection, [&] { failed = Fail("one"); }));
  ASSERT_OK(failed);
  EXPECT_EQ(failed->evidence(0).confirmed_minutes(), 60);
}

TEST_F(DualEvidence, OfAPlanThatIsFollowedSeesWhatIsJudgedMeanwhile) {
  const std::string learner = Learner(), first = Plan("first", {learner});
  ASSERT_OK(End(a, first));
  const std::string second = Plan("second", {.learner = learner,
                                             .first = 1,
                                             .outcomes = Outcome(2, 60),
                                             .more = absl::StrCat("follows: '", first, "' ")});
  ASSERT_OK(Assess(a, "one", learner, {second}));
  Execute("START TRANSACTION");
  Execute("UPDATE dual_plan SET judgements = NULL, version = version + 1 WHERE id = 'first'");
  absl::StatusOr<v1::Assessment> failed;
  EXPECT_TRUE(WaitsFor(connection, [&] { failed = Fail("one"); })) << "it is guarded";
  EXPECT_OK(failed);
}

TEST_F(DualEvidence, StandsInTheAwardWithWhatWasLearnedAtCompanies) {
  Party gateway(database, "gateway");
  ASSERT_OK(testing::Record(gateway.channel(), {"c", -400, 400, testing::kVersion, {}, "a"}));
  const std::string learner = Learner();
  const std::string plan = Plan("one", {.learner = learner,
                                        .outcomes = Outcome(1, 600) + Outcome(2, 300) +
                                                    "outcomes { outcome: 3 planned_minutes: 90"
                                                    " place: DUAL_PLACE_AT_SCHOOL } "});
  Learn(plan, "e", -1, 200, 1);
  Learn(plan, "f", -1, 100, 2);
  Learn(plan, "g", -1, 90, 3);
  for (int outcome = 1; outcome <= 3; ++outcome) Judge(plan, outcome);
  ASSERT_OK(Assess(a, "one", learner, {plan}));
  ASSERT_OK(Pass("one"));
  const std::string award =
      absl::StrCat("award { assessment: '", AssessmentName("one"), "' issue_date {", In(-5), "} }");
  ASSERT_OK_AND_ASSIGN(
      const auto issued,
      a.Ask(&Awards::CreateAward, "parent: 'organizations/a' award_id: 'w' " + award));
  const auto says = [&](const v1::Award& one) {
    EXPECT_EQ(one.workplace_minutes(), 300);
    EXPECT_THAT(Said(one.workplace_outcomes()),
                ElementsAre("1: 200 of 600, ACHIEVED", "2: 100 of 300, ACHIEVED"));
  };
  says(issued);
  Learn(plan, "h", -2, 10, 1);
  ASSERT_OK_AND_ASSIGN(const auto stands,
                       a.Ask(&Awards::GetAward, Named("organizations/a/awards/w")));
  says(stands);
  ASSERT_OK_AND_ASSIGN(const auto corrected,
                       a.Ask(&Awards::CorrectAward, Named("organizations/a/awards/w",
                                                          "award_id: 'x' reason: 'r' " + award)));
  says(corrected);
}

TEST_F(DualEvidence, IsToldToWhoReadsTheAssessmentAlone) {
  Party body(database, "certifier/a"), gateway(database, "gateway");
  ASSERT_OK(testing::Record(gateway.channel(), {"c", -400, 400, testing::kVersion, {}, "a"}));
  const std::string learner = Learner(), plan = Plan("one", {learner});
  const std::string others = Plan("others", {Learner()});
  const std::string of_body = "certifier: 'certifiers/a' ";
  EXPECT_THAT(Assess(body, "one", learner, {others}, 1, of_body), HasReason("DUAL_PLAN_NOT_FOUND"))
      << "a body is not told that it is another's";
  ASSERT_OK(Assess(body, "one", learner, {plan}, 1, of_body));
  Judge(plan, 1);
  Judge(plan, 2);
  ASSERT_OK_AND_ASSIGN(
      const auto passed,
      puente::testing::Called(*v1::AssessmentService::NewStub(body.channel()),
                              &Assessments::PassAssessment,
                              testing::Of<v1::PassAssessmentRequest>(Named(AssessmentName("one"))),
                              nullptr, "", "reviewer-1"));
  EXPECT_EQ(passed.evidence_size(), 2) << "the body sees what it decided on";
  for (Party* company : {&acme, &globex}) {
    EXPECT_THAT(company->Ask(&Assessments::GetAssessment, Named(AssessmentName("one"))),
                HasReason("CALLER_REFUSED"));
  }
  const v1::DualPlan told = GetPlan(acme, plan);
  EXPECT_EQ(told.learner() + told.enrolment(), "");
  EXPECT_THAT(body.Ask(&Plans::GetDualPlan, Named(plan)), HasReason("CALLER_REFUSED"));
}

}  // namespace
}  // namespace puente::education
