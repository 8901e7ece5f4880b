// References to other agencies' records, from the write to what is told of them: real modules of
// three agencies on real schemas, and the gateway's due work between them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/agency/foreign_names.h"
#include "gateway/module.h"
#include "gateway/references/resolver.h"
#include "modules/economy/module.h"
#include "modules/labor/module.h"
#include "modules/science/module.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/labor/v1/skill.grpc.pb.h"
#include "puente/science/v1/signal.grpc.pb.h"
#include "puente/science/v1/technology.grpc.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using References = api::v1::ReferenceService::Stub;

config::Server Profiles() {
  config::Server config;
  config.set_profiles("data/labor/profiles");  // Labor alone reads it
  return config;
}

// An agency as one caller sees it; several of one agency are processes on one schema.
struct Seen {
  Seen(const hosting::ModuleKind& kind, const sql::Target& database, const std::string& caller)
      : hosted(kind, database, caller, Profiles()),
        references(api::v1::ReferenceService::NewStub(hosted.channel())) {}

  api::v1::ListUnresolvedReferencesResponse Page(int size = 0, const std::string& token = "") {
    api::v1::ListUnresolvedReferencesRequest request;
    request.set_page_size(size);
    request.set_page_token(token);
    auto page = Called(*references, &References::ListUnresolvedReferences, request);
    EXPECT_OK(page);
    return page.ok() ? *std::move(page) : api::v1::ListUnresolvedReferencesResponse();
  }
  // "skillSignals/a skill > skills/x MISSING agency/science", a line a reference.
  std::vector<std::string> Unresolved() {
    std::vector<std::string> lines;
    const auto page = Page();
    for (const auto& one : page.references()) {
      EXPECT_GT(one.since_time().seconds(), 1'700'000'000);
      lines.push_back(absl::StrCat(one.resource(), " ", one.field(), " > ", one.target(), " ",
                                   api::v1::Resolution_Name(one.resolution()).substr(11), " ",
                                   one.owner()));
    }
    return lines;
  }

  HostedModule hosted;
  std::unique_ptr<References> references;
};

class ForeignReferences : public ::testing::Test {
 protected:
  ForeignReferences()
      : economy_(Database::Shared().NewSchema(economy::Economy().migrations)),
        labor_(Database::Shared().NewSchema(labor::Labor().migrations)),
        science_(Database::Shared().NewSchema(science::Science().migrations)),
        gateway_(Database::Shared().NewSchema(Gateway().migrations)) {}

  // The gateway's due work. An agency that is `away` answers nothing.
  class Resolving {
   public:
    explicit Resolving(ForeignReferences& test, const std::string& away = "")
        : economy_(economy::Economy(), test.economy_, "gateway"),
          labor_(labor::Labor(), test.labor_, "gateway"),
          science_(science::Science(), test.science_, "gateway"),
          resolver_({{compose::Agency::kEconomy, Channel("economy", away, economy_)},
                     {compose::Agency::kLabor, Channel("labor", away, labor_)},
                     {compose::Agency::kScience, Channel("science", away, science_)}},
                    absl::Milliseconds(20)),
          scheduler_(
              {.caller = "gateway", .target = test.gateway_, .idle_pause = absl::Milliseconds(5)}) {
      resolver_.Handle(scheduler_);
      scheduler_.Start({journal::Tokens("gateway")});
    }
    ~Resolving() { scheduler_.Stop(); }

   private:
    static std::shared_ptr<grpc::Channel> Channel(absl::string_view agency, absl::string_view away,
                                                  Seen& seen) {
      return agency == away ? grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials())
                            : seen.hosted.channel();
    }
    Seen economy_, labor_, science_;
    Resolver resolver_;
    due::Scheduler scheduler_;
  };

