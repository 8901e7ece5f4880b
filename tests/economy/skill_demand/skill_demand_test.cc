// Demand skill by skill, from the bundled sample.
#include <gmock/gmock.h>

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/economy/module.h"
#include "puente/economy/v1/chamber.grpc.pb.h"
#include "puente/economy/v1/company.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/sector_table.grpc.pb.h"
#include "puente/economy/v1/skill_demand.grpc.pb.h"
#include "tests/agencies/bundled.h"
#include "tests/testing/counted.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/released.h"
#include "tests/testing/status.h"

namespace puente::economy {
namespace {

using ::puente::testing::BundledRequests;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::DemandIsReleased;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::SetCounted;
using Demand = v1::DemandService::Stub;
using Skills = v1::SkillDemandService::Stub;

// Economy with the sample in a release, made once for all tests: none of them rests on what another
// one has changed.
class SkillDemandTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    economy_ = new Sample;
    for (const auto& request :
         BundledRequests<api::v1::CreateCountedKindRequest>("data/economy/0-counted-kinds.json")) {
      ASSERT_OK(SetCounted(economy_->hosted.channel(), request));
    }
    Load<v1::SectorTableService, v1::CreateSectorTableRequest>(
        "data/economy/sector-tables.json", &v1::SectorTableService::Stub::CreateSectorTable);
    Load<v1::ChamberService, v1::CreateChamberRequest>("data/economy/1-chambers.json",
                                                       &v1::ChamberService::Stub::CreateChamber);
    Load<v1::CompanyService, v1::CreateCompanyRequest>("data/economy/2-companies.json",
                                                       &v1::CompanyService::Stub::CreateCompany);
    Load<v1::CompanyService, v1::ConfirmCompanyRequest>("data/economy/3-companies-confirm.json",
                                                        &v1::CompanyService::Stub::ConfirmCompany);
    Load<v1::DemandService, v1::CreateDemandStatementRequest>("data/economy/demand-statements.json",
                                                              &Demand::CreateDemandStatement);
    ASSERT_TRUE(DemandIsReleased(economy_->target));
  }
  static void TearDownTestSuite() { delete std::exchange(economy_, nullptr); }

  template <class Service, class Request, class Method>
  static void Load(const char* file, Method method) {
    const auto stub = Service::NewStub(economy_->hosted.channel());
    for (const auto& request : BundledRequests<Request>(file)) {
      ASSERT_OK(Called(*stub, method, request, nullptr, "", "officer-1"));
    }
  }

  absl::StatusOr<v1::ListSkillDemandResponse> List(const v1::ListSkillDemandRequest& request) {
    return Called(*skills_, &Skills::ListSkillDemand, request);
  }
  // All pages.
  std::vector<v1::SkillDemand> All(v1::ListSkillDemandRequest request) {
    std::vector<v1::SkillDemand> all;
    do {
      const auto page = List(request);
      EXPECT_OK(page);
      if (!page.ok()) return all;
      all.insert(all.end(), page->skill_demand().begin(), page->skill_demand().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return all;
  }
  type::v1::Figure Heads(const std::string& sector, const std::string& state,
                         const std::string& skill) {
    v1::GetDemandSummaryRequest request;
    request.set_sector_table(sector);
    request.set_state_code(state);
    request.add_skills(skill);
    const auto summary = Called(*demand_, &Demand::GetDemandSummary, request);
    EXPECT_OK(summary);
    return summary.ok() ? summary->head_count() : type::v1::Figure();
  }

  struct Sample {
    const sql::Target target = Database::Shared().NewSchema(Economy().migrations);
    HostedModule hosted{Economy(), target, "agency/economy"};
  };
  static inline Sample* economy_ = nullptr;
  const std::unique_ptr<Demand> demand_ = v1::DemandService::NewStub(economy_->hosted.channel());
  const std::unique_ptr<Skills> skills_ =
      v1::SkillDemandService::NewStub(economy_->hosted.channel());
  const std::vector<std::string> sectors_ = {"", "sectorTables/automotive",
                                             "sectorTables/aerospace", "sectorTables/energy"};
};

TEST_F(SkillDemandTest, IsWhatTheSummaryTellsOfEachSkillAndNoMore) {
  std::set<std::string> everywhere;
  for (const auto& request :
       BundledRequests<v1::CreateDemandStatementRequest>("data/economy/demand-statements.json")) {
    everywhere.insert(request.demand_statement().skill());
  }
  int told = 0;
  for (const std::string& sector : sectors_) {
    for (const char* state : {"", "11", "19"}) {
      SCOPED_TRACE(absl::StrCat(sector, " ", state));
      v1::ListSkillDemandRequest request;
      request.set_sector_table(sector);
      request.set_state_code(state);
      std::map<std::string, int64_t> listed;
      for (const v1::SkillDemand& one : All(request)) {
        ASSERT_EQ(one.head_count().outcome_case(), type::v1::Figure::kValue);
        listed[one.skill()] = one.head_count().value();
      }
      for (const std::string& skill : everywhere) {
        const type::v1::Figure figure = Heads(sector, state, skill);
        const auto found = listed.find(skill);
        ASSERT_EQ(found == listed.end() ? 0 : found->second, figure.value()) << skill;
        told += found != listed.end();
      }
    }
  }
  EXPECT_GT(told, 20) << "the sample tells enough to compare";
}

TEST_F(SkillDemandTest, ComesInPagesAfterASkillOrOfTheSkillsNamed) {
  const std::vector<v1::SkillDemand> whole = All({});
  ASSERT_GT(whole.size(), 6);
  for (const int size : {1, 3, 1000}) {
    v1::ListSkillDemandRequest request;
    request.set_page_size(size);
    const auto paged = All(request);
    ASSERT_EQ(paged.size(), whole.size());
    for (size_t i = 0; i < whole.size(); ++i) EXPECT_EQ(paged[i].skill(), whole[i].skill());
  }
  v1::ListSkillDemandRequest after;
  after.set_after(whole[2].skill());
  EXPECT_EQ(All(after).size(), whole.size() - 3);
  v1::ListSkillDemandRequest named;
  for (const char* skill : {"skills/zz-never-stated", "skills/welding"}) named.add_skills(skill);
  const auto two = All(named);
  ASSERT_EQ(two.size(), 2);
  EXPECT_EQ(two[0].skill(), "skills/welding");
  EXPECT_EQ(two[1].head_count().mark(), type::v1::MARK_SUPPRESSED);
  v1::ListSkillDemandRequest first;
  first.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto page, List(first));
  first.set_page_token(page.next_page_token());
  first.set_state_code("11");
  EXPECT_THAT(List(first), HasReason("INVALID_PAGE_TOKEN"));
}

TEST_F(SkillDemandTest, GoesOnInTheReleaseInWhichItBegan) {
  v1::ListSkillDemandRequest request;
  request.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto first, List(request));
  v1::SectorTable later;
  later.set_name("sectorTables/automotive");
  later.set_label_en("Cars");
  auto& prefix = *later.add_scian_prefixes();
  prefix.set_prefix("31");
  prefix.set_source("test");
  prefix.mutable_effective_date()->set_year(2026);
  prefix.mutable_effective_date()->set_month(1);
  prefix.mutable_effective_date()->set_day(1);
  v1::UpdateSectorTableRequest update;
  *update.mutable_sector_table() = later;
  const auto tables = v1::SectorTableService::NewStub(economy_->hosted.channel());
  ASSERT_OK(Called(*tables, &v1::SectorTableService::Stub::UpdateSectorTable, update));
  ASSERT_TRUE(DemandIsReleased(economy_->target));
  ASSERT_OK_AND_ASSIGN(const auto now, List({}));
  ASSERT_NE(now.release(), first.release());
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto second, List(request));
  EXPECT_EQ(second.release(), first.release());
  v1::ListSkillDemandRequest named;
  named.set_release(first.release());
  ASSERT_OK_AND_ASSIGN(const auto earlier, List(named));
  EXPECT_EQ(earlier.release(), first.release());
  named.set_release("demandReleases/17");
  EXPECT_THAT(List(named), HasReason("DEMAND_RELEASE_NOT_FOUND"));
}

