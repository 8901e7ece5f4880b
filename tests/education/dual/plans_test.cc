// Plans of dual education: what they rest on, who accepts and confirms them, what changes them, and
// who is told what.
#include <gmock/gmock.h>

#include <thread>

#include "tests/education/dual/dual.h"

namespace puente::education {
namespace {

using puente::testing::Becomes;
using puente::testing::HasReason;
using puente::testing::WaitsFor;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Agreements;
using testing::In;
using testing::Party;
using testing::Plans;
using testing::Today;

class DualPlans : public testing::Dual {
 protected:
  // "COMPANY ACCEPT_PLAN" for each thing that is owed.
  static std::vector<std::string> Owed(const v1::DualPlan& plan) {
    std::vector<std::string> owed;
    for (const v1::DualOwed& one : plan.owed()) {
      owed.push_back(absl::StrCat(v1::DualParty_Name(one.party()).substr(11), " ",
                                  v1::DualAct_Name(one.act()).substr(9)));
    }
    return owed;
  }
  absl::StatusOr<v1::DualPlan> ByCode(const std::string& plan, const std::string& code) {
    return a.Ask(&Plans::ConfirmDualPlan,
                 Named(plan, absl::StrCat("confirmation: DUAL_CONFIRMATION_CODE code: '", code,
                                          "'")));
  }
  std::string Code(const std::string& plan) {
    const auto issued = a.Ask(&Plans::IssueDualCode, Named(plan));
    EXPECT_OK(issued);
    return issued.ok() ? issued->code() : "";
  }
  absl::StatusOr<v1::DualPlan> Update(const std::string& plan, const std::string& fields) {
    return a.Ask(&Plans::UpdateDualPlan,
                 absl::StrCat("dual_plan { name: '", plan, "' ", fields, "}"));
  }
  absl::StatusOr<v1::DualPlan> Change(Party& party, const std::string& plan,
                                      const std::string& change) {
    return party.Ask(&Plans::ProposeDualPlanChange,
                     Named(plan, absl::StrCat("proposed_change {", change, "}")));
  }
  absl::StatusOr<v1::DualPlan> End(Party& party, const std::string& plan) {
    return party.Ask(&Plans::EndDualPlan, Named(plan, "cause: DUAL_END_CAUSE_MUTUAL"));
  }
  absl::StatusOr<v1::DualPlan> Pause(Party& party, const std::string& plan, int until) {
    return party.Ask(&Plans::PauseDualPlan,
                     Named(plan, absl::StrCat("pause { cause: DUAL_PAUSE_CAUSE_SCHOOL until_date {",
                                              In(until), "} }")));
  }
};

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
  Execute(absl::StrCat("UPDATE dual_plan SET begin_date = '", absl::FormatCivilTime(Today() - 5),
                       "'"));
  Wake("a/one");
  ASSERT_TRUE(Becomes([&] { return GetPlan(name).state() == v1::DUAL_PLAN_STATE_RUNNING; }));
  EXPECT_THAT(Wrong(Pause(a, name, 31).status()), ElementsAre("pause.until_date OUTSIDE_PLAN"));
  ASSERT_OK_AND_ASSIGN(const auto paused, Pause(acme, name, 3));
  EXPECT_EQ(paused.state(), v1::DUAL_PLAN_STATE_PAUSED);
  ASSERT_OK_AND_ASSIGN(const auto resumed, a.Ask(&Plans::ResumeDualPlan, Named(name)));
  EXPECT_EQ(resumed.state(), v1::DUAL_PLAN_STATE_RUNNING);
  EXPECT_EQ(resumed.pauses_size(), 0) << "no day was lost";
  Execute(absl::StrCat("UPDATE dual_plan SET end_date = '", absl::FormatCivilTime(Today() - 1),
                       "'"));
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
  EXPECT_THAT(acme.Ask(&Plans::UpdateDualPlan,
                       absl::StrCat("dual_plan { name: '", name, "' tutor: 'x' }")),
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
  EXPECT_THAT(Wrong(DraftOne("one", {.learner = learner,
                                     .outcomes = Outcome(1, 60) + Outcome(1, 60)})
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
    calls.emplace_back([&, i] {
      outcomes[i] = DraftOne(absl::StrCat("p", i), {learner}).status();
    });
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

TEST_F(DualPlans, AreConfirmedByACodeOnce) {
  ASSERT_OK(DraftOne("one", {Learner()}));
  const std::string name = PlanName("one"), first = Code(name), code = Code(name);
  EXPECT_EQ(code.size(), 8u);
  EXPECT_EQ(Count("dual_plan_code"), 1);
  EXPECT_EQ(Count(absl::StrCat("journal_entry WHERE answer LIKE '%", code, "%'")), 0);
  EXPECT_THAT(ByCode(name, first), HasReason("DUAL_CODE_WRONG")) << "another took its place";
  EXPECT_THAT(Wrong(a.Ask(&Plans::ConfirmDualPlan,
                          Named(name, "confirmation: DUAL_CONFIRMATION_CODE"))
                        .status()),
              ElementsAre("code REQUIRED"));
  ASSERT_OK_AND_ASSIGN(const auto confirmed, ByCode(name, code));
  EXPECT_EQ(confirmed.confirmation(), v1::DUAL_CONFIRMATION_CODE);
  EXPECT_THAT(ByCode(name, code), HasReason("DUAL_CODE_SPENT")) << "used";
}

TEST_F(DualPlans, TakeFiveTriesOfACode) {
  ASSERT_OK(DraftOne("one", {Learner()}));
  const std::string name = PlanName("one"), code = Code(name);
  for (int left = 4; left >= 0; --left) {
    const auto refused = ByCode(name, code == "AAAAAAAA" ? "BBBBBBBB" : "AAAAAAAA");
    EXPECT_THAT(refused, HasReason("DUAL_CODE_WRONG"));
    EXPECT_EQ(MetadataOf(refused.status(), "left"), absl::StrCat(left));
  }
  EXPECT_THAT(ByCode(name, code), HasReason("DUAL_CODE_SPENT"));
  EXPECT_OK(ByCode(name, Code(name))) << "another is as good as new";
  const std::string late = Code(name);
  Execute("UPDATE dual_plan_code SET expire_time = '2026-01-01'");
  EXPECT_THAT(ByCode(name, late), HasReason("DUAL_CODE_SPENT"));
}

TEST_F(DualPlans, AreCheckedWithoutATryOfTheCode) {
  ASSERT_OK(DraftOne("one", {Learner()}));
  const std::string name = PlanName("one"), code = Code(name);
  const auto checked = a.Ask(&Plans::ConfirmDualPlan,
                             Named(name, "confirmation: DUAL_CONFIRMATION_CODE code: 'AAAAAAAA'"
                                         " validate_only: true"));
  EXPECT_OK(checked) << "no code is compared";
  EXPECT_EQ(Count("dual_plan_code WHERE tries = 0"), 1);
  EXPECT_THAT(ByCode(name, code), puente::testing::IsOk());
}

TEST_F(DualPlans, AnswerACodeThatIsNowhereStored) {
  ASSERT_OK(DraftOne("one", {Learner()}));
  const std::string call =
      Named(PlanName("one"), "request_id: '6b4a1d9e-7c52-4f3b-8a10-2e9d5c7f1b36'");
  ASSERT_OK_AND_ASSIGN(const auto issued, a.Ask(&Plans::IssueDualCode, call));
  EXPECT_EQ(issued.code().size(), 8u);
  ASSERT_OK_AND_ASSIGN(const auto repeated, a.Ask(&Plans::IssueDualCode, call));
  EXPECT_EQ(repeated.code(), "") << "it is told once";
  EXPECT_EQ(repeated.dual_plan(), PlanName("one"));
  EXPECT_OK(ByCode(PlanName("one"), issued.code())) << "the repeated call has made none";
}

TEST_F(DualPlans, OfMinorsHaveTheirLimitsAndAGuardiansConsent) {
  const std::string minor = Learner(16), child = Learner(14), adult = Learner(18);
  EXPECT_THAT(Wrong(DraftOne("one", {minor}).status()),
              ElementsAre("dual_plan.guardian_consent GUARDIAN_CONSENT_NEEDED"));
  EXPECT_THAT(Wrong(DraftOne("one", {.learner = minor, .minor = true, .weekly_hours = 31})
                        .status()),
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

TEST_F(DualPlans, ChangeAsTheOtherSideAccepts) {
  const std::string name = Plan("one", {Learner()});
  EXPECT_THAT(Wrong(Change(a, name, "").status()),
              ElementsAre("proposed_change NOTHING_CHANGES"));
  ASSERT_OK_AND_ASSIGN(const auto proposed,
                       Change(acme, name, Outcome(1, 900) + "instructor: 'i-2'"));
  EXPECT_EQ(proposed.turn(), v1::DUAL_PARTY_ORGANIZATION);
  EXPECT_THAT(Owed(proposed), ElementsAre("ORGANIZATION ANSWER_CHANGE"));
  EXPECT_EQ(proposed.instructor(), "i-1");
  EXPECT_THAT(Change(a, name, "tutor: 't-9'"), HasReason("DUAL_CHANGE_OPEN"));
  EXPECT_THAT(acme.Ask(&Plans::AcceptDualPlanChange, Named(name)), HasReason("DUAL_CHANGE_OWN"));
  EXPECT_THAT(acme.Ask(&Plans::RefuseDualPlanChange, Named(name)), HasReason("DUAL_CHANGE_OWN"));
  EXPECT_THAT(a.Ask(&Plans::WithdrawDualPlanChange, Named(name)),
              HasReason("DUAL_CHANGE_NOT_OWN"));
  ASSERT_OK_AND_ASSIGN(const auto refused, a.Ask(&Plans::RefuseDualPlanChange, Named(name)));
  EXPECT_EQ(refused.change_outcome(), v1::DUAL_CHANGE_OUTCOME_REFUSED);
  EXPECT_FALSE(refused.has_proposed_change());
  EXPECT_THAT(a.Ask(&Plans::AcceptDualPlanChange, Named(name)), HasReason("DUAL_CHANGE_NONE"));
  ASSERT_OK(Change(acme, name, "instructor: 'i-3'"));
  ASSERT_OK_AND_ASSIGN(const auto back, acme.Ask(&Plans::WithdrawDualPlanChange, Named(name)));
  EXPECT_EQ(back.change_outcome(), v1::DUAL_CHANGE_OUTCOME_WITHDRAWN);
  ASSERT_OK(Change(acme, name, Outcome(1, 900) + "instructor: 'i-2'"));
  ASSERT_OK_AND_ASSIGN(const auto accepted, a.Ask(&Plans::AcceptDualPlanChange, Named(name)));
  EXPECT_EQ(accepted.instructor(), "i-2");
  EXPECT_EQ(accepted.state(), v1::DUAL_PLAN_STATE_RUNNING);
  EXPECT_EQ(accepted.change_outcome(), v1::DUAL_CHANGE_OUTCOME_ACCEPTED);
  EXPECT_THAT(Owed(accepted), ElementsAre("LEARNER CONFIRM_PLAN"));
  EXPECT_THAT(MinutesOf(a, name), ElementsAre("1: 900 planned, 0 carried, 0 claimed, 0 confirmed"));
  EXPECT_OK(OnPaper(a, name));
}

TEST_F(DualPlans, ChangeTheirLastDayWithinAllThatTheyRestOn) {
  const std::string minor = Learner(17);  // of age in 265 days at most
  const std::string name = Plan("one", {.learner = minor, .last = 10, .minor = true});
  ASSERT_OK(DraftOne("two", {.learner = minor, .first = 15, .last = 20, .minor = true}));
  const auto accepted = [&](const std::string& change) {
    EXPECT_OK(Change(a, name, change));
    const auto done = acme.Ask(&Plans::AcceptDualPlanChange, Named(name));
    if (!done.ok()) {
      EXPECT_OK(a.Ask(&Plans::WithdrawDualPlanChange, Named(name)));
    }
    return done;
  };
  const auto overlapping = accepted(absl::StrCat("end_date {", In(15), "}"));
  EXPECT_THAT(overlapping, HasReason("DUAL_PLAN_OVERLAPS"));
  EXPECT_EQ(MetadataOf(overlapping.status(), "other"), "-") << "it may be another company's";
  EXPECT_THAT(Wrong(accepted("weekly_hours: 31").status()),
              ElementsAre("dual_plan.weekly_hours WEEKLY_HOURS_OVER"));
  const int64_t accesses = Count("personal_access");
  ASSERT_OK(accepted("weekly_hours: 30"));
  EXPECT_EQ(Count("personal_access"), accesses) << "no day has changed";
  ASSERT_OK_AND_ASSIGN(const auto longer, accepted(absl::StrCat("end_date {", In(14), "}")));
  EXPECT_EQ(longer.daily_minutes_most(), 360);
  EXPECT_EQ(Count("personal_access"), accesses + 1);
}

TEST_F(DualPlans, PlanNoLessThanIsConfirmed) {
  const std::string name = Plan("one", {Learner()});
  ASSERT_OK(Claim(a, name, "e", -1, 200));
  ASSERT_OK(Confirm(acme, EntryName(name, "e")));
  ASSERT_OK(Change(a, name, Outcome(1, 199)));
  EXPECT_THAT(acme.Ask(&Plans::AcceptDualPlanChange, Named(name)),
              HasReason("DUAL_MINUTES_CONFIRMED"));
  ASSERT_OK(a.Ask(&Plans::WithdrawDualPlanChange, Named(name)));
  ASSERT_OK(Change(a, name, Outcome(3, 199)));
  EXPECT_THAT(acme.Ask(&Plans::AcceptDualPlanChange, Named(name)),
              HasReason("DUAL_MINUTES_CONFIRMED"));
}

TEST_F(DualPlans, CarryConfirmedMinutesAlong) {
  const std::string learner = Learner(), name = Plan("one", {learner});
  ASSERT_OK(Claim(a, name, "e", -1, 200));
  ASSERT_OK(Claim(a, name, "f", -2, 100, 2));
  ASSERT_OK(Confirm(acme, EntryName(name, "e")));
  ASSERT_OK(Confirm(acme, EntryName(name, "f")));
  ASSERT_OK(Claim(a, name, "late", -3, 50));
  const std::string follows = absl::StrCat("follows: '", name, "' ");
  EXPECT_THAT(DraftOne("two", {.learner = learner, .first = 1, .more = follows}),
              HasReason("DUAL_PLAN_OVERLAPS"));
  ASSERT_OK(End(acme, name));
  EXPECT_THAT(Wrong(DraftOne("two", {.learner = Learner(), .first = 1, .more = follows}).status()),
              ElementsAre("dual_plan.follows PLAN_OF_ANOTHER"));
  ASSERT_OK_AND_ASSIGN(
      const auto second,
      DraftOne("two", {.learner = learner, .first = 1, .outcomes = Outcome(1, 400) + Outcome(2, 60),
                       .more = follows}));
  EXPECT_THAT(MinutesOf(a, second.name()),
              ElementsAre("1: 400 planned, 200 carried, 0 claimed, 0 confirmed",
                          "2: 60 planned, 60 carried, 0 claimed, 0 confirmed"))
      << "at most what is planned";
  EXPECT_EQ(GetPlan(name).followed_by(), second.name());
  EXPECT_THAT(Confirm(acme, EntryName(name, "late")), HasReason("DUAL_PLAN_FOLLOWED"));
  EXPECT_THAT(Claim(a, name, "more", -3, 50), HasReason("DUAL_PLAN_FOLLOWED"));
  EXPECT_OK(Void(a, EntryName(name, "late")));
  ASSERT_OK(End(a, second.name()));
  EXPECT_THAT(DraftOne("three", {.learner = learner, .first = 1, .more = follows}),
              HasReason("DUAL_PLAN_FOLLOWED"));
}

TEST_F(DualPlans, AreJudgedByTheCompany) {
  const std::string name = Plan("one", {Learner()});
  const auto judge = [&](Party& party, int outcome, const std::string& result, int day = -1) {
    return party.Ask(&Plans::JudgeOutcome,
                     Named(name, absl::StrCat("outcome: ", outcome, " result: DUAL_RESULT_", result,
                                              " judge_date {", In(day), "}")));
  };
  ASSERT_OK(judge(acme, 1, "NOT_YET"));
  ASSERT_OK(judge(acme, 2, "ACHIEVED"));
  ASSERT_OK_AND_ASSIGN(const auto judged, judge(acme, 1, "ACHIEVED", 0));
  ASSERT_EQ(judged.judgements_size(), 2);
  EXPECT_EQ(judged.judgements(0).result(), v1::DUAL_RESULT_ACHIEVED);
  EXPECT_EQ(judged.learner(), "") << "a company is not told";
  EXPECT_THAT(judge(a, 1, "ACHIEVED"), HasReason("CALLER_REFUSED"));
  EXPECT_THAT(judge(globex, 1, "ACHIEVED"), HasReason("DUAL_PLAN_NOT_FOUND"));
  EXPECT_THAT(Wrong(judge(acme, 3, "ACHIEVED", 1).status()),
              ElementsAre("outcome NOT_IN_PLAN", "judge_date AFTER_TODAY"));
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