  void Signal(Seen& science, const std::string& id, const std::string& skill,
              const std::string& sector) {
    MustExecute(science_connection_,
                "INSERT IGNORE INTO technology (id, version, label_es, label_en, source,"
                " record_kind, create_time, update_time)"
                " VALUES ('ai', 1, 'IA', 'AI', 'test', 2, NOW(), NOW())");
    science::v1::CreateSkillSignalRequest request;
    request.set_skill_signal_id(id);
    science::v1::SkillSignal& signal = *request.mutable_skill_signal();
    signal.set_skill("skills/" + skill);
    signal.set_technology("technologies/ai");
    signal.set_sector_table("sectorTables/" + sector);
    signal.mutable_horizon_date()->set_year(2030);
    signal.mutable_horizon_date()->set_month(1);
    signal.mutable_horizon_date()->set_day(1);
    signal.set_confidence(50);
    signal.set_source("test");
    signal.set_record_kind(type::v1::RECORD_KIND_GENERATED);
    auto stub = science::v1::SkillSignalService::NewStub(science.hosted.channel());
    EXPECT_OK(Called(*stub, &science::v1::SkillSignalService::Stub::CreateSkillSignal, request));
  }

  void AddSkill(const std::string& id) {
    Seen labor(labor::Labor(), labor_, "agency/labor");
    labor::v1::CreateSkillRequest request;
    request.set_skill_id(id);
    request.mutable_skill()->set_label_es("Soldar");
    request.mutable_skill()->set_label_en("Welding");
    request.mutable_skill()->set_kind(labor::v1::SKILL_KIND_TECHNICAL);
    request.mutable_skill()->set_framework("test");
    request.mutable_skill()->set_source("test");
    request.mutable_skill()->set_record_kind(type::v1::RECORD_KIND_GENERATED);
    auto stub = labor::v1::SkillService::NewStub(labor.hosted.channel());
    EXPECT_OK(Called(*stub, &labor::v1::SkillService::Stub::CreateSkill, request));
  }

  void AddSector(const std::string& id) {
    sql::Connection connection(economy_);
    MustExecute(
        connection,
        absl::StrCat("INSERT INTO sector_table (id, version, label_es, label_en, scian_prefixes,"
                     " source, record_kind, create_time, update_time) VALUES ('",
                     id, "', 1, 'Sector', 'Sector', '', 'test', 2, NOW(), NOW())"));
  }

  // Of a company, made where it does not exist; by Economy.
  void State(Seen& economy, const std::string& company, const std::string& id,
             const std::string& skill, const std::string& state = "11") {
    MustExecute(
        economy_connection_,
        absl::StrCat("INSERT IGNORE INTO company (id, version, legal_name, rfc,"
                     " rfc_check_digit_differs, scian_class, state_code, source,"
                     " record_kind, create_time, update_time) VALUES ('",
                     company, "', 1, 'Empresa', '', 0, '3361', '19', 'test', 2, NOW(), NOW())"));
    economy::v1::CreateDemandStatementRequest request;
    request.set_parent("companies/" + company);
    request.set_demand_statement_id(id);
    economy::v1::DemandStatement& statement = *request.mutable_demand_statement();
    statement.set_skill("skills/" + skill);
    statement.set_heads(3);
    for (auto* date : {statement.mutable_start_date(), statement.mutable_end_date()}) {
      date->set_year(2027);
      date->set_month(1);
      date->set_day(1);
    }
    statement.set_state_code(state);
    statement.set_scian_class("336110");
    statement.set_source("test");
    statement.set_record_kind(type::v1::RECORD_KIND_GENERATED);
    auto stub = economy::v1::DemandService::NewStub(economy.hosted.channel());
    EXPECT_OK(Called(*stub, &economy::v1::DemandService::Stub::CreateDemandStatement, request));
  }

  static void LookUpAgain(sql::Connection& connection) {
    MustExecute(connection, "UPDATE foreign_name SET check_time = '2020-01-01'");
  }

  const sql::Target economy_, labor_, science_, gateway_;
  sql::Connection economy_connection_{economy_}, science_connection_{science_};
};

