// What stages of a value chain are told to need, from the bundled sample.
#include <gmock/gmock.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "puente/economy/v1/demand_release.grpc.pb.h"
#include "puente/economy/v1/skill_demand.grpc.pb.h"
#include "puente/economy/v1/value_chain.grpc.pb.h"
#include "tests/agencies/bundled.h"
#include "tests/economy/work.h"
#include "tests/testing/counted.h"
#include "tests/testing/released.h"

namespace puente::economy {
namespace {

using ::puente::testing::BundledRequests;
using ::puente::testing::Database;
using ::puente::testing::DemandIsReleased;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::SetCounted;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using Companies = v1::CompanyService::Stub;
using Demand = v1::DemandService::Stub;
using Chains = v1::ValueChainService::Stub;

constexpr char kGenerated[] = R"( source: "test" record_kind: RECORD_KIND_GENERATED )";
// Of the sample's automotive table, of one company alone, and of none.
constexpr char kChain[] = R"(
    value_chain_id: "autos"
    value_chain {
      label_es: "Autos"
      stages { stage: "assembly" title_es: "Armado"
               scian_prefixes: "3361" scian_prefixes: "3362" scian_prefixes: "3363" }
      stages { stage: "tools" title_es: "Herramental" scian_prefixes: "3335" }
      stages { stage: "mines" title_es: "Minas" scian_prefixes: "2122" }
      links { from_stage: "mines" to_stage: "tools" }
      links { from_stage: "tools" to_stage: "assembly" })";

class ValueChains : public ::testing::Test {
 protected:
  template <class Request, class Method>
  void Load(const char* file, Method method) {
    for (const auto& request : BundledRequests<Request>(file)) {
      ASSERT_OK(economy_.Ask(method, request));
    }
  }
  void SetUp() override {
    HostedModule own(Economy(), target_, testing::kEconomy);
    for (const auto& request :
         BundledRequests<api::v1::CreateCountedKindRequest>("data/economy/0-counted-kinds.json")) {
      ASSERT_OK(SetCounted(own.channel(), request));
    }
    Load<v1::CreateSectorTableRequest>("data/economy/sector-tables.json",
                                       &v1::SectorTableService::Stub::CreateSectorTable);
    Load<v1::CreateChamberRequest>("data/economy/1-chambers.json",
                                   &v1::ChamberService::Stub::CreateChamber);
    Load<v1::CreateCompanyRequest>("data/economy/2-companies.json", &Companies::CreateCompany);
    Load<v1::ConfirmCompanyRequest>("data/economy/3-companies-confirm.json",
                                    &Companies::ConfirmCompany);
    Load<v1::CreateDemandStatementRequest>("data/economy/demand-statements.json",
                                           &Demand::CreateDemandStatement);
    AddOneCompany();
  }
  // Which alone makes tools.
  void AddOneCompany() {
    ASSERT_OK(economy_.Ask(
        &Companies::CreateCompany,
        absl::StrCat("company_id: 'solo' company { legal_name: 'Solo' scian_class: '333510'"
                     " state_code: '19' size: COMPANY_SIZE_LARGE",
                     kGenerated, "}")));
    ASSERT_OK(economy_.Ask(&Companies::ConfirmCompany, "name: 'companies/solo' reason: 'test'"));
    ASSERT_OK(economy_.Ask(
        &Demand::CreateDemandStatement,
        absl::StrCat("parent: 'companies/solo' demand_statement_id: 'one' demand_statement {"
                     " skill: 'skills/welding' heads: 400 start_date { ",
                     testing::Day(2027), " } end_date { ", testing::Day(2199, 12, 31),
                     " } state_code: '19' scian_class: '333510'", kGenerated, "}")));
  }
  absl::StatusOr<v1::ValueChain> Create(const std::string& more = "") {
    return economy_.Ask(&Chains::CreateValueChain, absl::StrCat(kChain, more, kGenerated, "}"));
  }
  absl::StatusOr<v1::ValueChainDemand> Told(const std::string& state = "") {
    return economy_.Ask(&Chains::GetValueChainDemand,
                        absl::StrCat("name: 'valueChains/autos' state_code: '", state, "'"));
  }

