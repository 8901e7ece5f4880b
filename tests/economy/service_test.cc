#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "modules/economy/demand_statements/resource.h"
#include "modules/economy/errors.h"
#include "modules/economy/module.h"
#include "modules/economy/sector_tables/resource.h"
#include "puente/economy/v1/chamber.grpc.pb.h"
#include "puente/economy/v1/company.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/sector_table.grpc.pb.h"
#include "tests/agencies/bundled.h"
#include "tests/agencies/contract.h"
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
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::SetCounted;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Demand = v1::DemandService::Stub;
using Tables = v1::SectorTableService::Stub;

// "acme/first" as "companies/acme/demandStatements/first".
std::string NameOf(const std::string& statement) {
  const std::pair<std::string, std::string> ids = absl::StrSplit(statement, '/');
  return absl::StrCat("companies/", ids.first, "/demandStatements/", ids.second);
}

// Economy as seen by one caller.
struct Client {
  // The module makes its first release by itself, soon after its start. Made in the midst of a
  // test's statements, it would keep back what the next could then not tell.
  Client(const sql::Target& database, const std::string& caller)
      : database(database),
        hosted(Economy(), database, caller),
        demand(v1::DemandService::NewStub(hosted.channel())),
        tables(v1::SectorTableService::NewStub(hosted.channel())) {
    EXPECT_TRUE(testing::DemandIsReleased(database));
  }

  // Puts the company that states it into the register, confirmed and large.
  absl::StatusOr<v1::DemandStatement> State(const std::string& id,
                                            v1::CreateDemandStatementRequest request,
                                            const std::string& request_id = "",
                                            std::string* freshness = nullptr) {
    sql::Connection connection(database);
    testing::MustExecute(
        connection,
        absl::StrCat("INSERT IGNORE INTO company (id, version, legal_name, rfc,"
                     " rfc_check_digit_differs, scian_class, state_code, state, size, source,"
                     " record_kind, create_time, update_time) VALUES ('",
                     absl::StripPrefix(request.parent(), "companies/"),
                     "', 1, 'Empresa', '', 0, '3361', '19', 3, 4, 'test', 2, NOW(), NOW())"));
    request.set_demand_statement_id(id);
    request.set_request_id(request_id);
    return Called(*demand, &Demand::CreateDemandStatement, request, freshness);
  }
  absl::StatusOr<v1::DemandStatement> Get(const std::string& id) {
    v1::GetDemandStatementRequest request;
    request.set_name(NameOf(id));
    return Called(*demand, &Demand::GetDemandStatement, request, nullptr, "administration");
  }
  absl::StatusOr<v1::BatchGetDemandStatementsResponse> BatchGet(
      const std::vector<std::string>& ids) {
    v1::BatchGetDemandStatementsRequest request;
    for (const std::string& id : ids) request.add_names(NameOf(id));
    return Called(*demand, &Demand::BatchGetDemandStatements, request, nullptr, "audit");
  }
  absl::StatusOr<v1::DemandStatement> Withdraw(const std::string& id,
                                               const std::string& etag = "") {
    v1::WithdrawDemandStatementRequest request;
    request.set_name(NameOf(id));
    request.set_etag(etag);
    return Called(*demand, &Demand::WithdrawDemandStatement, request);
  }
  absl::StatusOr<v1::ListDemandStatementsResponse> List(const std::string& company,
                                                        const std::string& filter = "") {
    v1::ListDemandStatementsRequest request;
    request.set_parent("companies/" + company);
    request.set_filter(filter);
    return Called(*demand, &Demand::ListDemandStatements, request, nullptr, "statistics");
  }
  absl::StatusOr<v1::DemandSummary> Summary(const std::string& sector = "",
                                            const std::string& state = "",
                                            const std::vector<std::string>& skills = {},
                                            const std::string& at_least = "") {
    EXPECT_TRUE(testing::DemandIsReleased(database));
    v1::GetDemandSummaryRequest request;
    if (!sector.empty()) request.set_sector_table("sectorTables/" + sector);
    request.set_state_code(state);
    for (const std::string& skill : skills) request.add_skills("skills/" + skill);
    request.set_at_least(at_least);
    return Called(*demand, &Demand::GetDemandSummary, request);
  }

  const sql::Target database;
  HostedModule hosted;
  std::unique_ptr<Demand> demand;
  std::unique_ptr<Tables> tables;
};

sql::Target NewDatabase() { return Database::Shared().NewSchema(Economy().migrations); }