TEST_F(ForeignReferences, ThatLeadNowhereAreListedUntilTheyLeadSomewhere) {
  AddSkill("welding");
  Seen science(science::Science(), science_, "agency/science");
  Signal(science, "a", "welding", "cars");
  Signal(science, "b", "weldng", "cars");
  EXPECT_THAT(science.Unresolved(), IsEmpty());  // not looked up yet
  const Resolving resolving(*this);
  const std::vector<std::string> missing = {
      "skillSignals/a sector_table > sectorTables/cars MISSING agency/science",
      "skillSignals/b sector_table > sectorTables/cars MISSING agency/science",
      "skillSignals/b skill > skills/weldng MISSING agency/science"};
  ASSERT_TRUE(Becomes([&] { return science.Unresolved().size() == 3; }));
  EXPECT_THAT(science.Unresolved(), ::testing::UnorderedElementsAreArray(missing));
  AddSector("cars");
  LookUpAgain(science_connection_);
  ASSERT_TRUE(Becomes([&] { return science.Unresolved().size() == 1; }));
  EXPECT_THAT(science.Unresolved(),
              ElementsAre("skillSignals/b skill > skills/weldng MISSING agency/science"));
  EXPECT_EQ(MustCount(science_connection_,
                      "SELECT COUNT(*) FROM foreign_name WHERE resolution = 1 AND"
                      " check_time > UTC_TIMESTAMP(6) + INTERVAL 50 MINUTE"),
            2);
}

TEST_F(ForeignReferences, FollowWhatIsChangedAndDeleted) {
  Seen science(science::Science(), science_, "agency/science");
  Signal(science, "a", "weldng", "cars");
  const Resolving resolving(*this);
  ASSERT_TRUE(Becomes([&] { return science.Unresolved().size() == 2; }));
  auto stub = science::v1::SkillSignalService::NewStub(science.hosted.channel());
  science::v1::UpdateSkillSignalRequest update;
  update.mutable_skill_signal()->set_name("skillSignals/a");
  update.mutable_skill_signal()->set_skill("skills/wielding");
  update.mutable_update_mask()->add_paths("skill");
  ASSERT_OK(Called(*stub, &science::v1::SkillSignalService::Stub::UpdateSkillSignal, update));
  ASSERT_TRUE(Becomes([&] {
    const auto lines = science.Unresolved();
    return lines.size() == 2 && (lines[0].find("wielding") != lines[0].npos ||
                                 lines[1].find("wielding") != lines[1].npos);
  }));
  EXPECT_EQ(MustCount(science_connection_, "SELECT COUNT(*) FROM foreign_name"), 2);
  science::v1::DeleteSkillSignalRequest remove;
  remove.set_name("skillSignals/a");
  ASSERT_OK(Called(*stub, &science::v1::SkillSignalService::Stub::DeleteSkillSignal, remove));
  ASSERT_TRUE(Becomes([&] { return science.Unresolved().empty(); }));
  EXPECT_EQ(MustCount(science_connection_, "SELECT COUNT(*) FROM foreign_name"), 0);
  EXPECT_TRUE(Becomes([&] {
    return MustCount(science_connection_,
                     "SELECT COUNT(*) FROM due WHERE kind <> 'figures.forget'") == 0;
  }));
}

TEST_F(ForeignReferences, OfWhatIsOverAreNoneAnyMore) {
  Seen economy(economy::Economy(), economy_, "agency/economy");
  State(economy, "acme", "s1", "weldng");
  State(economy, "acme", "s2", "weldng");  // in place of the first
  const Resolving resolving(*this);
  ASSERT_TRUE(Becomes([&] { return economy.Unresolved().size() == 1; }));
  EXPECT_THAT(
      economy.Unresolved(),
      ElementsAre("companies/acme/demandStatements/s2 skill > skills/weldng MISSING company/acme"));
  economy::v1::WithdrawDemandStatementRequest request;
  request.set_name("companies/acme/demandStatements/s2");
  auto stub = economy::v1::DemandService::NewStub(economy.hosted.channel());
  ASSERT_OK(Called(*stub, &economy::v1::DemandService::Stub::WithdrawDemandStatement, request));
  EXPECT_TRUE(Becomes([&] { return economy.Unresolved().empty(); }));
}

