// The ledger against a simple model: random operations, whose outcomes and sums are as it says; and
// many clients at once, whose own records add up to what is stored.
#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <random>
#include <thread>

#include "absl/algorithm/container.h"
#include "tests/education/dual/dual.h"

namespace puente::education {
namespace {

using testing::Hours;
using testing::Party;
using testing::Plans;
using testing::Today;
using State = v1::HourEntryState;

constexpr State kClaimed = v1::HOUR_ENTRY_STATE_CLAIMED,
                kConfirmed = v1::HOUR_ENTRY_STATE_CONFIRMED,
                kDisputed = v1::HOUR_ENTRY_STATE_DISPUTED, kVoided = v1::HOUR_ENTRY_STATE_VOIDED;
constexpr int kDays = 4, kOutcomes = 2;

std::string ReasonOf(const absl::Status& status) { return status.ok() ? "OK" : Reason(status); }

// What there is, in the simplest way.
struct Model {
  struct Entry {
    std::string plan;
    bool of_company = false;
    int day = 0;  // before today
    int outcome = 1;
    int minutes = 0;
    State state = kClaimed;
  };
  struct Plan {
    int daily = 24 * 60;
    std::map<int, int> planned;
  };

  int Sum(const std::function<bool(const Entry&)>& which) const {
    int sum = 0;
    for (const auto& [name, one] : entries) sum += which(one) ? one.minutes : 0;
    return sum;
  }
  int OfDay(const std::string& plan, int day) const {
    return Sum([&](const Entry& one) {
      return one.plan == plan && one.day == day && one.state != kVoided;
    });
  }
  int Of(const std::string& plan, int outcome, const std::vector<State>& states) const {
    return Sum([&](const Entry& one) {
      return one.plan == plan && one.outcome == outcome && absl::c_linear_search(states, one.state);
    });
  }
  std::string Claim(const Entry& wanted) const {
    const bool fits =
        OfDay(wanted.plan, wanted.day) + wanted.minutes <= plans.at(wanted.plan).daily;
    return fits ? "OK" : "DUAL_DAY_FULL";
  }
  std::string Confirm(const Entry& one, bool by_company) const {
    if (one.state != kClaimed && one.state != kDisputed) return "HOUR_ENTRY_STATE_WRONG";
    if (one.of_company == by_company) return "HOUR_ENTRY_OWN";
    const bool fits = Of(one.plan, one.outcome, {kConfirmed}) + one.minutes <=
                      plans.at(one.plan).planned.at(one.outcome);
    return fits ? "OK" : "DUAL_MINUTES_OVER_PLAN";
  }
  static std::string Dispute(const Entry& one, bool by_company) {
    if (one.state != kClaimed) return "HOUR_ENTRY_STATE_WRONG";
    return one.of_company == by_company ? "HOUR_ENTRY_OWN" : "OK";
  }
  static std::string Void(const Entry& one, bool by_company) {
    if (one.state != kClaimed && one.state != kDisputed) return "HOUR_ENTRY_STATE_WRONG";
    return one.of_company == by_company ? "OK" : "HOUR_ENTRY_NOT_OWN";
  }
  std::string Replan(const std::string& plan, int outcome, int minutes) const {
    return Of(plan, outcome, {kConfirmed}) <= minutes ? "OK" : "DUAL_MINUTES_CONFIRMED";
  }

  std::map<std::string, Plan> plans;
  std::map<std::string, Entry> entries;
};

class LedgerModel : public testing::Dual {
 protected:
  static int Operations() { return std::getenv("PUENTE_LONG") == nullptr ? 1'500 : 15'000; }
  int Pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  Party& Side(bool of_company) { return of_company ? acme : a; }

  void Begin() {
    for (int i = 0; i < 4; ++i) {
      const bool minor = i % 2 == 1;
      const std::string name =
          Plan(absl::StrCat("p", i), {.learner = Learner(minor ? 16 : 30),
                                      .outcomes = Outcome(1, 600) + Outcome(2, 250),
                                      .minor = minor});
      // So many a week that the days alone decide.
      Execute("UPDATE dual_plan SET weekly_minutes_most = 0");
      model_.plans[name] = {minor ? 360 : 24 * 60, {{1, 600}, {2, 250}}};
    }
  }
  std::string AnyPlan() { return PlanName(absl::StrCat("p", Pick(4))); }

