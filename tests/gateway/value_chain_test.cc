#include "gateway/council/value_chain.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/gateway/answers.h"
#include "tests/testing/status.h"

namespace puente::council {
namespace {

using compose::Agency;
using compose::Behaviour;
using compose::FakeAgencies;
using compose::Outcome;
using compose::VirtualTimers;
using gateway::v1::GetValueChainGapsRequest;
using gateway::v1::StageGaps;
using gateway::v1::ValueChainGaps;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

economy::v1::ValueChain Chain() {
  return Of<economy::v1::ValueChain>(R"pb(
    name: "valueChains/ev"
    stages { stage: "cells" title_es: "Celdas" scian_prefixes: "3359" }
    stages { stage: "cars" title_es: "Autos" scian_prefixes: "3361" }
    links { from_stage: "cells" to_stage: "cars" }
  )pb");
}

economy::v1::ValueChainDemand Needed() {
  return Of<economy::v1::ValueChainDemand>(R"pb(
    stages {
      stage: "cells"
      skills {
        skill: "skills/chemistry"
        count { value: 70 }
      }
      skills {
        skill: "skills/english"
        count { value: 20 }
      }
    }
    stages { stage: "cars" could_not_split: true }
    others { mark: MARK_SUPPRESSED }
    release: "demandReleases/17"
    freshness_token: "economy-7"
  )pb");
}

struct World {
  World() : agencies(timers) {
    AllWell(agencies);
    agencies.Says(Chain());
    agencies.Says(Needed());
  }

  absl::StatusOr<ValueChainGaps> Get() {
    GetValueChainGapsRequest request;
    request.set_value_chain("valueChains/ev");
    request.set_state_code("11");
    agencies.calls.clear();
    const auto outcome = std::make_shared<Outcome>();
    compose::Executor executor(Borrow(agencies), timers, {});
    executor.Run(ValueChainPlan(), request, CallOf(timers), Into(outcome, timers));
    timers.Advance(absl::Seconds(2));
    if (!outcome->results.ok()) return outcome->results.status();
    return ComposeValueChain(*outcome->results);
  }
  std::string Asked(absl::string_view section) {
    for (const auto& call : agencies.calls) {
      if (call->section == section) return call->request->ShortDebugString();
    }
    return "";
  }

  VirtualTimers timers;
  FakeAgencies agencies;
};

std::string Text(const type::v1::Figure& figure) {
  return figure.outcome_case() == type::v1::Figure::kValue ? absl::StrCat(figure.value())
                                                           : type::v1::Mark_Name(figure.mark());
}

// "cells: chemistry 70/0! english 20/120, 1 untaught"
std::vector<std::string> Told(const ValueChainGaps& view) {
  std::vector<std::string> told;
  for (const StageGaps& stage : view.stages()) {
    std::string& text = told.emplace_back(absl::StrCat(stage.stage(), ":"));
    for (const auto& skill : stage.skills()) {
      absl::StrAppend(&text, " ", skill.skill().substr(7), " ", Text(skill.people_needed()), "/",
                      Text(skill.seats_taught()), skill.nowhere_taught() ? "!" : "");
    }
    absl::StrAppend(&text, ", ", Text(stage.untaught_count()));
  }
  return told;
}

TEST(ValueChainGaps, SayWhatEachStageNeedsAndNobodyTeaches) {
  World world;
  const auto view = world.Get();
  ASSERT_OK(view);
  EXPECT_THAT(Told(*view),
              ElementsAre("cells: chemistry 70/0! english 20/120, 1", "cars:, MARK_SUPPRESSED"));
  EXPECT_EQ(view->stages(0).title_es(), "Celdas");
  EXPECT_THAT(view->stages(0).suppliers(), IsEmpty());
  EXPECT_THAT(view->stages(0).customers(), ElementsAre("cars"));
  EXPECT_THAT(view->stages(1).suppliers(), ElementsAre("cells"));
  EXPECT_TRUE(view->stages(1).could_not_split());
  EXPECT_EQ(world.Asked("demand"), R"(name: "valueChains/ev" state_code: "11")");
  EXPECT_EQ(
      world.Asked("seats"),
      R"(state_code: "11" skills: "skills/chemistry" skills: "skills/english" page_size: 1000)");
}

TEST(ValueChainGaps, TakeSeatsThatMayBeAnywhereForTaught) {
  World world;
  auto seats = SkillSeats();
  auto& chemistry = *seats.add_skill_seats();
  chemistry.set_skill("skills/chemistry");
  chemistry.set_seats_without_state(5);
  world.agencies.Says(seats);
  const auto view = world.Get();
  ASSERT_OK(view);
  EXPECT_THAT(Told(*view),
              ElementsAre("cells: chemistry 70/0 english 20/120, 0", "cars:, MARK_SUPPRESSED"));
}

TEST(ValueChainGaps, GuessNothingWhileAnAgencyIsAway) {
  World world;
  world.agencies[Agency::kEducation] = Behaviour::kAbsent;
  auto view = world.Get();
  ASSERT_OK(view);
  EXPECT_THAT(Told(*view),
              ElementsAre("cells: chemistry 70/MARK_MISSING english 20/MARK_MISSING, MARK_MISSING",
                          "cars:, MARK_SUPPRESSED"));
  world.agencies[Agency::kEducation] = Behaviour::kWell;
  world.agencies[Agency::kEconomy] = Behaviour::kAbsent;
  view = world.Get();
  ASSERT_OK(view);
  EXPECT_THAT(Told(*view), IsEmpty());
  EXPECT_EQ(view->seats().provenance().failure().reason(), "NEEDS_SECTION");
}

TEST(ValueChainGaps, AreNotKnownBeforeTheFirstRelease) {
  World world;
  auto needed = Needed();
  for (auto& stage : *needed.mutable_stages()) stage.clear_skills();
  needed.mutable_others()->set_mark(type::v1::MARK_MISSING);
  world.agencies.Says(needed);
  const auto view = world.Get();
  ASSERT_OK(view);
  EXPECT_THAT(Told(*view), ElementsAre("cells:, MARK_MISSING", "cars:, MARK_MISSING"));
}

TEST(ValueChainGaps, CompareNoGeneratedSeatsWithRealNeed) {
  World world;
  auto needed = Needed();
  needed.set_record_kind(type::v1::RECORD_KIND_REAL);
  world.agencies.Says(needed);
  auto seats = SkillSeats();
  seats.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  world.agencies.Says(seats);
  auto view = world.Get();
  ASSERT_OK(view);
  EXPECT_THAT(Told(*view), ElementsAre("cells: chemistry 70/0 english 20/120, MARK_MISSING",
                                       "cars:, MARK_SUPPRESSED"));
  seats.set_record_kind(type::v1::RECORD_KIND_REAL);
  world.agencies.Says(seats);
  view = world.Get();
  ASSERT_OK(view);
  EXPECT_EQ(Text(view->stages(0).untaught_count()), "1");
}

TEST(ValueChainGaps, AskNoSeatsWhereNoSkillIsTold) {
  World world;
  world.agencies.Says(economy::v1::ValueChainDemand());
  const auto view = world.Get();
  ASSERT_OK(view);
  EXPECT_EQ(world.Asked("seats"), "");
  EXPECT_EQ(view->seats().provenance().failure().reason(), "NO_STAGE_SKILLS");
}

}  // namespace
}  // namespace puente::council
