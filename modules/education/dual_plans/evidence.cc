#include "modules/education/dual_plans/evidence.h"

#include <map>
#include <set>
#include <utility>

#include "common/context/values.h"
#include "common/resource/resource.h"
#include "modules/education/dual_plans/resource.h"
#include "modules/education/dual_plans/rules.h"

namespace puente::education {
namespace {

void TakeJudgement(const PlanChain& chain, v1::DualEvidence& evidence) {
  for (const CountedPlan& one : chain) {
    for (const v1::DualJudgement& judgement : one.plan.judgements()) {
      if (judgement.outcome() != evidence.outcome()) continue;
      evidence.set_result(judgement.result());
      *evidence.mutable_judge_date() = judgement.judge_date();
      return;
    }
  }
}

// How near it is to ACHIEVED.
int RankOf(v1::DualResult result) {
  return result == v1::DUAL_RESULT_ACHIEVED ? 2 : result == v1::DUAL_RESULT_NOT_YET ? 1 : 0;
}

// What two chains say of an outcome, together.
void Add(const v1::DualEvidence& more, v1::DualEvidence& sum) {
  sum.set_planned_minutes(sum.planned_minutes() + more.planned_minutes());
  sum.set_confirmed_minutes(sum.confirmed_minutes() + more.confirmed_minutes());
  const bool is_worse = RankOf(more.result()) < RankOf(sum.result());
  const bool is_later = more.result() == sum.result() && more.has_judge_date() &&
                        ToCivilDay(sum.judge_date()) < ToCivilDay(more.judge_date());
  if (!is_worse && !is_later) return;
  sum.set_result(more.result());
  sum.clear_judge_date();
  if (more.has_judge_date()) *sum.mutable_judge_date() = more.judge_date();
}

}  // namespace

absl::StatusOr<PlanChain> ReadChain(sql::Session& session, v1::DualPlan last) {
  PlanChain chain;
  while (true) {
    ASSIGN_OR_RETURN(Minutes minutes, ReadMinutes(session, last.name()));
    chain.push_back({std::move(last), std::move(minutes)});
    const std::string& follows = chain.back().plan.follows();
    if (follows.empty()) return chain;
    ASSIGN_OR_RETURN(last, resource::Get(session, DualPlans(), follows, "dual_plan.follows"));
  }
}

const v1::DualMinutes* CountedIn(const PlanChain& chain, int outcome) {
  for (const CountedPlan& one : chain) {
    const auto found = one.minutes.find(outcome);
    if (found != one.minutes.end()) return &found->second;
  }
  return nullptr;
}

std::vector<v1::DualEvidence> EvidenceOf(const PlanChain& chain) {
  std::map<int, v1::DualEvidence> evidence;
  for (const CountedPlan& counted : chain) {
    for (const auto& [outcome, minutes] : counted.minutes) {
      const auto [added, first] = evidence.try_emplace(outcome);
      if (!first) continue;
      v1::DualEvidence& one = added->second;
      one.set_outcome(outcome);
      if (const v1::DualOutcome* planned = OutcomeOf(counted.plan, outcome)) {
        one.set_place(planned->place());
      }
      one.set_planned_minutes(minutes.planned_minutes());
      one.set_confirmed_minutes(minutes.carried_minutes() + minutes.confirmed_minutes());
      TakeJudgement(chain, one);
    }
  }
  std::vector<v1::DualEvidence> sorted;
  for (auto& [outcome, one] : evidence) sorted.push_back(std::move(one));
  return sorted;
}

absl::StatusOr<std::vector<v1::DualEvidence>> TakeEvidence(journal::Transaction& tx,
                                                           absl::Span<const std::string> plans) {
  const std::set<std::string> named(plans.begin(), plans.end());
  RETURN_IF_ERROR(resource::internal::GuardEachFirst(
      tx, DualPlans(), std::vector<std::string>(named.begin(), named.end())));
  std::vector<PlanChain> chains;
  std::set<std::string> followed;
  for (const std::string& name : named) {
    ASSIGN_OR_RETURN(v1::DualPlan last, resource::Get(tx, DualPlans(), name));
    ASSIGN_OR_RETURN(PlanChain chain, ReadChain(tx, std::move(last)));
    // Nothing is recorded any more of a plan that is followed, but it may be judged.
    for (size_t i = 1; i < chain.size(); ++i) {
      resource::internal::GuardAsRead(tx, DualPlans(), chain[i].plan);
      followed.insert(chain[i].plan.name());
    }
    chains.push_back(std::move(chain));
  }
  std::map<std::pair<int, int>, v1::DualEvidence> by_outcome;
  for (const PlanChain& chain : chains) {
    if (followed.contains(chain.front().plan.name())) continue;
    for (v1::DualEvidence& one : EvidenceOf(chain)) {
      const auto [sum, first] = by_outcome.try_emplace({one.outcome(), one.place()}, one);
      if (!first) Add(one, sum->second);
    }
  }
  std::vector<v1::DualEvidence> evidence;
  for (auto& [outcome, one] : by_outcome) evidence.push_back(std::move(one));
  return evidence;
}

}  // namespace puente::education
