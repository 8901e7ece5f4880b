// Plans and the learner's seat at their place: which one a plan takes, and how it follows what
// becomes of it.
#include <gmock/gmock.h>

#include <thread>

#include "puente/education/v1/place_enrolment.grpc.pb.h"
#include "tests/education/dual/plans.h"

namespace puente::education {
namespace {

using puente::testing::HasReason;
using puente::testing::WaitsFor;
using ::testing::ElementsAre;
using testing::In;
using ::testing::IsEmpty;
using testing::Party;
using testing::Plans;

constexpr auto kHeld = v1::PLACE_ENROLMENT_STATE_HELD,
               kConfirmed = v1::PLACE_ENROLMENT_STATE_CONFIRMED,
               kStarted = v1::PLACE_ENROLMENT_STATE_STARTED,
               kCompleted = v1::PLACE_ENROLMENT_STATE_COMPLETED,
               kReleased = v1::PLACE_ENROLMENT_STATE_RELEASED,
               kNoShow = v1::PLACE_ENROLMENT_STATE_NO_SHOW,
               kBrokenOff = v1::PLACE_ENROLMENT_STATE_BROKEN_OFF,
               kRefused = v1::PLACE_ENROLMENT_STATE_REFUSED;

class DualSeats : public testing::DualPlans {
 protected:
  // Who has no seat yet.
  std::string Unseated() {
    const std::string learner = Learner();
    Execute(absl::StrCat("DELETE FROM place_enrolment WHERE learner = '", learner, "'"));
    return learner;
  }
  // What Education hears of Economy.
  absl::Status Hear(const std::string& seat, v1::PlaceEnrolmentState state) {
    using Stub = v1::PlaceEnrolmentService::Stub;
    return gateway_
        .Ask(&Stub::RecordPlaceStates,
             absl::StrCat("places { place_enrolment: '", seat,
                          "' state: ", v1::PlaceEnrolmentState_Name(state),
                          " seat_time { seconds: ", absl::ToUnixSeconds(absl::Now()) + ++heard_,
                          " } }"))
        .status();
  }
  std::vector<std::string> ListedByTurn(Party& party, const std::string& parent,
                                        const std::string& filter) {
    const auto page = party.Ask(&Plans::ListDualPlans,
                                absl::StrCat("parent: '", parent, "' filter: '", filter, "'"));
    EXPECT_OK(page);
    std::vector<std::string> ids;
    if (!page.ok()) return ids;
    for (const auto& plan : page->dual_plans()) ids.push_back(IdOf(plan.name()));
    return ids;
  }

  Party gateway_{database, "gateway"};