TEST_F(SkillDemandTest, IsTransversalWhereMostTablesWithDemandNeedIt) {
  const auto tables = v1::SectorTableService::NewStub(economy_->hosted.channel());
  v1::ListSectorTablesRequest all;
  all.set_page_size(1000);
  ASSERT_OK_AND_ASSIGN(const auto listed,
                       Called(*tables, &v1::SectorTableService::Stub::ListSectorTables, all));
  for (const char* state : {"", "11"}) {
    SCOPED_TRACE(state);
    std::map<std::string, int> needing;
    int with_demand = 0;
    for (const v1::SectorTable& table : listed.sector_tables()) {
      v1::ListSkillDemandRequest request;
      request.set_sector_table(table.name());
      request.set_state_code(state);
      const auto skills = All(request);
      for (const v1::SkillDemand& one : skills) ++needing[one.skill()];
      v1::GetDemandSummaryRequest whole;
      whole.set_sector_table(table.name());
      whole.set_state_code(state);
      ASSERT_OK_AND_ASSIGN(const auto summary, Called(*demand_, &Demand::GetDemandSummary, whole));
      with_demand += !skills.empty() || summary.head_count().value() > 0;
    }
    v1::ListSkillDemandRequest request;
    request.set_state_code(state);
    request.set_transversal(true);
    ASSERT_OK_AND_ASSIGN(const auto transversal, List(request));
    EXPECT_EQ(transversal.sector_table_count(), with_demand);
    std::map<std::string, int> told;
    for (const auto& one : transversal.skill_demand()) {
      told[one.skill()] = one.sector_table_count();
    }
    std::erase_if(needing, [&](const auto& one) { return one.second * 2 <= with_demand; });
    EXPECT_EQ(told, needing);
    EXPECT_TRUE(*state != 0 || !told.empty()) << "the sample has some";
  }
}

TEST_F(SkillDemandTest, BeforeTheFirstReleaseIsMissing) {
  const sql::Target empty = Database::Shared().NewSchema(Economy().migrations);
  config::Server config;
  config.mutable_demand_release_pause()->set_seconds(1'000'000);
  HostedModule hosted(Economy(), empty, "council/cce", config);
  const auto skills = v1::SkillDemandService::NewStub(hosted.channel());
  v1::ListSkillDemandRequest request;
  request.add_skills("skills/welding");
  ASSERT_OK_AND_ASSIGN(const auto answer, Called(*skills, &Skills::ListSkillDemand, request));
  EXPECT_EQ(answer.others().mark(), type::v1::MARK_MISSING);
  EXPECT_EQ(answer.skill_demand(0).head_count().mark(), type::v1::MARK_MISSING);
  EXPECT_EQ(answer.release(), "");
  request.set_sector_table("sectorTables/none");
  EXPECT_THAT(Called(*skills, &Skills::ListSkillDemand, request),
              HasReason("SECTOR_TABLE_NOT_FOUND"));
}

}  // namespace
}  // namespace puente::economy
