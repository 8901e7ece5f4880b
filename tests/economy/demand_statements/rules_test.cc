#include "modules/economy/demand_statements/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "common/context/clock.h"
#include "google/protobuf/text_format.h"
#include "modules/economy/sector_tables/rules.h"
#include "tests/testing/text.h"

namespace puente::economy {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

v1::DemandStatement Welders() {
  return testing::Of<v1::DemandStatement>(R"pb(name: "companies/acme/demandStatements/welders"
                                               state: DEMAND_STATE_CURRENT
                                               skill: "skills/welding"
                                               level: "conocer:2"
                                               heads: 12
                                               start_date { year: 2027 month: 1 day: 1 }
                                               end_date { year: 2027 month: 6 day: 30 }
                                               state_code: "11"
                                               scian_class: "336110"
                                               source: "acme"
                                               record_kind: RECORD_KIND_REAL)pb");
}

TEST(NeedKey, TellsNeedsApartByWhatTheyAreAbout) {
  struct Case {
    const char* name;
    std::function<void(v1::DemandStatement&)> change;
    bool same;
  };
  for (const Case& c : std::vector<Case>{
           {"heads", [](auto& s) { s.set_heads(99); }, true},
           {"occupation", [](auto& s) { s.set_occupation_code("7212"); }, true},
           {"source", [](auto& s) { s.set_source("elsewhere"); }, true},
           {"company", [](auto& s) { s.set_name("companies/globex/demandStatements/welders"); },
            false},
           {"id", [](auto& s) { s.set_name("companies/acme/demandStatements/more"); }, true},
           {"skill", [](auto& s) { s.set_skill("skills/sewing"); }, false},
           {"level", [](auto& s) { s.set_level("conocer:3"); }, false},
           {"no level", [](auto& s) { s.clear_level(); }, false},
           {"state", [](auto& s) { s.set_state_code("12"); }, false},
           {"class", [](auto& s) { s.set_scian_class("33611"); }, false},
           {"first day", [](auto& s) { s.mutable_start_date()->set_day(2); }, false},
           {"last day", [](auto& s) { s.mutable_end_date()->set_day(29); }, false},
           {"kind", [](auto& s) { s.set_record_kind(type::v1::RECORD_KIND_GENERATED); }, false}}) {
    SCOPED_TRACE(c.name);
    v1::DemandStatement changed = Welders();
    c.change(changed);
    EXPECT_EQ(NeedKey(changed) == NeedKey(Welders()), c.same);
    EXPECT_EQ(NeedKey(changed).size(), 32u);
  }
}

TEST(DemandStatement, IsSupersededByALaterOne) {
  const v1::DemandStatement superseded =
      Supersede(Welders(), "companies/acme/demandStatements/later");
  EXPECT_EQ(superseded.state(), v1::DEMAND_STATE_SUPERSEDED);
  EXPECT_EQ(superseded.superseded_by(), "companies/acme/demandStatements/later");
}

TEST(Sector, HasThePrefixesInForceOnTheDay) {
  v1::SectorTable table;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(scian_prefixes {
             prefix: "3363"
             effective_date { year: 2026 month: 1 day: 1 }
           }
           scian_prefixes {
             prefix: "3361"
             effective_date { year: 2026 month: 7 day: 1 }
           }
           scian_prefixes {
             prefix: "3363"
             effective_date { year: 2025 month: 1 day: 1 }
           })pb",
      &table));
  EXPECT_THAT(PrefixesInForce(table, absl::CivilDay(2024, 12, 31)), ElementsAre());
  EXPECT_THAT(PrefixesInForce(table, absl::CivilDay(2026, 6, 30)), ElementsAre("3363"));
  EXPECT_THAT(PrefixesInForce(table, absl::CivilDay(2026, 7, 1)), ElementsAre("3361", "3363"));
}

TEST(Sector, DoesNotGuessAboutClassesStatedTooCoarsely) {
  for (const auto& [name, scian, want] :
       {std::tuple{"inside", "336410", Belongs::kYes}, std::tuple{"itself", "3364", Belongs::kYes},
        std::tuple{"too coarse", "33", Belongs::kTooCoarse},
        std::tuple{"beside", "3363", Belongs::kNo},
        std::tuple{"coarse for one, inside another", "31", Belongs::kYes}}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(BelongsTo(scian, {"31", "311", "3364"}), want);
  }
}

TEST(LegalDay, IsMexicoCitys) {
  EXPECT_EQ(LegalDay(absl::FromUnixSeconds(1767247200)), absl::CivilDay(2026, 1, 1));
  EXPECT_EQ(LegalDay(absl::FromUnixSeconds(1767247199)), absl::CivilDay(2025, 12, 31));
}

}  // namespace
}  // namespace puente::economy