 private:
  int heard_ = 0;
};

TEST_F(DualSeats, AreNeededForAPlan) {
  const std::string learner = Unseated();
  EXPECT_THAT(DraftOne("one", {learner}), HasReason("DUAL_SEAT_MISSING"));
  Seat(learner, "elsewhere", kConfirmed, "globex");
  Seat(Learner(), "of-another");
  EXPECT_THAT(DraftOne("one", {learner}), HasReason("DUAL_SEAT_MISSING"));
  for (const auto over : {kCompleted, kReleased, kNoShow, kBrokenOff, kRefused}) {
    Seat(learner, absl::StrCat("over-", static_cast<int>(over)), over);
  }
  EXPECT_THAT(DraftOne("one", {learner}), HasReason("DUAL_SEAT_MISSING"));
  EXPECT_EQ(Count("dual_plan"), 0);
  const std::string seat = Seat(learner, "held", kHeld);
  ASSERT_OK_AND_ASSIGN(const auto plan, DraftOne("one", {learner}));
  EXPECT_EQ(plan.place_enrolment(), seat);
  EXPECT_EQ(plan.seat_state(), kHeld);
}

TEST_F(DualSeats, HaveAllOfAPlansDays) {
  const std::string learner = Unseated();
  Seat(learner, "short", kStarted, "acme", -29, 29);
  EXPECT_THAT(Wrong(DraftOne("one", {learner}).status()),
              ElementsAre("dual_plan.begin_date OUTSIDE_STAY", "dual_plan.end_date OUTSIDE_STAY"));
  const std::string enough = Seat(learner, "enough", kHeld, "acme", -30, 30);
  ASSERT_OK_AND_ASSIGN(const auto plan, DraftOne("one", {learner}));
  EXPECT_EQ(plan.place_enrolment(), enough) << "the other one goes on, but has not its days";
  ASSERT_OK(Change(a, plan.name(), absl::StrCat("end_date {", In(31), "}")));
  EXPECT_THAT(Wrong(acme.Ask(&Plans::AcceptDualPlanChange, Named(plan.name())).status()),
              ElementsAre("dual_plan.end_date OUTSIDE_STAY"));
  ASSERT_OK(a.Ask(&Plans::WithdrawDualPlanChange, Named(plan.name())));
  ASSERT_OK_AND_ASSIGN(
      const auto shorter,
      Update(plan.name(), absl::StrCat("begin_date {", In(-29), "} end_date {", In(29), "}")));
  EXPECT_EQ(shorter.place_enrolment(), "placeEnrolments/short") << "which is further along";
}

TEST_F(DualSeats, AreConfirmedByTheCompanyBeforeAPlanIsAgreed) {
  const std::string learner = Unseated(), seat = Seat(learner, "seat", kHeld);
  const std::string name = PlanName("one");
  ASSERT_OK_AND_ASSIGN(const auto drafted, DraftOne("one", {learner}));
  EXPECT_THAT(Owed(drafted), ElementsAre("ORGANIZATION ACCEPT_PLAN", "COMPANY ACCEPT_PLAN",
                                         "LEARNER CONFIRM_PLAN", "COMPANY CONFIRM_SEAT"));
  ASSERT_OK(Accept(a, name));
  ASSERT_OK(Accept(acme, name));
  ASSERT_OK_AND_ASSIGN(const auto waiting, OnPaper(a, name));
  EXPECT_EQ(waiting.state(), v1::DUAL_PLAN_STATE_DRAFT);
  EXPECT_EQ(waiting.turn(), v1::DUAL_PARTY_COMPANY);
  EXPECT_THAT(Owed(waiting), ElementsAre("COMPANY CONFIRM_SEAT"));
  EXPECT_THAT(
      ListedByTurn(acme, "organizations/-", "company = \"companies/acme\" AND turn = COMPANY"),
      ElementsAre("one"));
  EXPECT_EQ(GetPlan(acme, name).place_enrolment(), seat) << "which one it is to confirm";
  EXPECT_EQ(GetPlan(acme, name).learner(), "");
  ASSERT_OK(Hear(seat, kConfirmed));
  const v1::DualPlan running = GetPlan(name);
  EXPECT_EQ(running.state(), v1::DUAL_PLAN_STATE_RUNNING);
  EXPECT_TRUE(running.has_agree_time());
  EXPECT_EQ(running.turn(), v1::DUAL_PARTY_NOBODY);
  ASSERT_OK(Hear(seat, kStarted));
  EXPECT_EQ(GetPlan(name).seat_state(), kStarted);
  ASSERT_OK(Hear(seat, kCompleted));
  EXPECT_THAT(Owed(GetPlan(name)), IsEmpty()) << "the stay has come to its end, as the plan will";
}

TEST_F(DualSeats, BeginAPlanOnItsDayOnceTheyAreConfirmed) {
  const std::string learner = Unseated(), seat = Seat(learner, "seat", kHeld);
  const std::string name = Plan("one", {.learner = learner, .first = 1});
  ASSERT_OK(Hear(seat, kConfirmed));
  EXPECT_EQ(GetPlan(name).state(), v1::DUAL_PLAN_STATE_AGREED);
  EXPECT_EQ(Count("due WHERE kind = 'dual_plans.turn' AND item_key = 'a/one'"), 1)
      << "its first day is awaited";
}

TEST_F(DualSeats, ThatAreLostAreTheSchoolsToSeeTo) {
  for (const auto lost : {kReleased, kNoShow, kBrokenOff, kRefused}) {
    const std::string of = v1::PlaceEnrolmentState_Name(lost);
    const std::string id = absl::StrCat("p-", static_cast<int>(lost)), next = id + "-next";
    const std::string learner = Unseated(), seat = Seat(learner, id);
    const std::string name = Plan(id, {learner});
    ASSERT_OK(Claim(a, name, "e", -1, 60));
    ASSERT_OK(Hear(seat, lost));
    const v1::DualPlan plan = GetPlan(name);
    EXPECT_EQ(plan.state(), v1::DUAL_PLAN_STATE_RUNNING) << "it is not ended silently";
    EXPECT_THAT(Owed(plan), ElementsAre("ORGANIZATION END_PLAN"));
    EXPECT_THAT(ListedByTurn(a, "organizations/a", "turn = ORGANIZATION"), ElementsAre(id)) << of;
    EXPECT_OK(Confirm(acme, EntryName(name, "e"))) << "what was learned before still counts";
    ASSERT_OK_AND_ASSIGN(const auto ended, End(a, name));
    EXPECT_THAT(Owed(ended), IsEmpty());
    EXPECT_THAT(DraftOne(next, {.learner = learner, .first = 1}), HasReason("DUAL_SEAT_MISSING"));
    Seat(learner, next);
    ASSERT_OK_AND_ASSIGN(
        const auto following,
        DraftOne(next,
                 {.learner = learner, .first = 1, .more = absl::StrCat("follows: '", name, "' ")}));
    EXPECT_EQ(following.outcomes(0).carried_minutes(), 60);
    ASSERT_OK(End(a, PlanName(next)));
  }
}

// Education's step of an act that places a learner, undone because Economy has no seat.
TEST_F(DualSeats, ThatEconomyRefusesAreTheSchoolsToSeeTo) {
  using Stub = v1::PlaceEnrolmentService::Stub;
  const std::string learner = Unseated(), seat = Seat(learner, "seat", kHeld);
  Execute("UPDATE place_enrolment SET seat_time = NULL WHERE id = 'seat'");
  ASSERT_OK(DraftOne("one", {learner}));
  ASSERT_OK(puente::testing::CalledFor(
      "organization/a", *v1::PlaceEnrolmentService::NewStub(gateway_.channel()),
      &Stub::RefusePlaceEnrolment,
      testing::Of<v1::RefusePlaceEnrolmentRequest>(
          absl::StrCat("place_enrolment: '", seat, "' organization: 'organizations/a'"))));
  const v1::DualPlan plan = GetPlan(PlanName("one"));
  EXPECT_EQ(plan.seat_state(), kRefused);
  EXPECT_EQ(plan.turn(), v1::DUAL_PARTY_ORGANIZATION);
}

TEST_F(DualSeats, OfADraftMayBeFoundAnew) {
  const std::string learner = Unseated(), seat = Seat(learner, "seat", kHeld);
  ASSERT_OK(DraftOne("one", {learner}));
  const std::string name = PlanName("one");
  ASSERT_OK(Accept(a, name));
  ASSERT_OK(Accept(acme, name));
  ASSERT_OK(Hear(seat, kReleased));
  ASSERT_OK_AND_ASSIGN(const auto lost, OnPaper(a, name));
  EXPECT_EQ(lost.state(), v1::DUAL_PLAN_STATE_DRAFT);
  EXPECT_EQ(lost.turn(), v1::DUAL_PARTY_ORGANIZATION);
  EXPECT_THAT(Update(name, "tutor: 't-1'"), HasReason("DUAL_SEAT_MISSING"));
  const std::string another = Seat(learner, "another");
  ASSERT_OK_AND_ASSIGN(const auto found, Update(name, "tutor: 't-1'"));
  EXPECT_EQ(found.place_enrolment(), another);
  EXPECT_THAT(Owed(found), ElementsAre("ORGANIZATION ACCEPT_PLAN", "COMPANY ACCEPT_PLAN",
                                       "LEARNER CONFIRM_PLAN"));
}

// One of the two always sees the other: a plan that is drafted while Education hears of its seat.
TEST_F(DualSeats, AreHeardOfByPlansThatAreDraftedMeanwhile) {
  const std::string learner = Unseated(), seat = Seat(learner, "seat", kHeld);
  Agreed();
  Execute("START TRANSACTION");
  Execute("UPDATE place_enrolment SET state = 2, version = version + 1");
  absl::StatusOr<v1::DualPlan> drafted;
  EXPECT_TRUE(WaitsFor(connection, [&] { drafted = DraftOne("one", {learner}); }));
  ASSERT_OK(drafted);
  EXPECT_EQ(drafted->seat_state(), kConfirmed);
  for (int i = 0; i < 8; ++i) {
    ASSERT_OK(End(a, PlanName(i == 0 ? "one" : absl::StrCat("p", i - 1))));
    Execute("DELETE FROM place_enrolment");
    const std::string held = Seat(learner, absl::StrCat("s-", i), kHeld);
    absl::Status heard;
    std::thread other([&] { heard = Hear(held, kConfirmed); });
    const absl::Status done = DraftOne(absl::StrCat("p", i), {learner}).status();
    other.join();
    EXPECT_OK(heard);
    ASSERT_OK(done);
    EXPECT_EQ(GetPlan(PlanName(absl::StrCat("p", i))).seat_state(), kConfirmed);
  }
}

}  // namespace
}  // namespace puente::education
