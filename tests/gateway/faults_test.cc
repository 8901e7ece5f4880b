// All views with every combination of four agencies that are well, absent, hanging or failing.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "gateway/certification/dossier.h"
#include "gateway/council/gaps.h"
#include "gateway/council/overview.h"
#include "google/protobuf/util/message_differencer.h"
#include "tests/gateway/answers.h"

namespace puente::compose {
namespace {

using gateway::v1::Provenance;
using google::protobuf::Message;

constexpr Behaviour kBehaviours[] = {Behaviour::kWell, Behaviour::kAbsent, Behaviour::kHanging,
                                     Behaviour::kFailing};
constexpr int kCases = 4 * 4 * 4 * 4;
constexpr ErrorSpec kBroken{"DATABASE_UNAVAILABLE", absl::StatusCode::kUnavailable, "test.puente",
                            "sin base", "no database"};

// Which agency a section asks and which section it needs; "" for none.
struct Declared {
  std::string name;
  Agency agency;
  std::string needs;
};

struct View {
  const Plan& plan;
  std::shared_ptr<Message> request;
  std::vector<Declared> sections;
  std::function<std::shared_ptr<Message>(const Results&)> compose;
};

View Overview() {
  gateway::v1::GetOverviewRequest request;
  request.set_sector("sectorTables/automotive");
  request.set_state("05");
  return {council::OverviewPlan(),
          std::make_shared<gateway::v1::GetOverviewRequest>(request),
          {{"sector", Agency::kEconomy, ""},
           {"demand", Agency::kEconomy, ""},
           {"supply", Agency::kEducation, ""},
           {"employment", Agency::kLabor, "sector"},
           {"technology", Agency::kScience, ""}},
          [](const Results& results) {
            return std::make_shared<gateway::v1::Overview>(council::ComposeOverview(results));
          }};
}

View Dossier() {
  gateway::v1::PreviewDossierRequest request;
  request.set_microcredential_version("microcredentials/welding/versions/2");
  return {
      certification::DossierPlan(),
      std::make_shared<gateway::v1::PreviewDossierRequest>(request),
      {{"definition", Agency::kEducation, ""},
       {"demand", Agency::kEconomy, "definition"},
       {"seats", Agency::kEducation, "definition"},
       {"technology", Agency::kScience, "definition"},
       {"employment", Agency::kLabor, "demand"}},
      [](const Results& results) {
        return std::make_shared<gateway::v1::DossierPreview>(certification::ComposeDossier(
            results, "microcredentials/welding/versions/2", absl::UnixEpoch(), Locale::kEnglish));
      }};
}

View Gaps(gateway::v1::SkillGapKind kind, const std::string& seats_need) {
  gateway::v1::ListSkillGapsRequest request;
  request.set_sector("sectorTables/automotive");
  request.set_state_code("05");
  request.set_kind(kind);
  return {council::PlanOf(request),
          std::make_shared<gateway::v1::ListSkillGapsRequest>(request),
          {{"sector", Agency::kEconomy, ""},
           {"demand", Agency::kEconomy, ""},
           {"seats", Agency::kEducation, seats_need},
           {"posts", Agency::kLabor, "sector"}},
          [request](const Results& results) {
            return std::make_shared<gateway::v1::ListSkillGapsResponse>(
                council::ComposeGaps(results, request, Locale::kEnglish));
          }};
}

using Combination = std::map<Agency, Behaviour>;

Combination CombinationOf(int number) {
  Combination combination;
  for (const Agency agency : kAgencies) {
    combination[agency] = kBehaviours[number % 4];
    number /= 4;
  }
  return combination;
}

std::string Describe(const Combination& combination) {
  constexpr const char* kNames[] = {"well", "absent", "hanging", "failing"};
  std::string text;
  for (const auto& [agency, behaviour] : combination) {
    absl::StrAppend(&text, Name(agency), " ", kNames[static_cast<int>(behaviour)], "  ");
  }
  return text;
}

struct Composed {
  Outcome outcome;
  std::shared_ptr<Message> answer;
  absl::Duration took;
  size_t alarms_left;
};

Composed RunView(const View& view, const Combination& combination) {
  VirtualTimers timers;
  FakeAgencies agencies(timers);
  AllWell(agencies);
  for (const auto& [agency, behaviour] : combination) {
    if (behaviour == Behaviour::kFailing) agencies.FailWith(agency, Error(kBroken));
    agencies[agency] = behaviour;
  }
  const auto outcome = std::make_shared<Outcome>();
  const absl::Time start = timers.Now();
  Executor executor(Borrow(agencies), timers, {});
  executor.Run(view.plan, *view.request, CallOf(timers), Into(outcome, timers));
  timers.Advance(absl::Seconds(2));
  Composed composed{*outcome, nullptr, outcome->time - start, timers.pending()};
  if (outcome->results.ok()) composed.answer = view.compose(*outcome->results);
  return composed;
}

const Message& SectionOf(const Message& answer, const std::string& name) {
  const auto* field = answer.GetDescriptor()->FindFieldByName(name);
  return answer.GetReflection()->GetMessage(answer, field);
}

Provenance ProvenanceOf(const Message& answer, const std::string& name) {
  Provenance provenance;
  provenance.CopyFrom(SectionOf(SectionOf(answer, name), "provenance"));
  return provenance;
}

// The reason that a section must give; "" if it must have an answer.
std::string Expected(const View& view, const Declared& section, const Combination& combination) {
  for (const Declared& other : view.sections) {
    if (other.name == section.needs && !Expected(view, other, combination).empty()) {
      return "NEEDS_SECTION";
    }
  }
  switch (combination.at(section.agency)) {
    case Behaviour::kAbsent:
      return "AGENCY_UNAVAILABLE";
    case Behaviour::kHanging:
      return "AGENCY_LATE";
    case Behaviour::kFailing:
      return "DATABASE_UNAVAILABLE";
    default:
      return "";
  }
}

void CheckView(const View& view) {
  const Composed well = RunView(view, CombinationOf(0));
  ASSERT_NE(well.answer, nullptr) << well.outcome.results.status();
  for (int number = 0; number < kCases; ++number) {
    const Combination combination = CombinationOf(number);
    SCOPED_TRACE(Describe(combination));
    const Composed composed = RunView(view, combination);
    ASSERT_EQ(composed.outcome.completions, 1);
    ASSERT_NE(composed.answer, nullptr) << composed.outcome.results.status();
    EXPECT_EQ(composed.alarms_left, 0);
    bool waits_for_hanging = false;
    for (const Declared& section : view.sections) {
      SCOPED_TRACE(section.name);
      const Provenance provenance = ProvenanceOf(*composed.answer, section.name);
      const std::string reason = Expected(view, section, combination);
      EXPECT_EQ(provenance.agency(), Name(section.agency));
      EXPECT_EQ(provenance.failure().reason(), reason);
      EXPECT_EQ(provenance.failure().needs(), reason == "NEEDS_SECTION" ? section.needs : "");
      waits_for_hanging = waits_for_hanging || reason == "AGENCY_LATE";
      if (reason.empty()) {
        EXPECT_EQ(provenance.state(), gateway::v1::SECTION_STATE_FRESH);
        EXPECT_EQ(SectionOf(*composed.answer, section.name).DebugString(),
                  SectionOf(*well.answer, section.name).DebugString());
      } else {
        EXPECT_EQ(provenance.state(), gateway::v1::SECTION_STATE_MISSING);
        EXPECT_FALSE(provenance.failure().message().empty());
        EXPECT_FALSE(provenance.has_as_of_time());
        EXPECT_TRUE(provenance.digest().empty() && provenance.freshness_token().empty());
      }
    }
    // 2 s less the reserve of 150 ms; without anybody to wait for, at once.
    EXPECT_LE(composed.took, absl::Milliseconds(waits_for_hanging ? 1850 : 100));
  }
}

TEST(Overview, SaysTheHolesAndKeepsTheRestInAll256Cases) { CheckView(Overview()); }
TEST(Dossier, SaysTheHolesAndKeepsTheRestInAll256Cases) { CheckView(Dossier()); }
TEST(Gaps, SayTheHolesAndKeepTheRestInAll256Cases) {
  CheckView(Gaps(gateway::v1::SKILL_GAP_KIND_UNSPECIFIED, ""));
}
TEST(TransversalGaps, SayTheHolesAndKeepTheRestInAll256Cases) {
  CheckView(Gaps(gateway::v1::SKILL_GAP_KIND_TRANSVERSAL, "demand"));
}

TEST(Overview, IsComposedFromAllAgencies) {
  const Composed well = RunView(Overview(), CombinationOf(0));
  const auto& overview = dynamic_cast<const gateway::v1::Overview&>(*well.answer);
  EXPECT_EQ(overview.sector().table().DebugString(), Automotive().DebugString());
  EXPECT_EQ(overview.demand().summary().DebugString(), Demand().DebugString());
  EXPECT_EQ(overview.supply().summary().DebugString(), Supply().DebugString());
  EXPECT_EQ(overview.employment().statistics().DebugString(), Employment().DebugString());
  EXPECT_EQ(overview.technology().summary().DebugString(), Signals().DebugString());
}

}  // namespace
}  // namespace puente::compose
