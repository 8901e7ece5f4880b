#include "gateway/council/value_chain.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/resource/page.h"
#include "gateway/errors.h"
#include "puente/economy/v1/value_chain.grpc.pb.h"
#include "puente/education/v1/seat_statistics.grpc.pb.h"

namespace puente::council {
namespace {

using compose::Agency;
using compose::Inputs;
using compose::Plan;
using compose::Results;
using compose::Rpc;
using compose::Section;
using economy::v1::GetValueChainDemandRequest;
using economy::v1::GetValueChainRequest;
using economy::v1::StageDemand;
using economy::v1::ValueChain;
using economy::v1::ValueChainDemand;
using economy::v1::ValueChainService;
using education::v1::ListSkillSeatsRequest;
using education::v1::ListSkillSeatsResponse;
using education::v1::SeatStatisticsService;
using education::v1::SkillSeats;
using gateway::v1::GetValueChainGapsRequest;
using gateway::v1::StageGaps;
using gateway::v1::StageSkill;
using gateway::v1::TaughtSkillsSection;
using gateway::v1::ValueChainDemandSection;
using gateway::v1::ValueChainGaps;
using gateway::v1::ValueChainSection;
using type::v1::Figure;

const GetValueChainGapsRequest& RequestOf(const Inputs& inputs) {
  return inputs.request<GetValueChainGapsRequest>();
}

absl::StatusOr<GetValueChainRequest> AskChain(const Inputs& inputs) {
  GetValueChainRequest request;
  request.set_name(RequestOf(inputs).value_chain());
  return request;
}

absl::StatusOr<GetValueChainDemandRequest> AskDemand(const Inputs& inputs) {
  GetValueChainDemandRequest request;
  request.set_name(RequestOf(inputs).value_chain());
  request.set_state_code(RequestOf(inputs).state_code());
  return request;
}

// Of the skills that are needed. NO_STAGE_SKILLS rather than none, which would mean all.
absl::StatusOr<ListSkillSeatsRequest> AskSeats(const Inputs& inputs) {
  std::set<std::string> skills;
  for (const StageDemand& stage : inputs.answer<ValueChainDemand>("demand")->stages()) {
    for (const auto& needed : stage.skills()) skills.insert(needed.skill());
  }
  if (skills.empty()) {
    return Error(error::kNoStageSkills, "value_chain"_is(RequestOf(inputs).value_chain()));
  }
  ListSkillSeatsRequest request;
  request.set_state_code(RequestOf(inputs).state_code());
  request.mutable_skills()->Add(skills.begin(), skills.end());
  request.set_page_size(resource::kMostPageSize);
  return request;
}

const std::vector<absl::StatusCode>& CallersFaults() {
  static const auto* const faults = new std::vector<absl::StatusCode>{
      absl::StatusCode::kNotFound, absl::StatusCode::kInvalidArgument};
  return *faults;
}

Figure Value(int64_t value) {
  Figure figure;
  figure.set_value(value);
  return figure;
}

Figure Missing() {
  Figure figure;
  figure.set_mark(type::v1::MARK_MISSING);
  return figure;
}

// The stages, from what the agencies told.
class Stages {
 public:
  explicit Stages(const Results& results)
      : chain_(results.AnswerOf<ValueChain>("chain")),
        demand_(results.AnswerOf<ValueChainDemand>("demand")),
        seats_(results.AnswerOf<ListSkillSeatsResponse>("seats")) {
    if (demand_ != nullptr) {
      for (const StageDemand& stage : demand_->stages()) needed_[stage.stage()] = &stage;
    }
    if (seats_ != nullptr) {
      for (const SkillSeats& one : seats_->skill_seats()) taught_[one.skill()] = &one;
    }
  }

