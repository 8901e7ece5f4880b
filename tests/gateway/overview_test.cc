#include "gateway/council/overview.h"

#include <gmock/gmock.h>

#include "gateway/vacancies/vacancies.h"
#include "tests/gateway/answers.h"

namespace puente::council {
namespace {

using compose::Agency;
using compose::FakeAgencies;
using compose::Outcome;
using compose::VirtualTimers;
using gateway::v1::GetOverviewRequest;
using gateway::v1::Overview;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct World {
  World() : agencies(timers) { AllWell(agencies); }

  absl::StatusOr<Overview> Get(const GetOverviewRequest& request) {
    const auto outcome = std::make_shared<Outcome>();
    compose::Executor executor(Borrow(agencies), timers, {.hosting = api::v1::HOSTING_EMBEDDED});
    executor.Run(OverviewPlan(), request, CallOf(timers), Into(outcome, timers));
    timers.Advance(absl::Seconds(2));
    if (!outcome->results.ok()) return outcome->results.status();
    return ComposeOverview(*outcome->results);
  }
  // What a section's agency was asked; empty if it was not.
  std::string Asked(absl::string_view section) {
    for (const auto& call : agencies.calls) {
      if (call->section == section) return call->request->ShortDebugString();
    }
    return "";
  }

  VirtualTimers timers;
  FakeAgencies agencies;
};

GetOverviewRequest Ask(const std::string& sector, const std::string& state) {
  GetOverviewRequest request;
  request.set_sector(sector);
  request.set_state(state);
  return request;
}

TEST(Overview, OfTheWholeCountryAsksForNoSector) {
  World world;
  const auto overview = world.Get(Ask("", ""));
  ASSERT_TRUE(overview.ok()) << overview.status();
  EXPECT_FALSE(overview->has_sector());
  EXPECT_EQ(world.agencies.calls.size(), 4);
  for (const char* section : {"demand", "supply", "employment", "technology"}) {
    EXPECT_EQ(world.Asked(section), "") << section;
  }
  EXPECT_EQ(overview->employment().statistics().vacancy_count(), 120);
}

TEST(Overview, OfASectorAndAStatePassesBothOn) {
  World world;
  ASSERT_TRUE(world.Get(Ask("sectorTables/automotive", "05")).ok());
  const std::string split = R"(sector_table: "sectorTables/automotive" state_code: "05")";
  EXPECT_EQ(world.Asked("sector"), R"(name: "sectorTables/automotive")");
  EXPECT_EQ(world.Asked("demand"), split);
  EXPECT_EQ(world.Asked("supply"), split);
  EXPECT_EQ(world.Asked("technology"), split);
  EXPECT_EQ(world.Asked("employment"),
            R"(state_codes: "05" scian_prefixes: "3361" scian_prefixes: "3363")");
}

TEST(Overview, CarriesProvenanceOfEachSection) {
  World world;
  const absl::Time start = world.timers.Now();
  const auto overview = world.Get(Ask("sectorTables/automotive", ""));
  ASSERT_TRUE(overview.ok());
  const auto& employment = overview->employment().provenance();
  EXPECT_EQ(employment.agency(), "labor");
  EXPECT_EQ(employment.hosting(), api::v1::HOSTING_EMBEDDED);
  EXPECT_EQ(employment.freshness_token(), "labor-88");
  EXPECT_EQ(employment.as_of_time().seconds(), 1772452797);
  EXPECT_EQ(employment.latency().nanos(), 20'000'000);
  EXPECT_EQ(employment.digest().size(), 32);
  // A sector table says no time of its own: it is as of the call.
  EXPECT_EQ(overview->sector().provenance().as_of_time().seconds(), absl::ToUnixSeconds(start));
}

TEST(Overview, OfAnUnknownSectorIsTheAgencysError) {
  static constexpr ErrorSpec kNotFound{"SECTOR_TABLE_NOT_FOUND", absl::StatusCode::kNotFound,
                                       "economy.puente", "No existe $name.", "There is no $name."};
  World world;
  world.agencies.FailWith(Agency::kEconomy, Error(kNotFound, "name"_is("sectorTables/moon")));
  EXPECT_EQ(world.Get(Ask("sectorTables/moon", "")).status(),
            Error(kNotFound, "name"_is("sectorTables/moon")));
}

TEST(Overview, CountsNoVacanciesForASectorWithoutPrefixesInForce) {
  World world;
  auto table = Automotive();
  for (auto& prefix : *table.mutable_scian_prefixes()) {
    prefix.mutable_effective_date()->set_year(2040);
  }
  world.agencies.Says(table);
  const auto overview = world.Get(Ask("sectorTables/automotive", ""));
  ASSERT_TRUE(overview.ok());
  EXPECT_EQ(overview->employment().provenance().failure().reason(), "NO_SECTOR_PREFIXES");
  EXPECT_FALSE(overview->employment().has_statistics());
  EXPECT_EQ(world.agencies.calls.size(), 4) << "Labor takes no prefix for all classes";
}

TEST(Sector, HasThePrefixesInForceThatDay) {
  using vacancies::PrefixesInForce;
  auto table = Automotive();
  *table.add_scian_prefixes() = table.scian_prefixes(0);  // the same prefix, from two dates
  EXPECT_THAT(PrefixesInForce(table, absl::CivilDay(2023, 12, 31)), IsEmpty());
  EXPECT_THAT(PrefixesInForce(table, absl::CivilDay(2024, 1, 1)), ElementsAre("3361", "3363"));
  EXPECT_THAT(PrefixesInForce(table, absl::CivilDay(2026, 3, 3)),
              ElementsAre("3361", "3363", "4684"));
}

TEST(Sector, IsReadOnTheDayOfMexicoCity) {
  World before;
  before.timers.Advance(absl::Hours(18) - absl::Seconds(1));  // 2026-03-03 05:59:59 UTC
  ASSERT_TRUE(before.Get(Ask("sectorTables/automotive", "")).ok());
  EXPECT_EQ(before.Asked("employment"), R"(scian_prefixes: "3361" scian_prefixes: "3363")");
  World after;
  after.timers.Advance(absl::Hours(18));
  ASSERT_TRUE(after.Get(Ask("sectorTables/automotive", "")).ok());
  EXPECT_EQ(after.Asked("employment"),
            R"(scian_prefixes: "3361" scian_prefixes: "3363" scian_prefixes: "4684")");
}

}  // namespace
}  // namespace puente::council
