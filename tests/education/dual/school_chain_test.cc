// A learner who changes school: the plan there takes up after the earlier school's, and nobody
// finds out by it who learns where.
#include <gmock/gmock.h>

#include "tests/education/dual/judged.h"

namespace puente::education {
namespace {

using puente::testing::HasReason;
using ::testing::ElementsAre;

class SchoolChain : public testing::JudgedPlans {
 protected:
  // At school a, of whom an hour and more was confirmed in a plan that is over; and at b.
  SchoolChain() {
    before_ = Learner();
    EXPECT_EQ(Plan("p1", {.learner = before_, .first = -60, .last = -20}), kEarlier);
    Learn(kEarlier, "h1", -30, 200);
    Judge(kEarlier, 2, "ACHIEVED", -20);
    after_ = SameAt(b);
    agreement_ = Agreement(b, acme);
  }

  absl::StatusOr<v1::DualPlan> Take(const std::string& learner, const std::string& follows,
                                    int first = -10) {
    return DraftOne(b, "q1",
                    {.learner = learner,
                     .first = first,
                     .more = absl::StrCat("follows: '", follows, "' "),
                     .agreement = agreement_});
  }

  static constexpr char kEarlier[] = "organizations/a/dualPlans/p1";
  std::string before_, after_, agreement_;
};

TEST_F(SchoolChain, CarriesTheHoursOfTheEarlierSchoolAlong) {
  const auto taken = Take(after_, kEarlier);
  ASSERT_OK(taken);
  ASSERT_EQ(taken->outcomes_size(), 2);
  EXPECT_EQ(taken->outcomes(0).carried_minutes(), 200);
  EXPECT_EQ(taken->outcomes(1).carried_minutes(), 0);
  EXPECT_EQ(GetPlan(kEarlier).followed_by(), taken->name());
  EXPECT_THAT(Claim(a, kEarlier, "h2", -25, 60, 1), HasReason("DUAL_PLAN_FOLLOWED"));
}

TEST_F(SchoolChain, SaysTheSameOfWhatIsNotThisPersons) {
  const std::string stranger = Learner(30, &b);
  const auto anothers = Take(stranger, kEarlier);
  const auto nobodys = Take(stranger, "organizations/a/dualPlans/p9");
  EXPECT_THAT(Wrong(anothers.status()), ElementsAre("dual_plan.follows PLAN_OF_ANOTHER"));
  EXPECT_EQ(Wrong(anothers.status()), Wrong(nobodys.status()));
}

TEST_F(SchoolChain, HasNoDayInCommonWithTheEarlier) {
  EXPECT_THAT(Take(after_, kEarlier, -20), HasReason("DUAL_PLAN_OVERLAPS"));
  EXPECT_OK(Take(after_, kEarlier, -19));
}

TEST_F(SchoolChain, IsTakenUpOnce) {
  ASSERT_OK(Take(after_, kEarlier));
  EXPECT_THAT(DraftOne(b, "q2",
                       {.learner = after_,
                        .first = 40,
                        .last = 50,
                        .more = absl::StrCat("follows: '", kEarlier, "' "),
                        .agreement = agreement_}),
              HasReason("DUAL_PLAN_FOLLOWED"));
  ASSERT_OK(End(b, "organizations/b/dualPlans/q1"));
  EXPECT_EQ(GetPlan(kEarlier).followed_by(), "") << "it was a draft";
}

TEST_F(SchoolChain, StandsAsEvidenceOfTheLaterSchoolsAssessment) {
  ASSERT_OK_AND_ASSIGN(const auto later, Take(after_, kEarlier));
  ASSERT_OK(Accept(b, later.name()));
  ASSERT_OK(Accept(acme, later.name()));
  ASSERT_OK(OnPaper(b, later.name()));
  const auto assessed = b.Ask(
      &testing::Assessments::CreateAssessment,
      absl::StrCat("parent: 'organizations/b' assessment_id: 'e1' assessment { enrolment: '",
                   EnrolmentOf(after_),
                   "' evaluator: 'e-1' instrument: 'Prueba' supervision: SUPERVISION_IN_PERSON"
                   " identity_check: IDENTITY_CHECK_KNOWN attempt: 1 assess_date {",
                   testing::In(0), "} dual_plans: 'organizations/b/dualPlans/q1' }"));
  ASSERT_OK(assessed);
  const auto failed =
      b.Ask(&testing::Assessments::FailAssessment, Named(assessed->name(), "reason: 'r'"));
  ASSERT_OK(failed);
  EXPECT_THAT(Said(failed->evidence()), ElementsAre("1: 200 of 600", "2: 0 of 300, ACHIEVED"));
}

}  // namespace
}  // namespace puente::education