  const sql::Target target_ = Database::Shared().NewSchema(Economy().migrations);
  testing::Party economy_{target_, testing::kEconomy};
};

TEST_F(ValueChains, TellWhatStagesNeedAndNothingOfOneCompany) {
  ASSERT_OK(Create());
  ASSERT_TRUE(DemandIsReleased(target_));
  ASSERT_OK_AND_ASSIGN(const auto told, Told());
  ASSERT_EQ(told.stages_size(), 3);
  EXPECT_THAT(told.release(), Not(IsEmpty()));
  EXPECT_EQ(told.others().mark(), type::v1::MARK_SUPPRESSED);
  const v1::StageDemand& assembly = told.stages(0);
  EXPECT_THAT(assembly.scian_prefixes(), ElementsAre("3361", "3362", "3363"));
  EXPECT_THAT(assembly.skills(), Not(IsEmpty()));
  // The same classes are told the same.
  ASSERT_OK_AND_ASSIGN(const auto table,
                       economy_.Ask(&v1::SkillDemandService::Stub::ListSkillDemand,
                                    "sector_table: 'sectorTables/automotive' page_size: 1000"));
  std::map<std::string, int64_t> of_table, of_stage;
  for (const auto& one : table.skill_demand()) of_table[one.skill()] = one.head_count().value();
  for (const auto& one : assembly.skills()) of_stage[one.skill()] = one.count().value();
  EXPECT_EQ(of_stage, of_table);
  EXPECT_THAT(told.stages(1).skills(), IsEmpty()) << "what one company alone needs";
  EXPECT_THAT(told.stages(2).skills(), IsEmpty());
}

TEST_F(ValueChains, SayTheTimeOfTheirEarliestFigure) {
  ASSERT_OK(Create());
  ASSERT_TRUE(DemandIsReleased(target_));
  sql::Connection connection(target_);
  // Of one that was made an hour before, and since which their changes wait.
  puente::testing::MustExecute(
      connection,
      "INSERT INTO demand_release (number, position, record_kind, content, create_time)"
      " SELECT number - 1, position, record_kind, content, create_time - INTERVAL 1 HOUR"
      " FROM demand_release ORDER BY number LIMIT 1");
  puente::testing::MustExecute(
      connection,
      "UPDATE demand_cell SET as_of = (SELECT MIN(number) FROM demand_release) WHERE skill <> ''");
  ASSERT_OK_AND_ASSIGN(const auto told, Told());
  EXPECT_THAT(told.stages(0).skills(), Not(IsEmpty()));
  v1::GetDemandReleaseRequest request;
  request.set_name(told.release());
  ASSERT_OK_AND_ASSIGN(const auto release,
                       economy_.Ask(&v1::DemandReleaseService::Stub::GetDemandRelease, request));
  EXPECT_LT(FromProto(told.as_of_time()), FromProto(release.create_time()));
  EXPECT_GT(FromProto(told.check_time()), FromProto(told.as_of_time()));
}

TEST_F(ValueChains, AreNoSectorTables) {
  ASSERT_TRUE(DemandIsReleased(target_));
  const auto transversal = [&] {
    return economy_.Ask(&v1::SkillDemandService::Stub::ListSkillDemand, "transversal: true");
  };
  ASSERT_OK_AND_ASSIGN(const auto before, transversal());
  ASSERT_OK(Create());
  ASSERT_TRUE(DemandIsReleased(target_));
  ASSERT_OK_AND_ASSIGN(const auto after, transversal());
  EXPECT_NE(after.release(), before.release());
  EXPECT_EQ(after.sector_table_count(), before.sector_table_count());
  v1::GetDemandReleaseRequest request;
  request.set_name(after.release());
  ASSERT_OK_AND_ASSIGN(const auto release,
                       economy_.Ask(&v1::DemandReleaseService::Stub::GetDemandRelease, request));
  EXPECT_EQ(release.sectors_size(), 11);
}

TEST_F(ValueChains, ThatAreNotThereAreNotFound) {
  EXPECT_THAT(economy_.Ask(&Chains::GetValueChainDemand, "name: 'valueChains/none'"),
              HasReason("VALUE_CHAIN_NOT_FOUND"));
}

TEST_F(ValueChains, RefuseLinksThatLeadNowhere) {
  const absl::Status refused = Create("links { from_stage: 'mines' to_stage: 'moon' }").status();
  EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(MetadataOf(refused, "field"), "value_chain.links[2].to_stage");
  EXPECT_EQ(MetadataOf(refused, "rule"), "UNKNOWN_STAGE");
}

}  // namespace
}  // namespace puente::economy