  void ClaimOne() {
    constexpr int kMinutes[] = {30, 60, 100, 150};
    const Model::Entry wanted{AnyPlan(), Pick(2) == 0, 1 + Pick(kDays), 1 + Pick(kOutcomes),
                              kMinutes[Pick(4)]};
    const auto done = Claim(Side(wanted.of_company), wanted.plan, absl::StrCat("e", ++made_),
                            -wanted.day, wanted.minutes, wanted.outcome);
    ASSERT_EQ(ReasonOf(done.status()), model_.Claim(wanted));
    if (!done.ok()) return;
    model_.entries[done->name()] = wanted;
    names_.push_back(done->name());
  }
  // Of those made lately, that most are open.
  void MoveOne() {
    if (names_.empty()) return;
    const int many = static_cast<int>(names_.size());
    const std::string name = names_[static_cast<size_t>(many - 1 - Pick(std::min(many, 24)))];
    Model::Entry& one = model_.entries[name];
    const bool by_company = Pick(2) == 0;
    const auto expect = [&](const auto& done, const std::string& outcome, State to) {
      ASSERT_EQ(ReasonOf(done.status()), outcome) << name;
      if (outcome == "OK") one.state = to;
    };
    switch (Pick(5)) {
      case 0:
      case 1:
        return expect(Confirm(Side(by_company), name), model_.Confirm(one, by_company), kConfirmed);
      case 2:
        return expect(Dispute(Side(by_company), name), Model::Dispute(one, by_company), kDisputed);
      default:
        return expect(Void(Side(by_company), name), Model::Void(one, by_company), kVoided);
    }
  }
  void ReplanOne() {
    const std::string plan = AnyPlan();
    const int outcome = 1 + Pick(kOutcomes), minutes = 100 + 50 * Pick(20);
    std::map<int, int> planned = model_.plans[plan].planned;
    planned[outcome] = minutes;
    const bool by_company = Pick(2) == 0;
    ASSERT_OK(Side(by_company)
                  .Ask(&Plans::ProposeDualPlanChange,
                       Named(plan, absl::StrCat("proposed_change {", Outcome(1, planned[1]),
                                                Outcome(2, planned[2]), "}"))));
    const auto done = Side(!by_company).Ask(&Plans::AcceptDualPlanChange, Named(plan));
    ASSERT_EQ(ReasonOf(done.status()), model_.Replan(plan, outcome, minutes));
    if (done.ok()) {
      model_.plans[plan].planned = planned;
      Execute("UPDATE dual_plan SET weekly_minutes_most = 0");
    } else {
      ASSERT_OK(Side(by_company).Ask(&Plans::WithdrawDualPlanChange, Named(plan)));
    }
  }
  void CheckSums() {
    for (const auto& [name, plan] : model_.plans) {
      std::vector<std::string> expected;
      for (const auto& [outcome, planned] : plan.planned) {
        const int confirmed = model_.Of(name, outcome, {kConfirmed});
        EXPECT_LE(confirmed, planned);
        expected.push_back(absl::StrCat(outcome, ": ", planned, " planned, 0 carried, ",
                                        model_.Of(name, outcome, {kClaimed, kDisputed}),
                                        " claimed, ", confirmed, " confirmed"));
      }
      EXPECT_EQ(MinutesOf(a, name), expected);
      for (int day = 1; day <= kDays; ++day) EXPECT_LE(model_.OfDay(name, day), plan.daily);
    }
  }

  std::mt19937 random_{20270311};
  Model model_;
  std::vector<std::string> names_;
  int made_ = 0;
};

TEST_F(LedgerModel, HasTheSameOutcomesAndSums) {
  ASSERT_NO_FATAL_FAILURE(Begin());
  for (int i = 0; i < Operations(); ++i) {
    SCOPED_TRACE(absl::StrCat("operation ", i));
    const int what = Pick(100);
    if (what < 40) {
      ASSERT_NO_FATAL_FAILURE(ClaimOne());
    } else if (what < 96) {
      ASSERT_NO_FATAL_FAILURE(MoveOne());
    } else {
      ASSERT_NO_FATAL_FAILURE(ReplanOne());
    }
    if (i % 100 == 0) CheckSums();
    ASSERT_FALSE(HasFailure());
  }
  CheckSums();
}

// Many clients of both sides on few plans, one of them a minor's, while the plans change.
class CrowdedLedger : public testing::Dual {
 protected:
  static constexpr int kPlans = 3, kClients = 12;
  static int Rounds() { return std::getenv("PUENTE_LONG") == nullptr ? 25 : 300; }

  // What a client knows of an entry that it made.
  using Own = std::map<std::string, State>;

  // Again where two raced too often.
  template <class Call>
  static auto Insist(const Call& call) {
    auto done = call();
    while (Reason(done.status()) == "TRANSACTION_CONFLICT") done = call();
    return done;
  }