v1::CreateDemandStatementRequest Welders(const std::string& company, int heads = 10) {
  v1::CreateDemandStatementRequest request;
  request.set_parent("companies/" + company);
  v1::DemandStatement& statement = *request.mutable_demand_statement();
  statement.set_skill("skills/welding");
  statement.set_heads(heads);
  for (auto* date : {statement.mutable_start_date(), statement.mutable_end_date()}) {
    date->set_year(2027);
    date->set_month(1);
    date->set_day(1);
  }
  statement.mutable_end_date()->set_month(6);
  statement.set_state_code("11");
  statement.set_scian_class("336110");
  statement.set_source("test");
  statement.set_record_kind(type::v1::RECORD_KIND_REAL);
  return request;
}

v1::CreateSectorTableRequest Automotive() {
  v1::CreateSectorTableRequest request;
  request.set_sector_table_id("automotive");
  request.mutable_sector_table()->set_label_es("Automotriz");
  request.mutable_sector_table()->set_label_en("Automotive");
  request.mutable_sector_table()->set_source("test");
  request.mutable_sector_table()->set_record_kind(type::v1::RECORD_KIND_REAL);
  v1::ScianPrefix* prefix = request.mutable_sector_table()->add_scian_prefixes();
  prefix->set_prefix("3361");
  prefix->set_source("test");
  prefix->mutable_effective_date()->set_year(2026);
  prefix->mutable_effective_date()->set_month(1);
  prefix->mutable_effective_date()->set_day(1);
  return request;
}

TEST(EconomySchema, FitsItsResources) {
  const sql::Target database = NewDatabase();
  Client client(database, "agency/economy");
  testing::ExpectTablesFit(database, "puente.economy.v1", 15);
}

TEST(EconomyErrors, AreACatalogue) {
  Client client(NewDatabase(), "agency/economy");
  testing::ExpectErrors("puente.economy.v1", error::kAll, "economy.puente");
}

TEST(SectorTable, IsStoredAsItWasGiven) {
  Client economy(NewDatabase(), "agency/economy");
  ASSERT_OK_AND_ASSIGN(const auto created,
                       Called(*economy.tables, &Tables::CreateSectorTable, Automotive()));
  EXPECT_EQ(created.name(), "sectorTables/automotive");
  v1::GetSectorTableRequest get;
  get.set_name(created.name());
  ASSERT_OK_AND_ASSIGN(const auto got, Called(*economy.tables, &Tables::GetSectorTable, get));
  EXPECT_EQ(got.SerializeAsString(), created.SerializeAsString());
  EXPECT_EQ(got.scian_prefixes(0).effective_date().year(), 2026);
  EXPECT_THAT(Called(*economy.tables, &Tables::CreateSectorTable, Automotive()),
              HasReason("SECTOR_TABLE_ALREADY_EXISTS"));
  get.set_name("sectorTables/none");
  EXPECT_THAT(Called(*economy.tables, &Tables::GetSectorTable, get),
              HasReason("SECTOR_TABLE_NOT_FOUND"));
  v1::BatchGetSectorTablesRequest batch;
  batch.add_names("sectorTables/automotive");
  batch.add_names("sectorTables/none");
  EXPECT_THAT(Called(*economy.tables, &Tables::BatchGetSectorTables, batch),
              HasReason("SECTOR_TABLE_NOT_FOUND"));
}

TEST(DemandStatement, TakesThePlaceOfTheEarlierOneOfItsNeed) {
  Client economy(NewDatabase(), "agency/economy");
  ASSERT_OK(economy.State("first", Welders("acme", 10)));
  ASSERT_OK(economy.State("other-need", [] {
    auto request = Welders("acme", 5);
    request.mutable_demand_statement()->set_level("conocer:2");
    return request;
  }()));
  ASSERT_OK_AND_ASSIGN(const auto second, economy.State("second", Welders("acme", 30)));
  EXPECT_EQ(second.state(), v1::DEMAND_STATE_CURRENT);
  ASSERT_OK_AND_ASSIGN(const auto first, economy.Get("acme/first"));
  EXPECT_EQ(first.state(), v1::DEMAND_STATE_SUPERSEDED);
  EXPECT_EQ(first.superseded_by(), NameOf("acme/second"));
  EXPECT_EQ(first.heads(), 10) << "history stays";
  ASSERT_OK_AND_ASSIGN(const auto other, economy.Get("acme/other-need"));
  EXPECT_EQ(other.state(), v1::DEMAND_STATE_CURRENT);
  EXPECT_THAT(economy.Withdraw("acme/first"), HasReason("DEMAND_STATEMENT_NOT_CURRENT"));
}