// More than one statement takes parameters.
TEST_F(ForeignReferences, OfOneRecordMayBeThousands) {
  Seen science(science::Science(), science_, "agency/science");
  Signal(science, "a", "x", "cars");
  ASSERT_TRUE(Becomes([&] {
    return MustCount(science_connection_, "SELECT COUNT(*) FROM foreign_reference") == 2;
  }));
  std::vector<agency::ForeignReference> many;
  for (int i = 0; i < 70'000; ++i) {
    many.push_back({"skillSignals/a", "skill", absl::StrCat("skills/s", i), "labor.puente/Skill",
                    "agency/science"});
  }
  const auto store = [&](const std::vector<agency::ForeignReference>& references) {
    Call call;
    call.deadline = absl::Now() + absl::Minutes(1);
    sql::Session session(science_);
    return journal::KeepBooks(
        {journal::Tokens("science")}, session, call, [&](journal::Transaction& tx) {
          return agency::StoreCollected(tx, 1'000'000, {"skillSignals/a"}, references);
        });
  };
  ASSERT_OK(store(many));
  EXPECT_EQ(MustCount(science_connection_, "SELECT COUNT(*) FROM foreign_name"), 70'000);
  ASSERT_OK(store({}));
  EXPECT_EQ(MustCount(science_connection_, "SELECT COUNT(*) FROM foreign_name"), 0);
}

TEST_F(ForeignReferences, AreShownToTheirOwnerAndTheAgencyAlone) {
  Seen economy(economy::Economy(), economy_, "agency/economy");
  State(economy, "acme", "s1", "weldng");
  State(economy, "other", "s2", "weldng");
  const Resolving resolving(*this);
  ASSERT_TRUE(Becomes([&] { return economy.Unresolved().size() == 2; }));
  Seen acme(economy::Economy(), economy_, "company/acme");
  EXPECT_THAT(
      acme.Unresolved(),
      ElementsAre("companies/acme/demandStatements/s1 skill > skills/weldng MISSING company/acme"));
  for (const char* caller : {"company/third", "agency/labor", "council/cce", "company/acm"}) {
    Seen stranger(economy::Economy(), economy_, caller);
    EXPECT_THAT(stranger.Unresolved(), IsEmpty()) << caller;
  }
}

TEST_F(ForeignReferences, ComeInPages) {
  Seen economy(economy::Economy(), economy_, "agency/economy");
  for (int i = 0; i < 5; ++i) {
    State(economy, i < 3 ? "acme" : "other", absl::StrCat("s", i), i < 2 ? "a" : "b",
          absl::StrCat("1", i));
  }
  const Resolving resolving(*this);
  // Not the names: the last statement may come after all of them.
  std::vector<std::string> all;
  ASSERT_TRUE(Becomes([&] {
    all = economy.Unresolved();
    return all.size() == 5;
  }));
  for (const int size : {1, 2, 3, 5}) {
    std::vector<std::string> found;
    std::string token;
    do {
      const auto page = economy.Page(size, token);
      EXPECT_LE(page.references_size(), size);
      for (const auto& one : page.references()) found.push_back(one.resource());
      token = page.next_page_token();
    } while (!token.empty());
    EXPECT_THAT(found, UnorderedElementsAre("companies/acme/demandStatements/s0",
                                            "companies/acme/demandStatements/s1",
                                            "companies/acme/demandStatements/s2",
                                            "companies/other/demandStatements/s3",
                                            "companies/other/demandStatements/s4"))
        << size;
  }
  EXPECT_NE(economy.Page(1).next_page_token(), economy.Page(1).next_page_token())
      << "a name's number counts those of all readers, and is sealed";
  api::v1::ListUnresolvedReferencesRequest request;
  request.set_page_token(economy.Page(1).next_page_token());
  Seen acme(economy::Economy(), economy_, "company/acme");
  EXPECT_THAT(Called(*acme.references, &References::ListUnresolvedReferences, request),
              HasReason("INVALID_PAGE_TOKEN"));
}

TEST_F(ForeignReferences, WaitForAnAgencyThatDoesNotAnswer) {
  Seen science(science::Science(), science_, "agency/science");
  Signal(science, "a", "weldng", "cars");
  {
    const Resolving resolving(*this, "labor");
    ASSERT_TRUE(Becomes([&] { return science.Unresolved().size() == 1; }));
    EXPECT_THAT(science.Unresolved(),
                ElementsAre("skillSignals/a sector_table > sectorTables/cars MISSING"
                            " agency/science"));
  }
  // Put off for a little, so that it keeps no other name waiting.
  EXPECT_EQ(
      MustCount(science_connection_,
                "SELECT COUNT(*) FROM foreign_name WHERE resolution = 0 AND check_time BETWEEN"
                " UTC_TIMESTAMP(6) AND UTC_TIMESTAMP(6) + INTERVAL 10 SECOND"),
      1);
  LookUpAgain(science_connection_);
  const Resolving resolving(*this);
  EXPECT_TRUE(Becomes([&] { return science.Unresolved().size() == 2; }));
}

TEST_F(ForeignReferences, WrittenBeforeAnybodyFollowedThemAreFoundToo) {
  {
    Seen science(science::Science(), science_, "agency/science");
    Signal(science, "a", "weldng", "cars");
    ASSERT_TRUE(Becomes(
        [&] { return MustCount(science_connection_, "SELECT COUNT(*) FROM foreign_name") == 2; }));
  }
  // As a schema of a version that had no references.
  for (const char* statement : {"DELETE FROM foreign_name", "DELETE FROM foreign_reference",
                                "UPDATE foreign_reference_head SET position = 0"}) {
    MustExecute(science_connection_, statement);
  }
  Seen again(science::Science(), science_, "agency/science");
  EXPECT_TRUE(Becomes([&] {
    return MustCount(science_connection_, "SELECT COUNT(*) FROM foreign_reference") == 2;
  }));
}

class ResolveNames : public ForeignReferences {
 protected:
  // What Economy says of a name to a reader.
  std::string Said(const std::string& type, const std::string& name, const std::string& reader) {
    api::v1::ResolveNamesRequest request;
    api::v1::ForeignName& asked = *request.add_names();
    asked.set_id(7);
    asked.set_type(type);
    asked.set_name(name);
    asked.set_reader(reader);
    auto told = Called(*as_gateway_.references, &References::ResolveNames, request);
    if (!told.ok()) return Reason(told.status());
    EXPECT_EQ(told->names(0).id(), 7);
    return absl::StrCat(api::v1::Resolution_Name(told->names(0).resolution()).substr(11), " ",
                        told->names(0).state());
  }

  Seen as_gateway_{economy::Economy(), economy_, "gateway"};
};

TEST_F(ResolveNames, SaysWhatTheReaderMayKnowAndNoMore) {
  Seen economy(economy::Economy(), economy_, "agency/economy");
  State(economy, "acme", "s1", "welding");
  AddSector("cars");
  const std::string statement = "economy.puente/DemandStatement";
  EXPECT_EQ(Said(statement, "companies/acme/demandStatements/s1", "company/acme"),
            "FOUND DEMAND_STATE_CURRENT");
  // Who may not read it learns nothing of whether it is there.
  for (const char* name : {"companies/acme/demandStatements/s1",
                           "companies/acme/demandStatements/none", "not a name"}) {
    EXPECT_EQ(Said(statement, name, "company/other"), "UNKNOWN ") << name;
    EXPECT_EQ(Said(statement, name, "agency/labor"), "UNKNOWN ") << name;
  }
  EXPECT_EQ(Said(statement, "companies/acme/demandStatements/none", "agency/economy"), "MISSING ");
  EXPECT_EQ(Said("economy.puente/SectorTable", "sectorTables/cars", "agency/labor"), "FOUND ");
  EXPECT_EQ(Said("economy.puente/SectorTable", "sectorTables/none", "agency/labor"), "MISSING ");
  EXPECT_EQ(Said("economy.puente/SectorTable", "skills/cars", "agency/labor"), "MISSING ");
}

TEST_F(ResolveNames, SaysNothingOfTypesThatItDoesNotServe) {
  for (const char* type : {"labor.puente/Skill", "economy.puente/Skill", "nonsense", "/"}) {
    EXPECT_EQ(Said(type, "skills/welding", "agency/economy"), "UNSPECIFIED ") << type;
  }
}

TEST_F(ResolveNames, IsForTheGatewayAlone) {
  Seen labor(economy::Economy(), economy_, "agency/labor");
  EXPECT_THAT(Called(*labor.references, &References::ResolveNames, {}),
              HasReason("CALLER_REFUSED"));
  EXPECT_THAT(Called(*labor.references, &References::FindForeignNames, {}),
              HasReason("CALLER_REFUSED"));
  EXPECT_THAT(Called(*labor.references, &References::StoreResolvedNames, {}),
              HasReason("CALLER_REFUSED"));
}

}  // namespace
}  // namespace puente::gateway