  void Write(ValueChainGaps& view) const {
    if (chain_ == nullptr) {
      for (const auto& [stage, demand] : needed_) view.add_stages()->set_stage(stage);
    } else {
      for (const auto& stage : chain_->stages()) {
        StageGaps& gaps = *view.add_stages();
        gaps.set_stage(stage.stage());
        gaps.set_title_es(stage.title_es());
        gaps.set_title_en(stage.title_en());
        WriteNeighbours(gaps);
      }
    }
    for (StageGaps& gaps : *view.mutable_stages()) WriteSkills(gaps);
  }

 private:
  void WriteNeighbours(StageGaps& gaps) const {
    for (const auto& link : chain_->links()) {
      if (link.to_stage() == gaps.stage()) gaps.add_suppliers(link.from_stage());
      if (link.from_stage() == gaps.stage()) gaps.add_customers(link.to_stage());
    }
  }

  void WriteSkills(StageGaps& gaps) const {
    *gaps.mutable_untaught_count() = Missing();
    const auto found = needed_.find(gaps.stage());
    if (found == needed_.end()) return;
    const StageDemand& demand = *found->second;
    int64_t untaught = 0;
    for (const auto& needed : demand.skills()) {
      StageSkill& skill = *gaps.add_skills();
      skill.set_skill(needed.skill());
      *skill.mutable_people_needed() = needed.count();
      WriteTaught(skill);
      untaught += skill.nowhere_taught() ? 1 : 0;
    }
    if (demand.skills().empty()) {
      *gaps.mutable_untaught_count() = demand_->others();
    } else if (seats_ != nullptr && !kinds_differ_) {
      *gaps.mutable_untaught_count() = Value(untaught);
    }
    gaps.set_more_skills(demand.more_skills());
    gaps.set_could_not_split(demand.could_not_split());
  }

  // What Education does not list, nobody teaches.
  void WriteTaught(StageSkill& skill) const {
    *skill.mutable_seats_taught() = Missing();
    if (seats_ == nullptr) return;
    const auto found = taught_.find(skill.skill());
    const int64_t seats = found == taught_.end() ? 0 : found->second->seats().seat_count();
    const int64_t anywhere = found == taught_.end() ? 0 : found->second->seats_without_state();
    *skill.mutable_seats_taught() = Value(seats);
    skill.set_nowhere_taught(seats == 0 && anywhere == 0 && !kinds_differ_);
  }

  const ValueChain* const chain_;
  const ValueChainDemand* const demand_;
  const ListSkillSeatsResponse* const seats_;
  // Real need beside generated teaching, or the other way round: nothing follows of both together.
  const bool kinds_differ_ =
      demand_ != nullptr && seats_ != nullptr && demand_->record_kind() != seats_->record_kind();
  std::map<std::string, const StageDemand*> needed_;
  std::map<std::string, const SkillSeats*> taught_;
};

}  // namespace

const Plan& ValueChainPlan() {
  static const auto* const plan = new Plan(
      Plan::Make(
          "council.value_chain",
          {
              Section("chain", Agency::kEconomy,
                      Rpc<ValueChainService>(&ValueChainService::Stub::async::GetValueChain),
                      &AskChain)
                  .EndsViewOn(CallersFaults()),
              Section("demand", Agency::kEconomy,
                      Rpc<ValueChainService>(&ValueChainService::Stub::async::GetValueChainDemand),
                      &AskDemand)
                  .EndsViewOn(CallersFaults()),
              Section(
                  "seats", Agency::kEducation,
                  Rpc<SeatStatisticsService>(&SeatStatisticsService::Stub::async::ListSkillSeats),
                  &AskSeats)
                  .After({"demand"}),
          })
          .value());
  return *plan;
}

ValueChainGaps ComposeValueChain(const Results& results) {
  ValueChainGaps view;
  results.Write("chain", view.mutable_chain(), &ValueChainSection::mutable_chain);
  results.Write("demand", view.mutable_demand(), &ValueChainDemandSection::mutable_demand);
  results.Write("seats", view.mutable_seats(), &TaughtSkillsSection::mutable_seats);
  Stages(results).Write(view);
  return view;
}

}  // namespace puente::council
