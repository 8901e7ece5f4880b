// Plans of dual education: what they rest on, who accepts them, how they begin and end, and who is
// told what.
#include "tests/education/dual/plans.h"

#include <gmock/gmock.h>

#include <thread>

namespace puente::education {
namespace {

using puente::testing::Becomes;
using puente::testing::HasReason;
using puente::testing::WaitsFor;
using testing::Agreements;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using testing::In;
using ::testing::IsEmpty;
using testing::Party;
using testing::Plans;
using testing::Today;

class DualPlans : public testing::DualPlans {};

TEST_F(DualPlans, GoOnOnceBothHaveAcceptedAndTheLearnerHasConfirmed) {
  ASSERT_OK_AND_ASSIGN(const auto drafted, DraftOne("one", {Learner()}));
  EXPECT_EQ(drafted.state(), v1::DUAL_PLAN_STATE_DRAFT);
  EXPECT_EQ(drafted.company(), "companies/acme");
  EXPECT_EQ(drafted.microcredential_version(), "microcredentials/m/versions/1");
  EXPECT_EQ(drafted.turn(), v1::DUAL_PARTY_ORGANIZATION);
  EXPECT_THAT(Owed(drafted), ElementsAre("ORGANIZATION ACCEPT_PLAN", "COMPANY ACCEPT_PLAN",
                                         "LEARNER CONFIRM_PLAN"));
  const std::string name = drafted.name();
  ASSERT_OK_AND_ASSIGN(const auto accepted, Accept(a, name));
  EXPECT_EQ(accepted.turn(), v1::DUAL_PARTY_COMPANY);
  ASSERT_OK_AND_ASSIGN(const auto by_both, Accept(acme, name));
  EXPECT_EQ(by_both.state(), v1::DUAL_PLAN_STATE_DRAFT);
  EXPECT_EQ(by_both.turn(), v1::DUAL_PARTY_LEARNER);
  EXPECT_THAT(Owed(by_both), ElementsAre("LEARNER CONFIRM_PLAN"));
  ASSERT_OK_AND_ASSIGN(const auto running, OnPaper(a, name));
  EXPECT_EQ(running.state(), v1::DUAL_PLAN_STATE_RUNNING);
  EXPECT_EQ(running.confirmation(), v1::DUAL_CONFIRMATION_PAPER);
  EXPECT_EQ(running.turn(), v1::DUAL_PARTY_NOBODY);
  EXPECT_THAT(Owed(running), IsEmpty());
  EXPECT_THAT(Accept(a, name), HasReason("DUAL_PLAN_STATE_WRONG"));
}

TEST_F(DualPlans, BeginPauseAndEndByTheirDays) {
  const std::string name = Plan("one", {.learner = Learner(), .first = 1, .last = 30});
  EXPECT_EQ(GetPlan(name).state(), v1::DUAL_PLAN_STATE_AGREED);
  Execute(
      absl::StrCat("UPDATE dual_plan SET begin_date = '", absl::FormatCivilTime(Today() - 5), "'"));
  Wake("a/one");
  ASSERT_TRUE(Becomes([&] { return GetPlan(name).state() == v1::DUAL_PLAN_STATE_RUNNING; }));
  EXPECT_THAT(Wrong(Pause(a, name, 31).status()), ElementsAre("pause.until_date OUTSIDE_PLAN"));
  ASSERT_OK_AND_ASSIGN(const auto paused, Pause(acme, name, 3));
  EXPECT_EQ(paused.state(), v1::DUAL_PLAN_STATE_PAUSED);
  ASSERT_OK_AND_ASSIGN(const auto resumed, a.Ask(&Plans::ResumeDualPlan, Named(name)));
  EXPECT_EQ(resumed.state(), v1::DUAL_PLAN_STATE_RUNNING);
  EXPECT_EQ(resumed.pauses_size(), 0) << "no day was lost";
  Execute(
      absl::StrCat("UPDATE dual_plan SET end_date = '", absl::FormatCivilTime(Today() - 1), "'"));
  Wake("a/one");
  ASSERT_TRUE(Becomes([&] { return GetPlan(name).state() == v1::DUAL_PLAN_STATE_ENDED; }));
  EXPECT_EQ(GetPlan(name).end_cause(), v1::DUAL_END_CAUSE_LAST_DAY);
  EXPECT_EQ(GetPlan(name).end_party(), v1::DUAL_PARTY_UNSPECIFIED);
}

TEST_F(DualPlans, AreAcceptedAnewOnceTheirContentHasChanged) {
  const std::string learner = Learner();
  ASSERT_OK(DraftOne("one", {learner}));
  const std::string name = PlanName("one");
  ASSERT_OK(Accept(a, name));
  ASSERT_OK(OnPaper(a, name));
  ASSERT_OK_AND_ASSIGN(const auto same, Update(name, "tutor: 't-1'"));
  EXPECT_TRUE(same.has_organization_accept_time()) << "nothing has changed";
  ASSERT_OK_AND_ASSIGN(const auto changed, Update(name, Outcome(3, 90)));
  EXPECT_THAT(Owed(changed), ElementsAre("ORGANIZATION ACCEPT_PLAN", "COMPANY ACCEPT_PLAN",
                                         "LEARNER CONFIRM_PLAN"));
  EXPECT_THAT(MinutesOf(a, name), ElementsAre("3: 90 planned, 0 carried, 0 claimed, 0 confirmed"));
  EXPECT_THAT(
      acme.Ask(&Plans::UpdateDualPlan, absl::StrCat("dual_plan { name: '", name, "' tutor: 'x' }")),
      HasReason("CALLER_REFUSED"));
  ASSERT_OK(Accept(a, name));
  ASSERT_OK(Accept(acme, name));
  ASSERT_OK(OnPaper(a, name));
  EXPECT_THAT(Update(name, "tutor: 't-2'"), HasReason("DUAL_PLAN_STATE_WRONG"));
}

TEST_F(DualPlans, AreAcceptedByBothAtOnce) {
  ASSERT_OK(DraftOne("one", {Learner()}));
  const std::string name = PlanName("one");
  ASSERT_OK(OnPaper(a, name));
  absl::Status of_school, of_company;
  std::thread other([&] { of_company = Accept(acme, name).status(); });
  of_school = Accept(a, name).status();
  other.join();
  EXPECT_OK(of_school);
  EXPECT_OK(of_company);
  EXPECT_EQ(GetPlan(name).state(), v1::DUAL_PLAN_STATE_RUNNING);
}

TEST_F(DualPlans, StandUnderAnAgreementInForceOfTheirOrganization) {
  const std::string learner = Learner();
  ASSERT_OK_AND_ASSIGN(const auto proposed, Propose(a));
  const auto wrong = [&](const Draft& draft) { return DraftOne("one", draft).status(); };
  EXPECT_THAT(wrong({.learner = learner, .agreement = proposed.name()}),
              HasReason("DUAL_AGREEMENT_STATE_WRONG"));
  EXPECT_THAT(wrong({.learner = learner, .agreement = "dualAgreements/none"}),
              HasReason("DUAL_AGREEMENT_NOT_FOUND"));
  EXPECT_THAT(wrong({.learner = learner, .agreement = Agreement(b, acme)}),
              HasReason("DUAL_AGREEMENT_NOT_FOUND"));
  EXPECT_THAT(Wrong(wrong({.learner = learner, .first = -201, .last = 201})),
              ElementsAre("dual_plan.begin_date OUTSIDE_AGREEMENT",
                          "dual_plan.end_date OUTSIDE_AGREEMENT"));
  EXPECT_THAT(Wrong(wrong({.learner = learner, .weekly_hours = 41})),
              ElementsAre("dual_plan.weekly_hours WEEKLY_HOURS_OVER"));
  EXPECT_THAT(Wrong(wrong({.learner = learner, .company = "globex"})),
              ElementsAre("dual_plan.training_place PLACE_OF_ANOTHER_COMPANY"));
  EXPECT_EQ(Count("dual_plan"), 0);
  EXPECT_EQ(Count("dual_plan_minutes"), 0);
}

TEST_F(DualPlans, AreOfTheirOwnLearnersEnrolmentAndItsOutcomes) {
  const std::string learner = Learner(), other = Learner(), of_b = Learner(30, &b);
  EXPECT_THAT(Wrong(DraftOne("one", {of_b}).status()),
              ElementsAre("dual_plan.learner OF_ANOTHER_ORGANIZATION",
                          "dual_plan.enrolment OF_ANOTHER_ORGANIZATION"));
  EXPECT_THAT(
      Wrong(DraftOne("one", {.learner = learner, .enrolment = EnrolmentOf(other)}).status()),
      ElementsAre("dual_plan.enrolment ENROLMENT_OF_ANOTHER"));
  EXPECT_THAT(Wrong(DraftOne("one", {.learner = learner, .outcomes = Outcome(4, 60)}).status()),
              ElementsAre("dual_plan.outcomes[0].outcome NO_SUCH_OUTCOME"));
  EXPECT_THAT(
      Wrong(DraftOne("one", {.learner = learner, .outcomes = Outcome(1, 60) + Outcome(1, 60)})
                .status()),
      ElementsAre("dual_plan.outcomes[1].outcome UNIQUE"));
  EXPECT_THAT(Wrong(DraftOne("boxw310820hnerxn09", {learner}).status()),
              ElementsAre("dual_plan_id ID_OF_PERSON"));
  ASSERT_OK(DraftOne("one", {learner}));
  EXPECT_THAT(DraftOne("one", {other}), HasReason("DUAL_PLAN_ALREADY_EXISTS"));
}

TEST_F(DualPlans, OfALearnerHaveNoDayInCommon) {
  const std::string learner = Learner();
  ASSERT_OK(DraftOne("one", {.learner = learner, .first = -30, .last = 10}));
  const auto second = DraftOne("two", {.learner = learner, .first = 10, .last = 20});
  EXPECT_THAT(second, HasReason("DUAL_PLAN_OVERLAPS"));
  EXPECT_EQ(MetadataOf(second.status(), "other"), PlanName("one"));
  ASSERT_OK(DraftOne("two", {.learner = learner, .first = 11, .last = 20}));
  EXPECT_THAT(Update(PlanName("one"), absl::StrCat("end_date {", In(15), "}")),
              HasReason("DUAL_PLAN_OVERLAPS"));
  ASSERT_OK(End(a, PlanName("one")));  // a draft, which never was
  ASSERT_OK(DraftOne("three", {.learner = learner, .first = -5, .last = 5}));
}

TEST_F(DualPlans, OfALearnerAtOnceAreOne) {
  const std::string learner = Learner();
  Agreed();
  std::vector<absl::Status> outcomes(4);
  std::vector<std::thread> calls;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    calls.emplace_back(
        [&, i] { outcomes[i] = DraftOne(absl::StrCat("p", i), {learner}).status(); });
  }
  for (std::thread& call : calls) call.join();
  EXPECT_EQ(std::count_if(outcomes.begin(), outcomes.end(),
                          [](const absl::Status& done) { return done.ok(); }),
            1);
  EXPECT_EQ(Count("dual_plan"), 1);
}

TEST_F(DualPlans, WaitForWhoChangesWhatTheyRestOn) {
  const std::string learner = Learner();
  Agreed();
  Execute("START TRANSACTION");
  Execute("UPDATE dual_agreement SET state = 5, version = version + 1");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(connection, [&] { outcome = DraftOne("one", {learner}).status(); }));
  EXPECT_THAT(outcome, HasReason("DUAL_AGREEMENT_STATE_WRONG"));
  Execute("UPDATE dual_agreement SET state = 2");
  Execute("START TRANSACTION");
  Execute("UPDATE enrolment SET state = 3, version = version + 1");
  EXPECT_TRUE(WaitsFor(connection, [&] { outcome = DraftOne("one", {learner}).status(); }));
  EXPECT_THAT(outcome, HasReason("ENROLMENT_STATE_WRONG"));
}

