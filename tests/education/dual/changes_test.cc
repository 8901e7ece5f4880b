// What becomes of a plan after it was drafted: how a learner confirms it, what changes it, what
// follows it, and what the company judges.
#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "tests/education/dual/plans.h"

namespace puente::education {
namespace {

using puente::testing::HasReason;
using ::testing::ElementsAre;
using testing::In;
using testing::Party;
using testing::Plans;

class DualPlanChanges : public testing::DualPlans {};

TEST_F(DualPlanChanges, AreConfirmedByACodeOnce) {
  ASSERT_OK(DraftOne("one", {Learner()}));
  const std::string name = PlanName("one"), first = Code(name), code = Code(name);
  EXPECT_EQ(code.size(), 8u);
  EXPECT_EQ(Count("dual_plan_code"), 1);
  EXPECT_EQ(Count(absl::StrCat("journal_entry WHERE answer LIKE '%", code, "%'")), 0);
  EXPECT_THAT(ByCode(name, first), HasReason("DUAL_CODE_WRONG")) << "another took its place";
  EXPECT_THAT(
      Wrong(a.Ask(&Plans::ConfirmDualPlan, Named(name, "confirmation: DUAL_CONFIRMATION_CODE"))
                .status()),
      ElementsAre("code REQUIRED"));
  ASSERT_OK_AND_ASSIGN(const auto confirmed, ByCode(name, code));
  EXPECT_EQ(confirmed.confirmation(), v1::DUAL_CONFIRMATION_CODE);
  EXPECT_THAT(ByCode(name, code), HasReason("DUAL_CODE_SPENT")) << "used";
}

TEST_F(DualPlanChanges, TakeFiveTriesOfACode) {
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

// The right code at the last try, while somebody else changes the plan.
TEST_F(DualPlanChanges, TakeNoTryOfTheRightCode) {
  ASSERT_OK(DraftOne("one", {Learner()}));
  const std::string name = PlanName("one"), code = Code(name);
  Execute("UPDATE dual_plan_code SET tries = 4");
  Execute("START TRANSACTION");
  Execute("UPDATE dual_plan SET version = version + 1");
  absl::StatusOr<v1::DualPlan> confirmed;
  EXPECT_TRUE(puente::testing::WaitsFor(connection, [&] { confirmed = ByCode(name, code); }));
  EXPECT_OK(confirmed);
}

TEST_F(DualPlanChanges, AreCheckedWithoutATryOfTheCode) {
  ASSERT_OK(DraftOne("one", {Learner()}));
  const std::string name = PlanName("one"), code = Code(name);
  const auto checked =
      a.Ask(&Plans::ConfirmDualPlan, Named(name,
                                           "confirmation: DUAL_CONFIRMATION_CODE code: 'AAAAAAAA'"
                                           " validate_only: true"));
  EXPECT_OK(checked) << "no code is compared";
  EXPECT_EQ(Count("dual_plan_code WHERE tries = 0"), 1);
  EXPECT_THAT(ByCode(name, code), puente::testing::IsOk());
}

TEST_F(DualPlanChanges, AnswerACodeThatIsNowhereStored) {
  ASSERT_OK(DraftOne("one", {Learner()}));
  const std::string call =
      Named(PlanName("one"), "request_id: '6b4a1d9e-7c52-4f3b-8a10-2e9d5c7f1b36'");
  ASSERT_OK_AND_ASSIGN(const auto checked,
                       a.Ask(&Plans::IssueDualCode, Named(PlanName("one"), "validate_only: true")));
  EXPECT_EQ(checked.code(), "") << "one that confirms nothing";
  ASSERT_OK_AND_ASSIGN(const auto issued, a.Ask(&Plans::IssueDualCode, call));
  EXPECT_EQ(issued.code().size(), 8u);
  ASSERT_OK_AND_ASSIGN(const auto repeated, a.Ask(&Plans::IssueDualCode, call));
  EXPECT_EQ(repeated.code(), "") << "it is told once";
  EXPECT_EQ(repeated.dual_plan(), PlanName("one"));
  EXPECT_OK(ByCode(PlanName("one"), issued.code())) << "the repeated call has made none";
}

TEST_F(DualPlanChanges, ChangeAsTheOtherSideAccepts) {
  const std::string name = Plan("one", {Learner()});
  EXPECT_THAT(Wrong(Change(a, name, "").status()), ElementsAre("proposed_change NOTHING_CHANGES"));
  ASSERT_OK_AND_ASSIGN(const auto proposed,
                       Change(acme, name, Outcome(1, 900) + "instructor: 'i-2'"));
  EXPECT_EQ(proposed.turn(), v1::DUAL_PARTY_ORGANIZATION);
  EXPECT_THAT(Owed(proposed), ElementsAre("ORGANIZATION ANSWER_CHANGE"));
  EXPECT_EQ(proposed.instructor(), "i-1");
  EXPECT_THAT(Change(a, name, "tutor: 't-9'"), HasReason("DUAL_CHANGE_OPEN"));
  EXPECT_THAT(acme.Ask(&Plans::AcceptDualPlanChange, Named(name)), HasReason("DUAL_CHANGE_OWN"));
  EXPECT_THAT(acme.Ask(&Plans::RefuseDualPlanChange, Named(name)), HasReason("DUAL_CHANGE_OWN"));
  EXPECT_THAT(a.Ask(&Plans::WithdrawDualPlanChange, Named(name)), HasReason("DUAL_CHANGE_NOT_OWN"));
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

TEST_F(DualPlanChanges, ChangeTheirLastDayWithinAllThatTheyRestOn) {
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

// Days may go by until it is accepted.
TEST_F(DualPlanChanges, EndOnADayThatIsNotOverNorBeforeTheFirst) {
  const std::string name = Plan("one", {Learner()});
  ASSERT_OK_AND_ASSIGN(const auto proposed,
                       Change(a, name, absl::StrCat("end_date {", In(0), "}")));
  v1::DualPlanChange change = proposed.proposed_change();
  *change.mutable_end_date() = ToProto(testing::Today() - 1);
  Execute(absl::StrCat("UPDATE dual_plan SET proposed_change = X'",
                       absl::BytesToHexString(change.SerializeAsString()), "'"));
  EXPECT_THAT(Wrong(acme.Ask(&Plans::AcceptDualPlanChange, Named(name)).status()),
              ElementsAre("proposed_change.end_date END_OVER"));
  const std::string later = Plan("two", {.learner = Learner(), .first = 10});
  ASSERT_OK(Change(a, later, absl::StrCat("end_date {", In(9), "}")));
  EXPECT_THAT(Wrong(acme.Ask(&Plans::AcceptDualPlanChange, Named(later)).status()),
              ElementsAre("dual_plan.end_date NOT_BEFORE"));
  ASSERT_OK(a.Ask(&Plans::WithdrawDualPlanChange, Named(later)));
  ASSERT_OK(Change(a, later, absl::StrCat("end_date {", In(10), "}")));
  EXPECT_OK(acme.Ask(&Plans::AcceptDualPlanChange, Named(later)));
}

TEST_F(DualPlanChanges, PlanNoLessThanIsConfirmed) {
  const std::string name = Plan("one", {Learner()});
  ASSERT_OK(Claim(a, name, "e", -1, 200));
  ASSERT_OK(Confirm(acme, EntryName(name, "e")));
  ASSERT_OK(Claim(a, name, "f", -2, 50));
  const auto refused = [&](const std::string& outcome) {
    EXPECT_OK(Change(a, name, outcome));
    const auto accepted = acme.Ask(&Plans::AcceptDualPlanChange, Named(name));
    EXPECT_THAT(accepted, HasReason("DUAL_MINUTES_CONFIRMED"));
    EXPECT_OK(a.Ask(&Plans::WithdrawDualPlanChange, Named(name)));
    return MetadataOf(accepted.status(), "minutes");
  };
  EXPECT_EQ(refused(Outcome(1, 199)), "200");
  EXPECT_EQ(refused(Outcome(3, 199)), "250") << "an outcome that goes has nothing, claimed either";
  ASSERT_OK(Change(a, name, Outcome(1, 200)));
  EXPECT_OK(acme.Ask(&Plans::AcceptDualPlanChange, Named(name)));
}

TEST_F(DualPlanChanges, CarryConfirmedMinutesAlong) {
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
  ASSERT_OK_AND_ASSIGN(const auto second,
                       DraftOne("two", {.learner = learner,
                                        .first = 1,
                                        .outcomes = Outcome(1, 400) + Outcome(2, 60),
                                        .more = follows}));
  EXPECT_THAT(MinutesOf(a, second.name()),
              ElementsAre("1: 400 planned, 200 carried, 0 claimed, 0 confirmed",
                          "2: 60 planned, 60 carried, 0 claimed, 0 confirmed"))
      << "at most what is planned";
  EXPECT_EQ(GetPlan(name).followed_by(), second.name());
  EXPECT_THAT(Confirm(acme, EntryName(name, "late")), HasReason("DUAL_PLAN_FOLLOWED"));
  EXPECT_THAT(Claim(a, name, "more", -3, 50), HasReason("DUAL_PLAN_FOLLOWED"));
  EXPECT_OK(Void(a, EntryName(name, "late")));
  EXPECT_THAT(DraftOne("three", {.learner = learner, .first = 40, .last = 50, .more = follows}),
              HasReason("DUAL_PLAN_FOLLOWED"));
}

// Nobody has accepted it: what it followed is as it was.
TEST_F(DualPlanChanges, OfADraftThatIsEndedHoldNothingUp) {
  const std::string learner = Learner(), name = Plan("one", {learner});
  ASSERT_OK(Claim(a, name, "e", -1, 200));
  ASSERT_OK(Confirm(acme, EntryName(name, "e")));
  ASSERT_OK(Claim(a, name, "late", -3, 50));
  ASSERT_OK(End(acme, name));
  const auto draft = [&](const std::string& id, const std::string& follows) {
    return DraftOne(
        id, {.learner = learner, .first = 1, .more = absl::StrCat("follows: '", follows, "' ")});
  };
  ASSERT_OK(draft("two", name));
  ASSERT_OK(End(acme, PlanName("two")));
  EXPECT_EQ(GetPlan(name).followed_by(), "");
  EXPECT_OK(Confirm(acme, EntryName(name, "late")));
  EXPECT_THAT(Wrong(draft("three", PlanName("two")).status()),
              ElementsAre("dual_plan.follows NOT_AGREED"));
  ASSERT_OK_AND_ASSIGN(const auto third, draft("three", name));
  EXPECT_EQ(third.outcomes(0).carried_minutes(), 250);
  ASSERT_OK(Accept(a, third.name()));
  ASSERT_OK(Accept(acme, third.name()));
  ASSERT_OK(OnPaper(a, third.name()));
  ASSERT_OK(End(a, third.name()));
  EXPECT_EQ(GetPlan(name).followed_by(), third.name()) << "which was agreed";
}

TEST_F(DualPlanChanges, AreJudgedByTheCompany) {
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
  // Of a draft that was ended nothing was learned.
  const std::string draft = PlanName("draft");
  ASSERT_OK(DraftOne("draft", {Learner()}));
  ASSERT_OK(End(a, draft));
  EXPECT_THAT(acme.Ask(&Plans::JudgeOutcome,
                       Named(draft, absl::StrCat("outcome: 1 result: DUAL_RESULT_ACHIEVED"
                                                 " judge_date {",
                                                 In(-1), "}"))),
              HasReason("DUAL_PLAN_STATE_WRONG"));
}

}  // namespace
}  // namespace puente::education
