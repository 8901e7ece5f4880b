// Plans of learners one after the other against a simple model: which have no day in common, which
// may follow which, and what is carried along and stands as evidence, by random operations.
#include <gmock/gmock.h>

#include <cstdlib>
#include <optional>
#include <random>

#include "tests/education/dual/judged.h"

namespace puente::education {
namespace {

using testing::Plans;

constexpr int kLearners = 3, kOutcomes = 3, kMostOfDay = 24 * 60;

std::string ReasonOf(const absl::Status& status) { return status.ok() ? "OK" : Reason(status); }

// Days count from today. What is carried is counted here from the entries each time, along all
// plans before, and nowhere kept.
struct Model {
  struct Plan {
    std::string name;
    int learner = 0;
    int first = 0, last = 0;
    std::map<int, int> planned;
    std::optional<size_t> follows;
    bool agreed = false, ended = false, followed = false;
    std::map<int, int> carried_last;        // of a draft that was ended, what it had carried
    std::map<int, int> confirmed, claimed;  // by outcome
    std::map<int, int> of_day;
  };

  // Days that no other plan can have; nothing of a draft that was ended.
  static bool Has(const Plan& plan, int first, int last) {
    if (plan.ended && (!plan.agreed || plan.first > 0)) return false;
    const int end = plan.ended ? std::min(plan.last, 0) : plan.last;
    return plan.first <= last && first <= end;
  }
  std::string Draft(const Plan& wanted) const {
    for (const Plan& one : plans) {
      if (one.learner == wanted.learner && Has(one, wanted.first, wanted.last)) {
        return "DUAL_PLAN_OVERLAPS";
      }
    }
    if (!wanted.follows) return "OK";
    const Plan& earlier = plans[*wanted.follows];
    if (earlier.learner != wanted.learner) return "INVALID_FIELDS";
    if (!earlier.ended) return "DUAL_PLAN_STATE_WRONG";
    if (!earlier.agreed) return "INVALID_FIELDS";
    return earlier.followed ? "DUAL_PLAN_FOLLOWED" : "OK";
  }
  std::string Claim(const Plan& plan, int day, int outcome, int minutes) const {
    if (!plan.ended && (!plan.agreed || plan.first > 0)) return "DUAL_PLAN_STATE_WRONG";
    if (plan.followed) return "DUAL_PLAN_FOLLOWED";
    if (!Has(plan, day, day) || !plan.planned.contains(outcome)) return "INVALID_FIELDS";
    const auto found = plan.of_day.find(day);
    const int of_day = found == plan.of_day.end() ? 0 : found->second;
    return of_day + minutes <= kMostOfDay ? "OK" : "DUAL_DAY_FULL";
  }
  // What counts of an outcome in a plan; nothing if neither it nor one before has the outcome.
  std::optional<int> Counts(size_t plan, int outcome) const {
    const Plan& one = plans[plan];
    if (!one.planned.contains(outcome)) {
      return one.follows ? Counts(*one.follows, outcome) : std::nullopt;
    }
    const auto own = one.confirmed.find(outcome);
    return Carried(plan, outcome) + (own == one.confirmed.end() ? 0 : own->second);
  }
  int Carried(size_t plan, int outcome) const {
    const Plan& one = plans[plan];
    if (!one.follows) return 0;
    if (one.ended && !one.agreed) return one.carried_last.at(outcome);
    return std::min(Counts(*one.follows, outcome).value_or(0), one.planned.at(outcome));
  }
  std::string Confirm(size_t plan, int outcome, int minutes) const {
    if (plans[plan].followed) return "DUAL_PLAN_FOLLOWED";
    return *Counts(plan, outcome) + minutes <= plans[plan].planned.at(outcome)
               ? "OK"
               : "DUAL_MINUTES_OVER_PLAN";
  }