TEST_F(DualPlans, EndBeforeTheirAgreementWhoeverComesFirst) {
  const std::string learner = Learner(), agreement = Agreed();
  for (int i = 0; i < 8; ++i) {
    ASSERT_OK_AND_ASSIGN(const auto proposed, Propose(a));
    ASSERT_OK(acme.Ask(&Agreements::AcceptDualAgreement, Named(proposed.name())));
    absl::Status ended, drafted;
    std::thread other([&] {
      ended = acme.Ask(&Agreements::EndDualAgreement,
                       Named(proposed.name(), "cause: DUAL_END_CAUSE_MUTUAL"))
                  .status();
    });
    const std::string id = absl::StrCat("p", i);
    drafted = DraftOne(id, {.learner = learner, .agreement = proposed.name()}).status();
    other.join();
    EXPECT_NE(ended.ok(), drafted.ok()) << ended << drafted;
    if (drafted.ok()) {
      EXPECT_THAT(ended, HasReason("DUAL_AGREEMENT_HAS_PLANS"));
      ASSERT_OK(End(a, PlanName(id)));
    } else {
      EXPECT_THAT(drafted, HasReason("DUAL_AGREEMENT_STATE_WRONG"));
    }
  }
}

TEST_F(DualPlans, TellACompanyNothingOfWhoLearns) {
  const std::string name = Plan("one", {Learner()});
  const v1::DualPlan own = GetPlan(a, name), told = GetPlan(acme, name);
  EXPECT_NE(own.learner(), "");
  EXPECT_EQ(told.learner() + told.enrolment() + told.follows() + told.followed_by(), "");
  EXPECT_EQ(told.etag(), own.etag());
  const auto listed = acme.Ask(&Plans::ListDualPlans,
                               "parent: 'organizations/-' filter: 'company = \"companies/acme\"'");
  ASSERT_OK(listed);
  ASSERT_EQ(listed->dual_plans_size(), 1);
  EXPECT_EQ(listed->dual_plans(0).learner(), "");
  EXPECT_THAT(acme.Ask(&Plans::ListDualPlans,
                       absl::StrCat("parent: 'organizations/-' filter: 'learner = \"",
                                    own.learner(), "\"'")),
              HasReason("OWNER_LIST_REFUSED"));
  const auto states = acme.Ask(&Plans::ListDualPlanRevisions, Named(name));
  ASSERT_OK(states);
  EXPECT_EQ(states->dual_plans_size(), 4);
  for (const v1::DualPlan& state : states->dual_plans()) EXPECT_EQ(state.learner(), "");
}

