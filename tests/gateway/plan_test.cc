#include "gateway/compose/plan.h"

#include <gmock/gmock.h>

#include "gateway/certification/dossier.h"
#include "gateway/council/overview.h"
#include "puente/education/v1/microcredential.grpc.pb.h"

namespace puente::compose {
namespace {

using education::v1::GetSupplySummaryRequest;
using education::v1::MicrocredentialService;
using ::testing::HasSubstr;

absl::StatusOr<GetSupplySummaryRequest> Ask(const Inputs&) { return GetSupplySummaryRequest(); }

Section Named(std::string name) {
  return Section(
      std::move(name), Agency::kEducation,
      Rpc<MicrocredentialService>(&MicrocredentialService::Stub::async::GetSupplySummary), &Ask);
}

TEST(Plan, RefusesWhatCannotRun) {
  struct Case {
    const char* name;
    std::vector<Section> sections;
    const char* says;
  };
  const Case cases[] = {
      {"an unknown section", {Named("a").After({"b"})}, "section a needs b"},
      {"itself", {Named("a").After({"a"})}, "section a needs a"},
      {"a circle", {Named("a").After({"b"}), Named("b").After({"a"})}, "section a needs b"},
      {"a longer circle",
       {Named("a"), Named("b").After({"a", "c"}), Named("c").After({"b"})},
       "section b needs c"},
      {"one name twice", {Named("a"), Named("a")}, "section a is declared twice"},
      {"no share", {Named("a").Share(0)}, "share"},
      {"more than all", {Named("a").Share(101)}, "share"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const auto plan = Plan::Make("test", c.sections);
    EXPECT_EQ(plan.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(plan.status().message()), HasSubstr(c.says));
  }
}

TEST(Plan, LeavesHalfOfTheTimeToThoseWhoNeedASection) {
  const auto plan = Plan::Make(
      "test", {Named("a"), Named("b").After({"a"}), Named("c").Share(30).After({"b"}), Named("d")});
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->sections()[0].share(), 50);
  EXPECT_EQ(plan->sections()[1].share(), 50);
  EXPECT_EQ(plan->sections()[2].share(), 30);
  EXPECT_EQ(plan->sections()[3].share(), 100);
}

TEST(Plan, OfTheOverviewCanBeRead) {
  EXPECT_EQ(council::OverviewPlan().ToString(), R"(council.overview
  sector       economy    /puente.economy.v1.SectorTableService/GetSectorTable, 50 % of the time left, when wanted
  demand       economy    /puente.economy.v1.DemandService/GetDemandSummary, 100 % of the time left
  supply       education  /puente.education.v1.MicrocredentialService/GetSupplySummary, 100 % of the time left
  employment   labor      /puente.labor.v1.VacancyStatisticsService/GetVacancyStatistics, 100 % of the time left, after sector
  technology   science    /puente.science.v1.SkillSignalService/GetSignalSummary, 100 % of the time left
)");
}

TEST(Plan, OfTheDossierCanBeRead) {
  EXPECT_EQ(certification::DossierPlan().ToString(), R"(certification.dossier
  definition   education  /puente.education.v1.MicrocredentialService/GetMicrocredentialVersion, 50 % of the time left
  demand       economy    /puente.economy.v1.DemandService/GetDemandSummary, 50 % of the time left, after definition
  seats        education  /puente.education.v1.SeatStatisticsService/ListSkillSeats, 100 % of the time left, after definition
  technology   science    /puente.science.v1.SkillSignalService/GetSignalSummary, 100 % of the time left, after definition
  employment   labor      /puente.labor.v1.VacancyStatisticsService/GetVacancyStatistics, 100 % of the time left, after demand
)");
}

}  // namespace
}  // namespace puente::compose