TEST(DemandStatement, WithATakenIdChangesNothing) {
  Client economy(NewDatabase(), "agency/economy");
  ASSERT_OK_AND_ASSIGN(const auto before, economy.State("one", Welders("acme", 10)));
  EXPECT_THAT(economy.State("one", Welders("acme", 99)),
              HasReason("DEMAND_STATEMENT_ALREADY_EXISTS"));
  ASSERT_OK_AND_ASSIGN(const auto after, economy.Get("acme/one"));
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
}

TEST(DemandStatement, IsStatedOnceByARepeatedCall) {
  Client economy(NewDatabase(), "agency/economy");
  const std::string request_id = crypto::Uuid4();
  ASSERT_OK_AND_ASSIGN(const auto first, economy.State("one", Welders("acme"), request_id));
  ASSERT_OK_AND_ASSIGN(const auto again, economy.State("one", Welders("acme"), request_id));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_THAT(economy.State("one", Welders("acme", 11), request_id),
              HasReason("REQUEST_ID_REUSED"));
}

TEST(DemandStatement, OfOneNeedIsCurrentOnceWhoeverRaces) {
  const sql::Target database = NewDatabase();
  Client economy(database, "agency/economy");
  constexpr int kRacers = 8, kRounds = 6;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::thread> racers;
    for (int racer = 0; racer < kRacers; ++racer) {
      racers.emplace_back([&economy, round, racer] {
        const auto stated = economy.State(absl::StrCat("r", round, "-", racer),
                                          Welders(absl::StrCat("racing", round), 1 + racer));
        EXPECT_TRUE(stated.ok() || absl::IsAborted(stated.status())) << stated.status();
      });
    }
    for (std::thread& racer : racers) racer.join();
  }
  sql::Connection connection(database);
  EXPECT_EQ(testing::MustCount(connection, "SELECT COUNT(*) FROM demand_statement WHERE state = 1"),
            kRounds);
  EXPECT_GT(testing::MustCount(connection, "SELECT COUNT(*) FROM demand_statement"), kRounds);
  EXPECT_EQ(testing::MustCount(
                connection,
                "SELECT COUNT(*) FROM demand_statement WHERE state = 2 AND superseded_by = ''"),
            0);
}