TEST_F(DualPlans, AreOfTheirTwoSidesAlone) {
  ASSERT_OK(DraftOne("one", {Learner()}));
  const std::string name = PlanName("one");
  for (Party* stranger : {&b, &globex}) {
    EXPECT_THAT(stranger->Ask(&Plans::GetDualPlan, Named(name)), HasReason("DUAL_PLAN_NOT_FOUND"));
    EXPECT_THAT(Accept(*stranger, name), HasReason("DUAL_PLAN_NOT_FOUND"));
    EXPECT_THAT(End(*stranger, name), HasReason("DUAL_PLAN_NOT_FOUND"));
    EXPECT_THAT(stranger->Ask(&Plans::GetDualPlanHours, Named(name)),
                HasReason("DUAL_PLAN_NOT_FOUND"));
  }
  EXPECT_THAT(OnPaper(b, name), HasReason("DUAL_PLAN_NOT_FOUND"));
  EXPECT_THAT(OnPaper(acme, name), HasReason("CALLER_REFUSED"));
  EXPECT_OK(ministry.Ask(&Plans::GetDualPlan, Named(name)));
  Party labor{database, "agency/labor"};
  EXPECT_THAT(labor.Ask(&Plans::GetDualPlan, Named(name)), HasReason("CALLER_REFUSED"));
}