  void Client(int number, Own& own) {
    std::mt19937 random(static_cast<unsigned>(number));
    Party &party = number % 2 == 0 ? a : acme, &other = number % 2 == 0 ? acme : a;
    for (int round = 0; round < Rounds(); ++round) {
      const std::string plan = PlanName(absl::StrCat("p", random() % kPlans));
      const int minutes = 10 + static_cast<int>(random() % 60);
      const int day = -1 - static_cast<int>(random() % 3);
      const auto claimed = Insist(
          [&] { return Claim(party, plan, absl::StrCat("c", number, "-", round), day, minutes); });
      if (!claimed.ok()) {
        EXPECT_EQ(Reason(claimed.status()), "DUAL_DAY_FULL") << claimed.status();
        continue;
      }
      const std::string& name = claimed->name();
      own[name] = kClaimed;
      const unsigned next = random() % 4;
      if (next == 0) continue;
      // Both sides at once: one of the two comes first.
      absl::StatusOr<v1::HourEntry> confirmed, voided;
      std::thread answer([&] { confirmed = Insist([&] { return Confirm(other, name); }); });
      if (next == 1) voided = Insist([&] { return Void(party, name); });
      answer.join();
      if (confirmed.ok()) {
        own[name] = kConfirmed;
        EXPECT_FALSE(next == 1 && voided.ok()) << name;
      } else if (next == 1 && voided.ok()) {
        own[name] = kVoided;
      } else {
        EXPECT_THAT(ReasonOf(confirmed.status()), "DUAL_MINUTES_OVER_PLAN");
      }
    }
  }

  // Changes what is planned, and looks whether ever more is confirmed, or on a day more than it
  // has.
  void Replan(const std::atomic<bool>& stop) {
    sql::Connection look{database};
    for (int i = 0; !stop; ++i) {
      const std::string plan = PlanName(absl::StrCat("p", i % kPlans));
      const auto proposed = Insist([&] {
        return a.Ask(
            &Plans::ProposeDualPlanChange,
            Named(plan, absl::StrCat("proposed_change {", Outcome(1, 400 + 10 * (i % 40)), "}")));
      });
      ASSERT_OK(proposed);
      const auto accepted =
          Insist([&] { return acme.Ask(&Plans::AcceptDualPlanChange, Named(plan)); });
      if (!accepted.ok()) {
        EXPECT_EQ(Reason(accepted.status()), "DUAL_MINUTES_CONFIRMED");
        ASSERT_OK(Insist([&] { return a.Ask(&Plans::WithdrawDualPlanChange, Named(plan)); }));
      }
      EXPECT_EQ(puente::testing::MustCount(
                    look,
                    "SELECT COUNT(*) FROM dual_plan_minutes WHERE claimed < 0 OR confirmed < 0"
                    " OR carried + confirmed > planned"),
                0);
      EXPECT_EQ(puente::testing::MustCount(
                    look,
                    "SELECT COUNT(*) FROM dual_plan_day JOIN dual_plan"
                    " ON dual_plan = CONCAT('organizations/a/dualPlans/', id) WHERE minutes < 0"
                    " OR minutes > IF(daily_minutes_most = 0, 1440, daily_minutes_most)"),
                0);
    }
  }
};

TEST_F(CrowdedLedger, AddsUpToWhatEachClientKnows) {
  for (int i = 0; i < kPlans; ++i) {
    Plan(absl::StrCat("p", i), {.learner = Learner(i == 0 ? 17 : 30),
                                .last = 10,
                                .outcomes = Outcome(1, 500),
                                .minor = i == 0});
  }
  std::vector<Own> own(kClients);
  std::atomic<bool> stop = false;
  std::thread changes([&] { Replan(stop); });
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&, i] { Client(i, own[static_cast<size_t>(i)]); });
  }
  for (std::thread& client : clients) client.join();
  stop = true;
  changes.join();

  int made = 0;
  for (const Own& of_client : own) {
    for (const auto& [name, known] : of_client) {
      ++made;
      ASSERT_OK_AND_ASSIGN(const auto now, ministry.Ask(&Hours::GetHourEntry, Named(name)));
      EXPECT_EQ(now.state(), known) << name;
    }
  }
  EXPECT_GT(made, 0);
  EXPECT_EQ(Count("hour_entry"), made) << "what was made was answered";
  EXPECT_GT(Count("hour_entry WHERE state = 2"), 0);
  // What stands beside the plans is what the entries say.
  EXPECT_EQ(Count("dual_plan_minutes AS m WHERE m.confirmed <> (SELECT COALESCE(SUM(minutes), 0)"
                  " FROM hour_entry AS e WHERE m.dual_plan = CONCAT('organizations/a/dualPlans/',"
                  " e.dual_plan) AND e.outcome = m.outcome AND e.state = 2)"),
            0);
  EXPECT_EQ(Count("dual_plan_minutes AS m WHERE m.claimed <> (SELECT COALESCE(SUM(minutes), 0)"
                  " FROM hour_entry AS e WHERE m.dual_plan = CONCAT('organizations/a/dualPlans/',"
                  " e.dual_plan) AND e.outcome = m.outcome AND e.state IN (1, 3))"),
            0);
  EXPECT_EQ(Count("dual_plan_day AS d WHERE d.minutes <> (SELECT COALESCE(SUM(minutes), 0)"
                  " FROM hour_entry AS e WHERE d.dual_plan = CONCAT('organizations/a/dualPlans/',"
                  " e.dual_plan) AND e.work_date = d.day AND e.state <> 4)"),
            0);
}

}  // namespace
}  // namespace puente::education