TEST(DemandStatement, OfAnotherCompanyIsAsGoodAsNone) {
  const sql::Target database = NewDatabase();
  Client economy(database, "agency/economy"), acme(database, "company/acme");
  ASSERT_OK(economy.State("globex-1", Welders("globex")));
  v1::CreateDemandStatementRequest of_acme = Welders("acme"), of_globex = Welders("globex");
  for (auto* request : {&of_acme, &of_globex}) request->mutable_demand_statement()->clear_source();
  ASSERT_OK(acme.State("acme-1", of_acme));
  EXPECT_THAT(acme.State("acme-2", of_globex), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(acme.Get("globex/globex-1"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
  EXPECT_THAT(acme.Withdraw("globex/globex-1"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
  // Whichever of several comes first is named, so that none tells of another.
  for (const std::vector<std::string>& ids :
       std::vector<std::vector<std::string>>{{"globex/globex-1", "globex/none"},
                                             {"globex/none", "globex/globex-1"},
                                             {"acme/acme-1", "globex/globex-1"}}) {
    const std::string fault = ids[0] == "acme/acme-1" ? ids[1] : ids[0];
    const absl::Status refused = acme.BatchGet(ids).status();
    EXPECT_THAT(refused, HasReason("DEMAND_STATEMENT_NOT_FOUND"));
    EXPECT_EQ(MetadataOf(refused, "name"), NameOf(fault));
  }
  EXPECT_OK(acme.BatchGet({"acme/acme-1"}));
  EXPECT_OK(economy.BatchGet({"globex/globex-1", "acme/acme-1"}));
  EXPECT_THAT(acme.List("-"), HasReason("OWNER_LIST_REFUSED"));
  EXPECT_THAT(acme.List("globex"), HasReason("OWNER_LIST_REFUSED"));
  EXPECT_THAT(acme.List("acme", "heads = 3"), HasReason("INVALID_FILTER"));
  ASSERT_OK_AND_ASSIGN(const auto own, acme.List("acme"));
  ASSERT_EQ(own.demand_statements_size(), 1);
  EXPECT_EQ(own.demand_statements(0).name(), NameOf("acme/acme-1"));
  ASSERT_OK_AND_ASSIGN(const auto all, economy.List("-"));
  EXPECT_EQ(all.demand_statements_size(), 2);
  EXPECT_OK(acme.Summary());
}

// Reads that wait for a worker are answered together (docs/decisions/0022).
TEST(DemandStatement, IsReadByEachForItselfWhoeverReadsAtTheSameTime) {
  const sql::Target database = NewDatabase();
  Client economy(database, "agency/economy"), acme(database, "company/acme");
  constexpr int kStatements = 8, kReaders = 32, kRounds = 40;
  for (int i = 0; i < kStatements; ++i) {
    const std::string company = i % 2 == 0 ? "acme" : "globex";
    ASSERT_OK(economy.State(absl::StrCat("s-", i), Welders(company, 1 + i)));
  }
  std::vector<std::thread> readers;
  for (int reader = 0; reader < kReaders; ++reader) {
    readers.emplace_back([&acme, reader] {
      for (int round = 0; round < kRounds; ++round) {
        const int i = (reader + round) % (kStatements + 2);
        if (i == kStatements) {
          EXPECT_THAT(acme.Get("acme/none"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
        } else if (i > kStatements) {
          EXPECT_THAT(acme.Get("acme/NO"), HasReason("INVALID_NAME"));
        } else if (i % 2 == 1) {
          EXPECT_THAT(acme.Get(absl::StrCat("globex/s-", i)),
                      HasReason("DEMAND_STATEMENT_NOT_FOUND"));
        } else {
          const auto got = acme.Get(absl::StrCat("acme/s-", i));
          ASSERT_OK(got);
          EXPECT_EQ(got->name(), NameOf(absl::StrCat("acme/s-", i)));
          EXPECT_EQ(got->heads(), 1 + i);
        }
      }
    });
  }
  for (std::thread& reader : readers) reader.join();
}

TEST(DemandStatement, IsWithdrawnWithTheRightEtagAndMayBeStatedAnew) {
  Client economy(NewDatabase(), "agency/economy");
  ASSERT_OK_AND_ASSIGN(const auto stated, economy.State("one", Welders("acme")));
  EXPECT_THAT(economy.Withdraw("acme/one", "v7"), HasReason("ETAG_MISMATCH"));
  ASSERT_OK_AND_ASSIGN(const auto withdrawn, economy.Withdraw("acme/one", stated.etag()));
  EXPECT_EQ(withdrawn.state(), v1::DEMAND_STATE_WITHDRAWN);
  EXPECT_THAT(economy.Withdraw("acme/one"), HasReason("DEMAND_STATEMENT_NOT_CURRENT"));
  ASSERT_OK(economy.State("two", Welders("acme")));
  ASSERT_OK_AND_ASSIGN(const auto history, economy.Get("acme/one"));
  EXPECT_EQ(history.state(), v1::DEMAND_STATE_WITHDRAWN);
  EXPECT_EQ(history.superseded_by(), "");
}

TEST(DemandStatement, IsRefusedWithEverythingThatIsWrong) {
  Client economy(NewDatabase(), "agency/economy");
  v1::CreateDemandStatementRequest backwards = Welders("acme");
  backwards.mutable_demand_statement()->mutable_end_date()->set_year(2026);
  EXPECT_THAT(economy.State("one", backwards), HasReason("INVALID_FIELDS"));
  const v1::CreateDemandStatementRequest nobody = Welders("acme", 0);
  EXPECT_THAT(economy.State("one", nobody), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(economy.Get("acme/One"), HasReason("INVALID_NAME"));
  EXPECT_THAT(economy.Get("acme/one"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
}

TEST(DemandSummary, CountsHeadsOnceAndContainsWhatWasWritten) {
  Client economy(NewDatabase(), "agency/economy");
  ASSERT_OK(Called(*economy.tables, &Tables::CreateSectorTable, Automotive()));
  ASSERT_OK(economy.State("a1", Welders("acme", 500)));
  ASSERT_OK(economy.State("a2", Welders("acme", 10)));
  ASSERT_OK(economy.State("b", Welders("globex", 20)));
  ASSERT_OK(economy.State("c", Welders("initech", 30)));
  std::string freshness;
  ASSERT_OK(economy.State("d", Welders("hooli", 15), "", &freshness));
  ASSERT_FALSE(freshness.empty());
  ASSERT_OK_AND_ASSIGN(const auto summary, economy.Summary("automotive", "11", {}, freshness));
  EXPECT_EQ(summary.head_count().value(), 75);
  EXPECT_EQ(summary.company_count().value(), 4);
  EXPECT_EQ(summary.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_THAT(summary.sources(), ElementsAre("test"));
  EXPECT_THAT(summary.could_not_split(), IsEmpty());
  ASSERT_EQ(summary.top_skills_size(), 1);
  EXPECT_EQ(summary.top_skills(0).count().value(), 75);
  ASSERT_EQ(summary.states_size(), 1);
  EXPECT_EQ(summary.states(0).count().value(), 75);
  EXPECT_EQ(summary.first_date().month(), 1);
  EXPECT_EQ(summary.last_date().month(), 12) << "years are told, no days";
  EXPECT_FALSE(summary.freshness_token().empty());
  EXPECT_GT(summary.as_of_time().seconds(), 0);
  EXPECT_THAT(economy.Summary("none"), HasReason("SECTOR_TABLE_NOT_FOUND"));
  EXPECT_THAT(economy.Summary("", "", {}, "nonsense"), HasReason("INVALID_FRESHNESS_TOKEN"));
}

TEST(DemandSummary, DoesNotTellNoneAndHiddenApart) {
  Client economy(NewDatabase(), "agency/economy");
  ASSERT_OK_AND_ASSIGN(const auto none, economy.Summary());
  EXPECT_EQ(none.head_count().mark(), type::v1::MARK_SUPPRESSED);
  for (const char* company : {"a", "b", "c"}) {
    ASSERT_OK(economy.State(company, Welders(company, 10)));
  }
  ASSERT_OK_AND_ASSIGN(const auto three, economy.Summary());
  EXPECT_EQ(three.head_count().mark(), type::v1::MARK_SUPPRESSED);
  EXPECT_EQ(three.company_count().mark(), type::v1::MARK_SUPPRESSED);
  EXPECT_THAT(three.top_skills(), IsEmpty()) << "a name that no figure is told of";
  EXPECT_THAT(three.states(), IsEmpty());
  EXPECT_THAT(three.sources(), IsEmpty());
  EXPECT_FALSE(three.has_first_date());
  ASSERT_OK_AND_ASSIGN(const auto elsewhere, economy.Summary("", "05"));
  EXPECT_EQ(elsewhere.head_count().mark(), type::v1::MARK_SUPPRESSED);
  // A skill that nobody stated is answered like one of which nothing is told.
  ASSERT_OK_AND_ASSIGN(auto stated, economy.Summary("", "11", {"welding"}));
  ASSERT_OK_AND_ASSIGN(auto never, economy.Summary("", "11", {"never-stated"}));
  never.mutable_top_skills(0)->set_skill("skills/welding");
  for (auto* const answer : {&stated, &never}) {
    answer->clear_freshness_token();  // no two are alike
    answer->clear_check_time();
  }
  EXPECT_EQ(never.ShortDebugString(), stated.ShortDebugString());
  ASSERT_OK(economy.State("d", Welders("d", 10)));
  ASSERT_OK_AND_ASSIGN(const auto four, economy.Summary());
  EXPECT_EQ(four.head_count().value(), 40);
}

// Asking before and after a statement gave it exactly.
TEST(DemandSummary, DoesNotTellWhatOneCompanyStatedBetweenTwoReleases) {
  Client economy(NewDatabase(), "agency/economy");
  for (const char* company : {"a", "b", "c", "d", "e"}) {
    ASSERT_OK(economy.State(company, Welders(company, 10)));
  }
  ASSERT_OK_AND_ASSIGN(const auto before, economy.Summary());
  ASSERT_GE(before.head_count().value(), 40);
  ASSERT_OK(economy.State("new", Welders("newcomer", 77)));
  ASSERT_OK_AND_ASSIGN(const auto after, economy.Summary());
  EXPECT_EQ(after.head_count().value(), before.head_count().value());
  EXPECT_EQ(after.company_count().value(), before.company_count().value());
}

// Of an attempt that was killed, or of another process, before its release was stored.
TEST(DemandSummary, ShowsNothingOfAReleaseThatWasNotFinished) {
  Client economy(NewDatabase(), "agency/economy");
  sql::Connection connection(economy.database);
  testing::MustExecute(connection,
                       "INSERT INTO demand_cell VALUES (CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS"
                       " SIGNED), '', '', '', 1, 1, 1, 2027, 2027, '')");
  for (const char* company : {"a", "b", "c", "d"}) {
    ASSERT_OK(economy.State(company, Welders(company, 10)));
  }
  EXPECT_TRUE(testing::Becomes([&] {
    const auto summary = economy.Summary();
    return summary.ok() && summary->head_count().value() == 40;
  }));
  EXPECT_EQ(*sql::Session(economy.database)
                 .Number({"test.left", "SELECT COUNT(*) FROM demand_cell WHERE heads = 1"}),
            0);
}

TEST(DemandSummary, IsMadeWhenEconomyAsks) {
  config::Server config;
  config.mutable_demand_release_pause()->set_seconds(1'000'000);
  const sql::Target database = NewDatabase();
  HostedModule hosted(Economy(), database, "agency/economy", config);
  const auto demand = v1::DemandService::NewStub(hosted.channel());
  v1::ReleaseDemandRequest ask;
  ask.set_request_id("0d0e0f10-0000-4000-8000-000000000001");
  std::string token;
  ASSERT_OK(Called(*demand, &Demand::ReleaseDemand, ask, &token));
  v1::GetDemandSummaryRequest request;
  request.set_at_least(token);
  absl::StatusOr<v1::DemandSummary> summary;
  EXPECT_TRUE(testing::Becomes([&] {
    summary = Called(*demand, &Demand::GetDemandSummary, request);
    return summary.ok() && summary->head_count().mark() == type::v1::MARK_SUPPRESSED;
  })) << summary.status();
}

// A kind that counts again is told as it was told last, until there is another release of it.
TEST(DemandSummary, IsTheLastOneOfTheKindThatCounts) {
  config::Server config;
  config.mutable_demand_release_pause()->set_seconds(1'000'000);
  HostedModule hosted(Economy(), NewDatabase(), "agency/economy", config);
  const auto demand = v1::DemandService::NewStub(hosted.channel());
  v1::GetDemandSummaryRequest request;
  absl::StatusOr<v1::DemandSummary> summary;
  const auto is_told = [&] {
    summary = Called(*demand, &Demand::GetDemandSummary, request);
    return summary.ok() && !summary->release().empty();
  };
  const auto release = [&](const char* request_id) {
    v1::ReleaseDemandRequest ask;
    ask.set_request_id(request_id);
    ASSERT_OK(Called(*demand, &Demand::ReleaseDemand, ask, request.mutable_at_least()));
    EXPECT_TRUE(testing::Becomes(is_told)) << summary.status();
    request.clear_at_least();
  };
  release("0d0e0f10-0000-4000-8000-000000000001");
  ASSERT_OK(summary);
  const std::string real = summary->release();
  ASSERT_OK(SetCounted(hosted.channel(), "demandStatements", type::v1::RECORD_KIND_GENERATED));
  EXPECT_FALSE(is_told()) << "there is none of generated ones";
  release("0d0e0f10-0000-4000-8000-000000000002");
  ASSERT_OK(summary);
  EXPECT_EQ(summary->record_kind(), type::v1::RECORD_KIND_GENERATED);
  const std::string token = summary->freshness_token();
  ASSERT_OK(SetCounted(hosted.channel(), "demandStatements", type::v1::RECORD_KIND_REAL));
  ASSERT_TRUE(is_told()) << summary.status();
  EXPECT_EQ(summary->release(), real);
  EXPECT_EQ(summary->record_kind(), type::v1::RECORD_KIND_REAL);
  request.set_at_least(token);
  EXPECT_FALSE(is_told());
  EXPECT_THAT(summary, HasReason("POSITION_NOT_REACHED")) << "that look was for the other kind";
}

// A figure in which a change waits is of an earlier release, whatever else the answer tells.
TEST(DemandSummary, SaysTheTimeOfItsEarliestFigure) {
  for (const char* cell : {"state_code = '11' AND skill = ''", "state_code = '' AND skill <> ''"}) {
    Client economy(NewDatabase(), "agency/economy");
    for (const char* company : {"a", "b", "c", "d"}) {
      ASSERT_OK(economy.State(company, Welders(company, 10)));
    }
    ASSERT_TRUE(testing::DemandIsReleased(economy.database));
    sql::Connection connection(economy.database);
    testing::MustExecute(connection, absl::StrCat("UPDATE demand_cell SET as_of = (SELECT"
                                                  " MIN(number) FROM demand_release) WHERE ",
                                                  cell));
    ASSERT_OK_AND_ASSIGN(const auto all, economy.Summary());
    ASSERT_EQ(all.head_count().value(), 40);
    ASSERT_OK_AND_ASSIGN(const auto nothing_told, economy.Summary("", "05"));
    EXPECT_EQ(all.release(), nothing_told.release());
    EXPECT_LT(FromProto(all.as_of_time()), FromProto(nothing_told.as_of_time())) << cell;
  }
}

TEST(DemandSummary, CountsTheKindThatEconomyHasSet) {
  Client economy(NewDatabase(), "agency/economy");
  for (const char* company : {"a", "b", "c", "f"}) {
    v1::CreateDemandStatementRequest generated = Welders(company);
    generated.mutable_demand_statement()->set_record_kind(type::v1::RECORD_KIND_GENERATED);
    ASSERT_OK(economy.State(absl::StrCat("generated-", company), generated));
  }
  ASSERT_OK_AND_ASSIGN(const auto unset, economy.Summary());
  EXPECT_EQ(unset.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_EQ(unset.head_count().value(), 0);
  EXPECT_THAT(unset.sources(), IsEmpty());
  ASSERT_OK(
      SetCounted(economy.hosted.channel(), "demandStatements", type::v1::RECORD_KIND_GENERATED));
  ASSERT_OK_AND_ASSIGN(const auto sample, economy.Summary());
  EXPECT_EQ(sample.record_kind(), type::v1::RECORD_KIND_GENERATED);
  EXPECT_EQ(sample.head_count().value(), 40);
  for (const char* company : {"a", "d", "e", "f"}) {
    ASSERT_OK(economy.State(absl::StrCat("real-", company), Welders(company, 7)));
  }
  ASSERT_OK(SetCounted(economy.hosted.channel(), "demandStatements", type::v1::RECORD_KIND_REAL));
  ASSERT_OK_AND_ASSIGN(const auto real, economy.Summary());
  EXPECT_EQ(real.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_EQ(real.head_count().value(), 28);
}

TEST(DemandSummary, IsNotFlippedByACompany) {
  const sql::Target database = NewDatabase();
  Client economy(database, "agency/economy"), acme(database, "company/acme");
  ASSERT_OK(
      SetCounted(economy.hosted.channel(), "demandStatements", type::v1::RECORD_KIND_GENERATED));
  for (const char* company : {"a", "b", "c", "f"}) {
    v1::CreateDemandStatementRequest generated = Welders(company);
    generated.mutable_demand_statement()->set_record_kind(type::v1::RECORD_KIND_GENERATED);
    ASSERT_OK(economy.State(absl::StrCat("generated-", company), generated));
  }
  const auto is_as_before = [&] {
    const auto summary = economy.Summary();
    ASSERT_OK(summary);
    EXPECT_EQ(summary->record_kind(), type::v1::RECORD_KIND_GENERATED);
    EXPECT_EQ(summary->head_count().value(), 40);
    EXPECT_THAT(summary->sources(), ElementsAre("test"));
    EXPECT_EQ(summary->top_skills_size(), 1);
  };
  v1::CreateDemandStatementRequest made_up = Welders("acme", 1000);
  made_up.mutable_demand_statement()->set_skill("skills/made-up");
  made_up.mutable_demand_statement()->clear_source();
  ASSERT_OK_AND_ASSIGN(const auto stated, acme.State("made-up", made_up));
  EXPECT_EQ(stated.source(), "company.acme");
  EXPECT_EQ(stated.record_kind(), type::v1::RECORD_KIND_REAL)
      << "as the registry says of companies";
  is_as_before();
  ASSERT_OK(acme.Withdraw("acme/made-up"));
  is_as_before();
}

TEST(DemandStatement, SaysNothingOfItsSourceAndKindThatIsNotTheCompanys) {
  const sql::Target database = NewDatabase();
  Client economy(database, "agency/economy"), acme(database, "company/acme");
  ASSERT_OK_AND_ASSIGN(const auto first, economy.State("first", Welders("acme")));
  v1::CreateDemandStatementRequest another = Welders("acme", 20);
  const absl::Status refused = acme.State("second", another).status();
  EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(MetadataOf(refused, "field"), "demand_statement.source");
  EXPECT_EQ(MetadataOf(refused, "rule"), "NOT_YOUR_SOURCE");
  another.mutable_demand_statement()->set_source("company.acme");
  another.mutable_demand_statement()->set_record_kind(
      type::v1::RECORD_KIND_GENERATED);  // so as to stand beside the first
  ASSERT_OK_AND_ASSIGN(const auto second, acme.State("second", another));
  EXPECT_EQ(second.record_kind(), type::v1::RECORD_KIND_REAL);
  ASSERT_OK_AND_ASSIGN(const auto now, economy.Get("acme/first"));
  EXPECT_EQ(now.superseded_by(), second.name()) << "one need, whatever kind was asked for";
}

TEST(DemandSummary, SaysThatACoarseClassCannotBeSplit) {
  Client economy(NewDatabase(), "agency/economy");
  ASSERT_OK(Called(*economy.tables, &Tables::CreateSectorTable, Automotive()));
  for (const char* company : {"a", "b", "c", "d"}) {
    ASSERT_OK_AND_ASSIGN(const auto fewer, economy.Summary("automotive"));
    EXPECT_THAT(fewer.could_not_split(), IsEmpty()) << "it would tell that one states it so";
    v1::CreateDemandStatementRequest coarse = Welders(company);
    coarse.mutable_demand_statement()->set_scian_class("33");
    ASSERT_OK(economy.State(company, coarse));
  }
  ASSERT_OK_AND_ASSIGN(const auto sector, economy.Summary("automotive"));
  EXPECT_THAT(sector.could_not_split(), ElementsAre("sector"));
  ASSERT_OK_AND_ASSIGN(const auto all, economy.Summary());
  EXPECT_THAT(all.could_not_split(), IsEmpty());
}

TEST(Sample, LoadsAndShowsBothCasesOfSuppression) {
  Client economy(NewDatabase(), "agency/economy");
  for (const auto& request :
       BundledRequests<api::v1::CreateCountedKindRequest>("data/economy/0-counted-kinds.json")) {
    ASSERT_OK(SetCounted(economy.hosted.channel(), request));
  }
  for (const auto& request :
       BundledRequests<v1::CreateSectorTableRequest>("data/economy/sector-tables.json")) {
    ASSERT_OK(Called(*economy.tables, &Tables::CreateSectorTable, request));
  }
  const auto companies = v1::CompanyService::NewStub(economy.hosted.channel());
  const auto chambers = v1::ChamberService::NewStub(economy.hosted.channel());
  for (const auto& request :
       BundledRequests<v1::CreateChamberRequest>("data/economy/1-chambers.json")) {
    ASSERT_OK(Called(*chambers, &v1::ChamberService::Stub::CreateChamber, request));
  }
  for (const auto& request :
       BundledRequests<v1::CreateCompanyRequest>("data/economy/2-companies.json")) {
    ASSERT_OK(Called(*companies, &v1::CompanyService::Stub::CreateCompany, request));
  }
  for (const auto& request :
       BundledRequests<v1::ConfirmCompanyRequest>("data/economy/3-companies-confirm.json")) {
    ASSERT_OK(Called(*companies, &v1::CompanyService::Stub::ConfirmCompany, request, nullptr, "",
                     "officer-1"));
  }
  for (const auto& request :
       BundledRequests<v1::CreateDemandStatementRequest>("data/economy/demand-statements.json")) {
    ASSERT_OK_AND_ASSIGN(const auto stated,
                         Called(*economy.demand, &Demand::CreateDemandStatement, request));
    EXPECT_EQ(stated.standing(), v1::DEMAND_STANDING_PLAUSIBLE) << stated.name();
  }
  ASSERT_OK_AND_ASSIGN(const auto all, economy.Summary());
  EXPECT_EQ(all.record_kind(), type::v1::RECORD_KIND_GENERATED);
  EXPECT_THAT(all.sources(), ElementsAre("puente-sample"));
  EXPECT_GT(all.head_count().value(), 1000);
  EXPECT_GE(all.top_skills_size(), 1);
  ASSERT_OK_AND_ASSIGN(const auto few, economy.Summary("aerospace", "26"));
  EXPECT_EQ(few.head_count().mark(), type::v1::MARK_SUPPRESSED);
  ASSERT_OK_AND_ASSIGN(const auto dominated, economy.Summary("automotive", "21"));
  EXPECT_EQ(dominated.head_count().mark(), type::v1::MARK_SUPPRESSED);
  ASSERT_OK_AND_ASSIGN(const auto first, economy.Get("acme/sample-001"));
  EXPECT_EQ(first.state(), v1::DEMAND_STATE_SUPERSEDED);
}

// The need's unique key and the version of what is superseded decide, whoever else changes it.
TEST(DemandStatement, SupersedesNoneThatIsBeingWithdrawn) {
  const sql::Target database = NewDatabase();
  Client client(database, "agency/economy");
  ASSERT_OK(client.State("first", Welders("acme")));
  sql::Connection other(database);
  testing::MustExecute(other, "START TRANSACTION");
  testing::MustExecute(
      other, absl::StrCat("UPDATE demand_statement SET version = version + 1, current_need = NULL,"
                          " state = ",
                          static_cast<int>(v1::DEMAND_STATE_WITHDRAWN)));
  absl::StatusOr<v1::DemandStatement> second;
  EXPECT_TRUE(
      testing::WaitsFor(other, [&] { second = client.State("second", Welders("acme", 20)); }));
  ASSERT_OK(second);
  ASSERT_OK_AND_ASSIGN(const auto first, client.Get("acme/first"));
  EXPECT_EQ(first.state(), v1::DEMAND_STATE_WITHDRAWN);
  EXPECT_EQ(first.superseded_by(), "");
}

}  // namespace
}  // namespace puente::economy