TEST_F(DualPlans, OfMinorsHaveTheirLimitsAndAGuardiansConsent) {
  const std::string minor = Learner(16), child = Learner(14), adult = Learner(18);
  EXPECT_THAT(Wrong(DraftOne("one", {minor}).status()),
              ElementsAre("dual_plan.guardian_consent GUARDIAN_CONSENT_NEEDED"));
  EXPECT_THAT(
      Wrong(DraftOne("one", {.learner = minor, .minor = true, .weekly_hours = 31}).status()),
      ElementsAre("dual_plan.weekly_hours WEEKLY_HOURS_OVER"));
  ASSERT_OK_AND_ASSIGN(const auto plan, DraftOne("one", {.learner = minor, .minor = true}));
  EXPECT_EQ(plan.daily_minutes_most(), 360);
  EXPECT_EQ(plan.weekly_minutes_most(), 1800);
  EXPECT_THAT(DraftOne("two", {.learner = child, .minor = true}),
              HasReason("DUAL_LEARNER_TOO_YOUNG"));
  ASSERT_OK_AND_ASSIGN(const auto of_age, DraftOne("three", {adult}));
  EXPECT_EQ(of_age.daily_minutes_most(), 0);
  EXPECT_THAT(Wrong(DraftOne("four", {.learner = Learner(),
                                      .more = absl::StrCat("guardian_consent_date {", In(-3), "}")})
                        .status()),
              ElementsAre("dual_plan.guardian_consent_date ONLY_ON_PAPER"));
  EXPECT_GE(Count("personal_access"), 1) << "to know an age is an access";
}

