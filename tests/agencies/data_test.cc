// The bundled data of the agencies refers to one another only by what is bundled.
#include <gtest/gtest.h>

#include <set>

#include "puente/economy/v1/demand.pb.h"
#include "puente/economy/v1/sector_table.pb.h"
#include "puente/education/v1/microcredential.pb.h"
#include "puente/education/v1/minor_limit.pb.h"
#include "puente/labor/v1/skill.pb.h"
#include "puente/science/v1/signal.pb.h"
#include "tests/agencies/bundled.h"

namespace puente {
namespace {

using testing::BundledRequests;

std::set<std::string> Skills() {
  std::set<std::string> skills;
  for (const auto& request :
       BundledRequests<labor::v1::CreateSkillRequest>("data/labor/skills.json")) {
    skills.insert("skills/" + request.skill_id());
  }
  return skills;
}

std::set<std::string> SectorTables() {
  std::set<std::string> tables;
  for (const auto& request :
       BundledRequests<economy::v1::CreateSectorTableRequest>("data/economy/sector-tables.json")) {
    tables.insert("sectorTables/" + request.sector_table_id());
    EXPECT_EQ(request.sector_table().record_kind(), type::v1::RECORD_KIND_REAL);
    for (const auto& prefix : request.sector_table().scian_prefixes()) {
      EXPECT_EQ(prefix.source(), "puente-proposal");
    }
  }
  return tables;
}

TEST(BundledData, NamesTheElevenSectorTables) { EXPECT_EQ(SectorTables().size(), 11u); }

TEST(BundledData, DemandIsGeneratedAndOfKnownSkills) {
  const std::set<std::string> skills = Skills();
  for (const auto& request : BundledRequests<economy::v1::CreateDemandStatementRequest>(
           "data/economy/demand-statements.json")) {
    EXPECT_TRUE(skills.contains(request.demand_statement().skill()))
        << request.demand_statement().skill();
    EXPECT_EQ(request.demand_statement().record_kind(), type::v1::RECORD_KIND_GENERATED);
  }
}

TEST(BundledData, MicrocredentialsAreGeneratedAndOfKnownSkills) {
  const std::set<std::string> skills = Skills();
  for (const auto& request : BundledRequests<education::v1::CreateMicrocredentialVersionRequest>(
           "data/education/3-microcredentials.json")) {
    const auto& version = request.microcredential_version();
    EXPECT_EQ(version.record_kind(), type::v1::RECORD_KIND_GENERATED);
    for (const auto& outcome : version.outcomes()) {
      for (const auto& skill : outcome.skills()) EXPECT_TRUE(skills.contains(skill)) << skill;
    }
  }
}

TEST(BundledData, LimitsOfMinorsAreOfEachAge) {
  std::set<int> ages;
  for (const auto& request : BundledRequests<education::v1::CreateMinorLimitRequest>(
           "data/education/3-minor-limits.json")) {
    const auto& limit = request.minor_limit();
    for (int age = limit.from_age(); age <= limit.to_age(); ++age) ages.insert(age);
    EXPECT_EQ(limit.source(), "puente-proposal");
    EXPECT_EQ(limit.guardian_consent(), education::v1::MINOR_CONSENT_NEEDED);
  }
  EXPECT_EQ(ages, (std::set<int>{15, 16, 17}));
}

TEST(BundledData, SignalsAreGeneratedAndOfKnownSkillsAndSectors) {
  const std::set<std::string> skills = Skills(), tables = SectorTables();
  for (const auto& request : BundledRequests<science::v1::CreateSkillSignalRequest>(
           "data/science/2-skill-signals.json")) {
    const auto& signal = request.skill_signal();
    EXPECT_TRUE(skills.contains(signal.skill())) << signal.skill();
    EXPECT_TRUE(tables.contains(signal.sector_table())) << signal.sector_table();
    EXPECT_EQ(signal.record_kind(), type::v1::RECORD_KIND_GENERATED);
  }
}

}  // namespace
}  // namespace puente
