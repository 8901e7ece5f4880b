// Releases as resources.
#include <gmock/gmock.h>

#include "modules/economy/module.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/demand_release.grpc.pb.h"
#include "puente/economy/v1/sector_table.grpc.pb.h"
#include "puente/economy/v1/skill_demand.grpc.pb.h"
#include "tests/agencies/bundled.h"
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
using ::testing::IsEmpty;
using Demand = v1::DemandService::Stub;
using Releases = v1::DemandReleaseService::Stub;
using Tables = v1::SectorTableService::Stub;

// One release before there is a sector table, and one after.
class DemandReleases : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(DemandIsReleased(target_));
    ASSERT_OK_AND_ASSIGN(const auto before, List());
    ASSERT_EQ(before.demand_releases_size(), 1);
    first_ = before.demand_releases(0);
    const auto tables = v1::SectorTableService::NewStub(hosted_.channel());
    ASSERT_OK(Called(*tables, &Tables::CreateSectorTable, table_));
    ASSERT_TRUE(DemandIsReleased(target_));
  }

  absl::StatusOr<v1::ListDemandReleasesResponse> List(int page_size = 0,
                                                      const std::string& page_token = "") {
    v1::ListDemandReleasesRequest request;
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return Called(*releases_, &Releases::ListDemandReleases, request);
  }
  absl::StatusOr<v1::DemandRelease> Get(const std::string& name) {
    v1::GetDemandReleaseRequest request;
    request.set_name(name);
    return Called(*releases_, &Releases::GetDemandRelease, request);
  }

  const sql::Target target_ = Database::Shared().NewSchema(Economy().migrations);
  HostedModule hosted_{Economy(), target_, "agency/economy"};
  const std::unique_ptr<Releases> releases_ = v1::DemandReleaseService::NewStub(hosted_.channel());
  const v1::CreateSectorTableRequest table_ =
      BundledRequests<v1::CreateSectorTableRequest>("data/economy/sector-tables.json").front();
  v1::DemandRelease first_;
};

TEST_F(DemandReleases, AreKeptAndListedTheLastOneFirst) {
  ASSERT_OK_AND_ASSIGN(const auto all, List());
  ASSERT_EQ(all.demand_releases_size(), 2);
  const v1::DemandRelease& last = all.demand_releases(0);
  EXPECT_EQ(all.demand_releases(1).name(), first_.name());
  EXPECT_THAT(first_.sectors(), IsEmpty());
  ASSERT_EQ(last.sectors_size(), 1);
  EXPECT_EQ(last.sectors(0).sector_table(), "sectorTables/" + table_.sector_table_id());
  EXPECT_FALSE(last.sectors(0).could_not_split());
  EXPECT_FALSE(last.sectors(0).scian_prefixes().empty());
  ASSERT_OK_AND_ASSIGN(const auto got, Get(last.name()));
  EXPECT_EQ(got.sectors(0).ShortDebugString(), last.sectors(0).ShortDebugString());
  EXPECT_EQ(got.create_time().ShortDebugString(), last.create_time().ShortDebugString());
}

TEST_F(DemandReleases, ComeInPages) {
  ASSERT_OK_AND_ASSIGN(const auto one, List(1));
  ASSERT_EQ(one.demand_releases_size(), 1);
  ASSERT_FALSE(one.next_page_token().empty());
  ASSERT_OK_AND_ASSIGN(const auto other, List(1, one.next_page_token()));
  ASSERT_EQ(other.demand_releases_size(), 1);
  EXPECT_EQ(other.demand_releases(0).name(), first_.name());
  EXPECT_EQ(other.next_page_token(), "");
  EXPECT_THAT(List(1, "edited"), HasReason("INVALID_PAGE_TOKEN"));
}

TEST_F(DemandReleases, AreReadByName) {
  const auto demand = v1::DemandService::NewStub(hosted_.channel());
  v1::GetDemandSummaryRequest request;
  ASSERT_OK_AND_ASSIGN(const auto last, Called(*demand, &Demand::GetDemandSummary, request));
  EXPECT_NE(last.release(), first_.name());
  request.set_release(first_.name());
  ASSERT_OK_AND_ASSIGN(const auto first, Called(*demand, &Demand::GetDemandSummary, request));
  EXPECT_EQ(first.release(), first_.name());
  EXPECT_LT(first.as_of_time().seconds() * 1e9 + first.as_of_time().nanos(),
            last.as_of_time().seconds() * 1e9 + last.as_of_time().nanos());
  // Of a sector that it did not know it says nothing, not that it is withheld.
  request.set_sector_table("sectorTables/" + table_.sector_table_id());
  ASSERT_OK_AND_ASSIGN(const auto unknown, Called(*demand, &Demand::GetDemandSummary, request));
  EXPECT_EQ(unknown.head_count().mark(), type::v1::MARK_MISSING);
  EXPECT_EQ(unknown.company_count().mark(), type::v1::MARK_MISSING);
  v1::ListSkillDemandRequest list;
  list.set_sector_table(request.sector_table());
  list.set_release(request.release());
  list.add_skills("skills/welding");
  const auto skills = v1::SkillDemandService::NewStub(hosted_.channel());
  ASSERT_OK_AND_ASSIGN(const auto listed,
                       Called(*skills, &v1::SkillDemandService::Stub::ListSkillDemand, list));
  EXPECT_EQ(listed.others().mark(), type::v1::MARK_MISSING);
  EXPECT_EQ(listed.skill_demand(0).head_count().mark(), type::v1::MARK_MISSING);
  request.set_release(last.release());
  ASSERT_OK_AND_ASSIGN(const auto known, Called(*demand, &Demand::GetDemandSummary, request));
  EXPECT_EQ(known.head_count().mark(), type::v1::MARK_SUPPRESSED);
  request.set_release("demandReleases/1");
  EXPECT_THAT(Called(*demand, &Demand::GetDemandSummary, request),
              HasReason("DEMAND_RELEASE_NOT_FOUND"));
  EXPECT_THAT(Get("demandReleases/1"), HasReason("DEMAND_RELEASE_NOT_FOUND"));
}

}  // namespace
}  // namespace puente::economy