// Every verb in every state, with what the table of states says.
TEST_F(DualPlans, ChangeTheirStateByTheTableAlone) {
  using State = v1::DualPlanState;
  constexpr State kDraft = v1::DUAL_PLAN_STATE_DRAFT, kAgreed = v1::DUAL_PLAN_STATE_AGREED,
                  kRunning = v1::DUAL_PLAN_STATE_RUNNING, kPaused = v1::DUAL_PLAN_STATE_PAUSED,
                  kEnded = v1::DUAL_PLAN_STATE_ENDED;
  const std::vector<State> kLive = {kDraft, kAgreed, kRunning, kPaused};
  const std::string name = PlanName("one"), learner = Learner();
  const struct {
    std::function<absl::Status()> verb;
    std::vector<State> from;
  } verbs[] = {
      {[&] { return Update(name, "tutor: 't-5'").status(); }, {kDraft}},
      {[&] { return Accept(a, name).status(); }, {kDraft}},
      {[&] { return a.Ask(&Plans::IssueDualCode, Named(name)).status(); }, kLive},
      {[&] { return OnPaper(a, name).status(); }, kLive},
      {[&] { return Change(a, name, "tutor: 't-5'").status(); }, kLive},
      {[&] { return Pause(a, name, 5).status(); }, {kRunning}},
      {[&] { return a.Ask(&Plans::ResumeDualPlan, Named(name)).status(); }, {kPaused}},
      {[&] { return End(a, name).status(); }, kLive},
      {[&] {
         return acme
             .Ask(&Plans::JudgeOutcome,
                  Named(name, absl::StrCat("outcome: 1 result: DUAL_RESULT_NOT_YET judge_date {",
                                           In(0), "}")))
             .status();
       },
       {kRunning, kPaused, kEnded}}};
  for (const State state : {kDraft, kAgreed, kRunning, kPaused, kEnded}) {
    for (const auto& [verb, from] : verbs) {
      Execute("DELETE FROM dual_plan");
      Execute("DELETE FROM dual_plan_minutes");
      Execute("DELETE FROM resource_revision");
      const int first = state == kAgreed ? 1 : state == kDraft ? 0 : -3;
      if (state == kDraft) {
        ASSERT_OK(DraftOne("one", {.learner = learner, .first = first}));
      } else {
        Plan("one", {.learner = learner, .first = first});
      }
      if (state == kPaused) {
        ASSERT_OK(Pause(a, name, 3));
      }
      if (state == kEnded) {
        ASSERT_OK(End(a, name));
      }
      ASSERT_EQ(GetPlan(name).state(), state);
      const absl::Status done = verb();
      const bool allowed = std::find(from.begin(), from.end(), state) != from.end();
      if (allowed && state == kAgreed) {
        EXPECT_THAT(done, AnyOf(puente::testing::IsOk(), HasReason("INVALID_FIELDS")));
      } else if (allowed) {
        EXPECT_OK(done) << v1::DualPlanState_Name(state);
      } else {
        EXPECT_THAT(done, HasReason("DUAL_PLAN_STATE_WRONG"));
        EXPECT_EQ(MetadataOf(done, "state"), v1::DualPlanState_Name(state));
      }
    }
  }
}

}  // namespace
}  // namespace puente::education
