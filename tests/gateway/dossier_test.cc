#include "gateway/certification/dossier.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/gateway/answers.h"

namespace puente::certification {
namespace {

using compose::Agency;
using compose::FakeAgencies;
using compose::Outcome;
using compose::VirtualTimers;
using gateway::v1::DossierPreview;
using ::testing::ElementsAre;

constexpr char kVersion[] = "microcredentials/welding/versions/2";

struct World {
  World() : agencies(timers) { AllWell(agencies); }

  absl::StatusOr<DossierPreview> Get(Locale locale = Locale::kEnglish) {
    gateway::v1::PreviewDossierRequest request;
    request.set_microcredential_version(kVersion);
    const auto outcome = std::make_shared<Outcome>();
    compose::Executor executor(Borrow(agencies), timers, {});
    executor.Run(DossierPlan(), request, CallOf(timers), Into(outcome, timers));
    timers.Advance(absl::Seconds(2));
    if (!outcome->results.ok()) return outcome->results.status();
    return ComposeDossier(*outcome->results, kVersion, timers.Now(), locale);
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

TEST(Dossier, FollowsSkillsToDemandAndDemandToStates) {
  World world;
  const auto dossier = world.Get();
  ASSERT_TRUE(dossier.ok()) << dossier.status();
  const std::string skills =
      R"(skills: "skills/blueprints" skills: "skills/english" skills: "skills/welding")";
  EXPECT_EQ(world.Asked("definition"), absl::StrCat("name: \"", kVersion, "\""));
  EXPECT_EQ(world.Asked("demand"), skills);
  EXPECT_EQ(world.Asked("technology"), skills);
  EXPECT_EQ(world.Asked("seats"), skills + " page_size: 3");
  EXPECT_EQ(world.Asked("employment"), R"(state_codes: "05" state_codes: "19")")
      << "a suppressed state must not be told by its vacancies";
  EXPECT_EQ(dossier->definition().version().DebugString(), Welding().DebugString());
  EXPECT_EQ(dossier->demand().summary().DebugString(), Demand().DebugString());
  EXPECT_EQ(dossier->technology().summary().DebugString(), Signals().DebugString());
  EXPECT_EQ(dossier->seats().seats().DebugString(), SkillSeats().DebugString());
  EXPECT_EQ(dossier->employment().statistics().DebugString(), Employment().DebugString());
}

TEST(Dossier, SaysWhatItsVacanciesAre) {
  World world;
  const auto english = world.Get();
  ASSERT_TRUE(english.ok());
  EXPECT_EQ(english->employment().about(),
            "All vacancies of Coahuila, Nuevo León, of every occupation: they can't be split "
            "by skill.");
  const auto spanish = world.Get(Locale::kSpanish);
  ASSERT_TRUE(spanish.ok());
  EXPECT_EQ(spanish->employment().about(),
            "Todas las vacantes de Coahuila, Nuevo León, de cualquier ocupación: no se "
            "pueden dividir por habilidad.");
  world.agencies[Agency::kLabor] = compose::Behaviour::kAbsent;
  const auto without = world.Get();
  ASSERT_TRUE(without.ok());
  EXPECT_EQ(without->employment().about(), "");
}

TEST(Dossier, SaysThatItIsUnsigned) {
  World world;
  const auto dossier = world.Get();
  ASSERT_TRUE(dossier.ok());
  EXPECT_EQ(dossier->signature_state(), gateway::v1::SIGNATURE_STATE_UNSIGNED);
  EXPECT_EQ(dossier->microcredential_version(), kVersion);
  EXPECT_EQ(dossier->compose_time().seconds(), absl::ToUnixSeconds(world.timers.Now()));
}

TEST(Dossier, CountsNoCountryWhereDemandHasNoState) {
  World world;
  auto demand = Demand();
  for (auto& state : *demand.mutable_states()) {
    state.mutable_count()->set_mark(type::v1::MARK_SUPPRESSED);
  }
  world.agencies.Says(demand);
  const auto dossier = world.Get();
  ASSERT_TRUE(dossier.ok());
  EXPECT_EQ(dossier->employment().provenance().failure().reason(), "NO_DEMAND_STATES");
  EXPECT_EQ(dossier->employment().provenance().state(), gateway::v1::SECTION_STATE_NOT_ASKED);
  EXPECT_EQ(world.Asked("employment"), "");
  EXPECT_TRUE(dossier->demand().has_summary());
}

TEST(Dossier, LooksForAllSkillsOrSaysWhyNot) {
  struct Case {
    int skills;
    const char* reason;
  };
  for (const Case& c : {Case{0, "NO_SKILLS"}, Case{50, ""}, Case{51, "TOO_MANY_SKILLS"}}) {
    SCOPED_TRACE(c.skills);
    World world;
    education::v1::MicrocredentialVersion version;
    version.set_name(kVersion);
    for (int i = 0; i < c.skills; ++i) {
      version.add_outcomes()->add_skills(absl::StrCat("skills/s", i));
    }
    world.agencies.Says(version);
    const auto dossier = world.Get();
    ASSERT_TRUE(dossier.ok());
    EXPECT_EQ(dossier->demand().provenance().failure().reason(), c.reason);
    EXPECT_EQ(dossier->technology().provenance().failure().reason(), c.reason);
    EXPECT_EQ(dossier->employment().provenance().failure().needs(), *c.reason ? "demand" : "");
  }
}

TEST(Dossier, OfAnUnknownVersionIsTheAgencysError) {
  static constexpr ErrorSpec kNotFound{"MICROCREDENTIAL_VERSION_NOT_FOUND",
                                       absl::StatusCode::kNotFound, "education.puente",
                                       "No existe.", "There is none."};
  World world;
  world.agencies.FailWith(Agency::kEducation, Error(kNotFound));
  EXPECT_EQ(world.Get().status(), Error(kNotFound));
  EXPECT_EQ(world.agencies.calls.size(), 1);
}

}  // namespace
}  // namespace puente::certification