  std::vector<Plan> plans;
};

class ChainModel : public testing::JudgedPlans {
 protected:
  static int Operations() { return std::getenv("PUENTE_LONG") == nullptr ? 600 : 6'000; }
  int Pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  size_t AnyPlan() { return static_cast<size_t>(Pick(static_cast<int>(model_.plans.size()))); }

  void DraftOneMore() {
    Model::Plan wanted;
    wanted.learner = Pick(kLearners);
    wanted.first = Pick(80) - 60;
    wanted.last = wanted.first + Pick(12);
    for (int outcome = 1; outcome <= kOutcomes; ++outcome) {
      if (Pick(3) > 0 || (outcome == kOutcomes && wanted.planned.empty())) {
        wanted.planned[outcome] = 20 + 20 * Pick(10);
      }
    }
    if (!model_.plans.empty() && Pick(4) > 0) {
      // Mostly the last of the learner's own.
      wanted.follows = AnyPlan();
      for (size_t i = 0; Pick(8) > 0 && i < model_.plans.size(); ++i) {
        const Model::Plan& one = model_.plans[i];
        const bool is_over = one.ended && !one.agreed;
        if (one.learner == wanted.learner && !one.followed && !is_over) wanted.follows = i;
      }
    }
    std::string outcomes, more;
    for (const auto& [outcome, minutes] : wanted.planned) outcomes += Outcome(outcome, minutes);
    if (wanted.follows) more = absl::StrCat("follows: '", model_.plans[*wanted.follows].name, "' ");
    const std::string id = absl::StrCat("p", ++made_);
    const auto done = DraftOne(id, {.learner = learners_[static_cast<size_t>(wanted.learner)],
                                    .first = wanted.first,
                                    .last = wanted.last,
                                    .outcomes = outcomes,
                                    .more = more});
    ASSERT_EQ(ReasonOf(done.status()), model_.Draft(wanted)) << done.status();
    if (!done.ok()) return;
    wanted.name = done->name();
    if (wanted.follows) model_.plans[*wanted.follows].followed = true;
    model_.plans.push_back(wanted);
  }
  // What is over by its days ends as soon as it is agreed.
  void AgreeOne() {
    Model::Plan& plan = model_.plans[AnyPlan()];
    const bool is_draft = !plan.agreed && !plan.ended;
    const auto done = Accept(a, plan.name);
    ASSERT_EQ(ReasonOf(done.status()), is_draft ? "OK" : "DUAL_PLAN_STATE_WRONG");
    if (!is_draft) return;
    ASSERT_OK(Accept(acme, plan.name));
    ASSERT_OK(OnPaper(a, plan.name));
    plan.agreed = true;
    plan.ended = plan.last < 0;
  }
  void EndOne() {
    const size_t at = AnyPlan();
    Model::Plan& plan = model_.plans[at];
    const auto done = End(Pick(2) == 0 ? a : acme, plan.name);
    ASSERT_EQ(ReasonOf(done.status()), plan.ended ? "DUAL_PLAN_STATE_WRONG" : "OK");
    if (!plan.ended && !plan.agreed && plan.follows) {
      for (const auto& [outcome, planned] : plan.planned) {
        plan.carried_last[outcome] = model_.Carried(at, outcome);
      }
      model_.plans[*plan.follows].followed = false;
    }
    plan.ended = true;
  }
  void LearnOne() {
    const size_t at = AnyPlan();
    Model::Plan& plan = model_.plans[at];
    const int day = Pick(4) > 0 ? plan.first + Pick(plan.last - plan.first + 1) : -Pick(60);
    if (day > 0) return;
    const int outcome = 1 + Pick(kOutcomes), minutes = 10 + 10 * Pick(8);
    const std::string id = absl::StrCat("e", ++made_);
    const auto done = Claim(acme, plan.name, id, day, minutes, outcome);
    ASSERT_EQ(ReasonOf(done.status()), model_.Claim(plan, day, outcome, minutes)) << done.status();
    if (!done.ok()) return;
    plan.of_day[day] += minutes;
    if (Pick(4) == 0) {
      plan.claimed[outcome] += minutes;
      return;
    }
    const auto confirmed = Confirm(a, done->name());
    ASSERT_EQ(ReasonOf(confirmed.status()), model_.Confirm(at, outcome, minutes));
    (confirmed.ok() ? plan.confirmed : plan.claimed)[outcome] += minutes;
  }

  void CheckSums() {
    for (size_t at = 0; at < model_.plans.size(); ++at) {
      Model::Plan& plan = model_.plans[at];
      std::vector<std::string> expected;
      for (const auto& [outcome, planned] : plan.planned) {
        expected.push_back(absl::StrCat(
            outcome, ": ", planned, " planned, ", model_.Carried(at, outcome), " carried, ",
            plan.claimed[outcome], " claimed, ", plan.confirmed[outcome], " confirmed"));
      }
      ASSERT_EQ(MinutesOf(a, plan.name), expected) << plan.name;
    }
  }
  // Of an assessment that rests on the last plan of each chain of a learner, and on one before.
  void CheckEvidence(int learner) {
    std::vector<std::string> named, expected;
    std::map<int, int> counted;
    for (size_t at = 0; at < model_.plans.size() && named.size() < 9; ++at) {
      const Model::Plan& plan = model_.plans[at];
      if (plan.learner != learner || !plan.agreed || plan.followed) continue;
      named.push_back(plan.name);
      if (plan.follows && Pick(2) == 0) named.push_back(model_.plans[*plan.follows].name);
      for (int outcome = 1; outcome <= kOutcomes; ++outcome) {
        if (const auto counts = model_.Counts(at, outcome)) counted[outcome] += *counts;
      }
    }
    for (const auto& [outcome, minutes] : counted) {
      expected.push_back(absl::StrCat(outcome, ": ", minutes));
    }
    const std::string id = absl::StrCat("a", learner);
    ASSERT_OK(a.Ask(&testing::Assessments::UpdateAssessment,
                    absl::StrCat("assessment { name: '", AssessmentName(id), "' ", Resting(named),
                                 "} update_mask { paths: 'dual_plans' }")));
    ASSERT_OK_AND_ASSIGN(const auto failed, Fail(id, "validate_only: true"));
    std::vector<std::string> said;
    for (const v1::DualEvidence& one : failed.evidence()) {
      said.push_back(absl::StrCat(one.outcome(), ": ", one.confirmed_minutes()));
      EXPECT_LE(one.confirmed_minutes(), one.planned_minutes());
    }
    EXPECT_THAT(said, ::testing::ElementsAreArray(expected));
  }

  std::mt19937 random_{20261201};
  Model model_;
  std::vector<std::string> learners_;
  int made_ = 0;
};

TEST_F(ChainModel, HasTheSameOutcomesAndSums) {
  for (int i = 0; i < kLearners; ++i) {
    learners_.push_back(Learner());
    ASSERT_OK(Assess(a, absl::StrCat("a", i), learners_.back(), {}));
  }
  for (int i = 0; i < Operations(); ++i) {
    SCOPED_TRACE(absl::StrCat("operation ", i));
    const int what = model_.plans.empty() ? 0 : Pick(100);
    if (what < 25) {
      ASSERT_NO_FATAL_FAILURE(DraftOneMore());
    } else if (what < 40) {
      ASSERT_NO_FATAL_FAILURE(AgreeOne());
    } else if (what < 50) {
      ASSERT_NO_FATAL_FAILURE(EndOne());
    } else {
      ASSERT_NO_FATAL_FAILURE(LearnOne());
    }
    if (i % 60 == 59) {
      ASSERT_NO_FATAL_FAILURE(CheckSums());
      ASSERT_NO_FATAL_FAILURE(CheckEvidence(Pick(kLearners)));
    }
    ASSERT_FALSE(HasFailure());
  }
  size_t longest = 0;
  for (size_t at = 0; at < model_.plans.size(); ++at) {
    size_t length = 1;
    for (auto one = model_.plans[at].follows; one; one = model_.plans[*one].follows) ++length;
    longest = std::max(longest, length);
  }
  EXPECT_GE(longest, 3u) << "else it shows little";
}

}  // namespace
}  // namespace puente::education
