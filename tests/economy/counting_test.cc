// Whose statements count: attacks on the national overview, each by calls that the contract allows.
#include "modules/economy/demand_statements/counting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "modules/economy/demand_statements/counted.h"
#include "modules/economy/module.h"
#include "puente/economy/v1/chamber.grpc.pb.h"
#include "puente/economy/v1/company.grpc.pb.h"
#include "puente/economy/v1/consent.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/released.h"
#include "tests/testing/status.h"

namespace puente::economy {
namespace {

using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kOfficer[] = "officer-1";

google::type::Date Date(int year) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(1);
  date.set_day(1);
  return date;
}

v1::CreateDemandStatementRequest Need(const std::string& company, int heads,
                                      const std::string& skill) {
  v1::CreateDemandStatementRequest request;
  request.set_parent("companies/" + company);
  v1::DemandStatement& statement = *request.mutable_demand_statement();
  statement.set_skill("skills/" + skill);
  statement.set_heads(heads);
  *statement.mutable_start_date() = Date(2027);
  *statement.mutable_end_date() = Date(2199);
  statement.set_state_code("11");
  statement.set_scian_class("336110");
  statement.set_record_kind(type::v1::RECORD_KIND_REAL);
  return request;
}

// "acme/first" as "companies/acme/demandStatements/first".
std::string NameOf(const std::string& statement) {
  const std::pair<std::string, std::string> ids = absl::StrSplit(statement, '/');
  return absl::StrCat("companies/", ids.first, "/demandStatements/", ids.second);
}

// Economy as seen by one caller, who acts by an officer.
struct Party {
  Party(const sql::Target& database, const std::string& caller)
      : database(database),
        source(caller == "agency/economy" ? "test" : ""),
        hosted(Economy(), database, caller),
        demand(v1::DemandService::NewStub(hosted.channel())),
        companies(v1::CompanyService::NewStub(hosted.channel())),
        chambers(v1::ChamberService::NewStub(hosted.channel())),
        consents(v1::ConsentService::NewStub(hosted.channel())) {}

  absl::StatusOr<v1::Company> Enter(const std::string& id, v1::CompanySize size,
                                    const std::string& group = "") {
    v1::CreateCompanyRequest request;
    request.set_company_id(id);
    request.mutable_company()->set_legal_name("Empresa");
    request.mutable_company()->set_scian_class("336110");
    request.mutable_company()->set_state_code("11");
    request.mutable_company()->set_size(size);
    request.mutable_company()->set_business_group(group);
    request.mutable_company()->set_source(source);
    request.mutable_company()->set_record_kind(type::v1::RECORD_KIND_REAL);
    return Called(*companies, &v1::CompanyService::Stub::CreateCompany, request);
  }
  template <class Request>
  absl::StatusOr<v1::Company> Decide(grpc::Status (v1::CompanyService::Stub::*verb)(
                                         grpc::ClientContext*, const Request&, v1::Company*),
                                     const std::string& id) {
    Request request;
    request.set_name("companies/" + id);
    request.set_reason("prueba");
    return Called(*companies, verb, request, nullptr, "", kOfficer);
  }
  absl::StatusOr<v1::Company> Register(const std::string& id) {
    return Decide(&v1::CompanyService::Stub::RegisterCompany, id);
  }
  absl::StatusOr<v1::Company> Confirm(const std::string& id) {
    return Decide(&v1::CompanyService::Stub::ConfirmCompany, id);
  }
  // A company that Economy added and confirmed.
  void Welcome(const std::string& id, v1::CompanySize size, const std::string& group = "") {
    ASSERT_OK(Enter(id, size, group));
    ASSERT_OK(Confirm(id));
  }
  absl::StatusOr<v1::Company> Update(v1::Company company, const std::string& path) {
    v1::UpdateCompanyRequest request;
    *request.mutable_company() = std::move(company);
    request.mutable_update_mask()->add_paths(path);
    return Called(*companies, &v1::CompanyService::Stub::UpdateCompany, request);
  }
  absl::StatusOr<v1::DemandStatement> State(const std::string& id,
                                            v1::CreateDemandStatementRequest request) {
    request.set_demand_statement_id(id);
    request.mutable_demand_statement()->set_source(source);
    return Called(*demand, &v1::DemandService::Stub::CreateDemandStatement, request);
  }
  absl::StatusOr<v1::DemandStatement> Withdraw(const std::string& id) {
    v1::WithdrawDemandStatementRequest request;
    request.set_name(NameOf(id));
    return Called(*demand, &v1::DemandService::Stub::WithdrawDemandStatement, request);
  }
  absl::StatusOr<v1::DemandStatement> Vouch(const std::string& id) {
    v1::ConfirmDemandStatementRequest request;
    request.set_name(NameOf(id));
    return Called(*demand, &v1::DemandService::Stub::ConfirmDemandStatement, request, nullptr, "",
                  kOfficer);
  }
  absl::StatusOr<v1::DemandStatement> Get(const std::string& id) {
    v1::GetDemandStatementRequest request;
    request.set_name(NameOf(id));
    return Called(*demand, &v1::DemandService::Stub::GetDemandStatement, request, nullptr,
                  "administration");
  }
  absl::StatusOr<v1::ListDemandStatementsResponse> List(const std::string& company,
                                                        const std::string& filter = "") {
    v1::ListDemandStatementsRequest request;
    request.set_parent("companies/" + company);
    request.set_filter(filter);
    return Called(*demand, &v1::DemandService::Stub::ListDemandStatements, request, nullptr,
                  "administration");
  }
  absl::StatusOr<v1::DemandVerdict> Explain(const std::string& id) {
    v1::ExplainDemandStatementRequest request;
    request.set_name(NameOf(id));
    return Called(*demand, &v1::DemandService::Stub::ExplainDemandStatement, request, nullptr,
                  "administration");
  }
  // All that keeps a statement from counting.
  std::vector<int> Obstacles(const std::string& id) {
    const auto verdict = Explain(id);
    EXPECT_OK(verdict);
    std::vector<int> obstacles;
    for (const v1::DemandReason& reason : verdict->reasons()) {
      obstacles.push_back(reason.obstacle());
      EXPECT_FALSE(reason.text().empty());
    }
    EXPECT_EQ(verdict->counts(), obstacles.empty());
    return obstacles;
  }
  std::string Overview() {
    EXPECT_TRUE(testing::DemandIsReleased(database));
    auto summary =
        Called(*demand, &v1::DemandService::Stub::GetDemandSummary, v1::GetDemandSummaryRequest());
    EXPECT_OK(summary);
    summary->clear_freshness_token();
    summary->clear_as_of_time();
    summary->clear_check_time();
    return summary->ShortDebugString();
  }
  absl::StatusOr<v1::Consent> Consent(const std::string& company, const std::string& id,
                                      const std::string& chamber,
                                      const std::vector<v1::ConsentAct>& acts, int from = 2020,
                                      int until = 0) {
    v1::CreateConsentRequest request;
    request.set_parent("companies/" + company);
    request.set_consent_id(id);
    request.mutable_consent()->set_chamber("chambers/" + chamber);
    request.mutable_consent()->mutable_acts()->Assign(acts.begin(), acts.end());
    *request.mutable_consent()->mutable_start_date() = Date(from);
    if (until > 0) *request.mutable_consent()->mutable_end_date() = Date(until);
    request.mutable_consent()->set_source(source);
    request.mutable_consent()->set_record_kind(type::v1::RECORD_KIND_REAL);
    return Called(*consents, &v1::ConsentService::Stub::CreateConsent, request);
  }
  absl::StatusOr<v1::Consent> WithdrawConsent(const std::string& name) {
    v1::WithdrawConsentRequest request;
    request.set_name(name);
    return Called(*consents, &v1::ConsentService::Stub::WithdrawConsent, request);
  }
  absl::StatusOr<v1::Consent> GetConsent(const std::string& name) {
    v1::GetConsentRequest request;
    request.set_name(name);
    return Called(*consents, &v1::ConsentService::Stub::GetConsent, request);
  }
  absl::StatusOr<v1::ListConsentsResponse> ListConsents(const std::string& company,
                                                        const std::string& filter = "") {
    v1::ListConsentsRequest request;
    request.set_parent("companies/" + company);
    request.set_filter(filter);
    return Called(*consents, &v1::ConsentService::Stub::ListConsents, request);
  }
  void AddChamber(const std::string& id) {
    v1::CreateChamberRequest request;
    request.set_chamber_id(id);
    request.mutable_chamber()->set_label_es("Cámara");
    request.mutable_chamber()->set_source("test");
    request.mutable_chamber()->set_record_kind(type::v1::RECORD_KIND_REAL);
    ASSERT_OK(Called(*chambers, &v1::ChamberService::Stub::CreateChamber, request));
  }

  const sql::Target database;
  const std::string source;  // which others than the agency leave to the registry
  HostedModule hosted;
  std::unique_ptr<v1::DemandService::Stub> demand;
  std::unique_ptr<v1::CompanyService::Stub> companies;
  std::unique_ptr<v1::ChamberService::Stub> chambers;
  std::unique_ptr<v1::ConsentService::Stub> consents;
};

constexpr char kAwaiting[] = "state = CURRENT AND standing = AWAITS_CONFIRMATION";

class Counting : public ::testing::Test {
 protected:
  // Four large companies of which the overview tells something, and what it tells.
  void Settle() {
    for (const char* id : {"uno", "dos", "tres", "cuatro"}) {
      economy.Welcome(id, v1::COMPANY_SIZE_LARGE);
      ASSERT_OK(economy.State(absl::StrCat("de-", id), Need(id, 100, "welding")));
    }
    settled = economy.Overview();
    ASSERT_THAT(settled, ::testing::HasSubstr("head_count { value: 400 }"));
  }

  const sql::Target database = Database::Shared().NewSchema(Economy().migrations);
  Party economy{database, "agency/economy"};
  std::string settled;
};

TEST_F(Counting, OfManyCompaniesIsInTheFiguresOnceTheyAreConfirmed) {
  Settle();
  for (int i = 0; i < 5; ++i) {
    const std::string id = absl::StrCat("nueva-", i);
    ASSERT_OK(economy.Enter(id, v1::COMPANY_SIZE_MICRO));
    ASSERT_OK(economy.State(absl::StrCat("de-", id), Need(id, 20, "welding")));
    ASSERT_OK(economy.State(absl::StrCat("mucho-", id), Need(id, 1'000'000, "sewing")));
  }
  EXPECT_EQ(economy.Overview(), settled) << "nobody confirmed them";
  for (int i = 0; i < 5; ++i) ASSERT_OK(economy.Confirm(absl::StrCat("nueva-", i)));
  EXPECT_TRUE(testing::Becomes([&] {
    return absl::StrContains(economy.Overview(), "head_count { value: 500 }");
  })) << economy.Overview()
      << ": what is beyond their size waits";
}

TEST_F(Counting, BeginsOnceTheCompanyIsRegisteredAndConfirmed) {
  Settle();
  Party acme(database, "company/acme");
  ASSERT_OK_AND_ASSIGN(auto company, acme.Enter("acme", v1::COMPANY_SIZE_SMALL));
  EXPECT_EQ(company.state(), v1::COMPANY_STATE_APPLIED);
  ASSERT_OK(acme.State("need", Need("acme", 20, "welding")));
  EXPECT_THAT(acme.Obstacles("acme/need"), ElementsAre(v1::DEMAND_OBSTACLE_COMPANY_NOT_REGISTERED));
  EXPECT_EQ(economy.Overview(), settled) << "it applied and is in no register";
  EXPECT_THAT(economy.Confirm("acme"), HasReason("COMPANY_STATE_WRONG"));
  ASSERT_OK(economy.Register("acme"));
  EXPECT_THAT(acme.Obstacles("acme/need"), ElementsAre(v1::DEMAND_OBSTACLE_COMPANY_NOT_CONFIRMED));
  EXPECT_EQ(economy.Overview(), settled) << "nobody confirmed it";
  ASSERT_OK_AND_ASSIGN(company, economy.Confirm("acme"));
  EXPECT_EQ(company.confirmed_by(), "agency/economy");
  EXPECT_GT(company.confirm_time().seconds(), 0);
  EXPECT_THAT(acme.Obstacles("acme/need"), IsEmpty());
  EXPECT_EQ(economy.Overview(), settled) << "it counts, but alone the change would tell its need";
  ASSERT_OK(economy.Decide(&v1::CompanyService::Stub::SuspendCompany, "acme"));
  EXPECT_THAT(acme.Obstacles("acme/need"), ElementsAre(v1::DEMAND_OBSTACLE_COMPANY_SUSPENDED));
  EXPECT_EQ(economy.Overview(), settled);
  company.clear_etag();
  EXPECT_THAT(acme.Update(company, "state_code"), HasReason("COMPANY_STATE_WRONG"));
  ASSERT_OK(economy.Decide(&v1::CompanyService::Stub::WithdrawCompany, "acme"));
  EXPECT_THAT(acme.Obstacles("acme/need"), ElementsAre(v1::DEMAND_OBSTACLE_COMPANY_WITHDRAWN));
}

TEST_F(Counting, EndsWhereACompanyChangesWhatWasConfirmed) {
  Party acme(database, "company/acme");
  EXPECT_THAT(acme.Enter("acme", v1::COMPANY_SIZE_UNSPECIFIED), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(acme.Enter("globex", v1::COMPANY_SIZE_MICRO), HasReason("OWNER_MISMATCH"));
  economy.Welcome("acme", v1::COMPANY_SIZE_MICRO);
  ASSERT_OK(acme.State("need", Need("acme", 20, "welding")));
  v1::Company change;
  change.set_name("companies/acme");
  change.set_state_code("19");
  change.set_size(v1::COMPANY_SIZE_LARGE);
  change.set_business_group("otro");
  ASSERT_OK_AND_ASSIGN(auto moved, acme.Update(change, "state_code"));
  EXPECT_EQ(moved.state(), v1::COMPANY_STATE_CONFIRMED);
  EXPECT_THAT(acme.Obstacles("acme/need"), IsEmpty());
  for (const char* path : {"size", "business_group"}) {
    ASSERT_OK_AND_ASSIGN(const auto grown, acme.Update(change, path));
    EXPECT_EQ(grown.state(), v1::COMPANY_STATE_REGISTERED) << path;
    EXPECT_EQ(grown.state_reason(), "");
    ASSERT_OK(economy.Confirm("acme"));
  }
  change.set_scian_class("111110");
  ASSERT_OK_AND_ASSIGN(const auto by_economy, economy.Update(change, "scian_class"));
  EXPECT_EQ(by_economy.state(), v1::COMPANY_STATE_CONFIRMED) << "Economy may confirm it";
}

TEST_F(Counting, WaitsForWhatIsBeyondTheCompanysSize) {
  Settle();
  economy.Welcome("taller", v1::COMPANY_SIZE_MICRO);
  Party taller(database, "company/taller");
  ASSERT_OK_AND_ASSIGN(const auto huge, taller.State("huge", Need("taller", 1'000'000, "welding")));
  EXPECT_EQ(huge.standing(), v1::DEMAND_STANDING_AWAITS_CONFIRMATION);
  EXPECT_EQ(huge.state(), v1::DEMAND_STATE_CURRENT);
  EXPECT_THAT(taller.Obstacles("taller/huge"),
              ElementsAre(v1::DEMAND_OBSTACLE_AWAITS_CONFIRMATION));
  EXPECT_EQ(economy.Overview(), settled) << "one statement of 1,000,000 heads";
  ASSERT_OK(taller.State("small", Need("taller", 30, "sewing")));
  EXPECT_THAT(taller.Obstacles("taller/small"), IsEmpty()) << "what waits takes no room";
}

TEST_F(Counting, WaitsForManyStatementsThatAddUpBeyondIt) {
  economy.Welcome("taller", v1::COMPANY_SIZE_MICRO);
  Party taller(database, "company/taller");
  for (int i = 0; i < 5; ++i) {
    ASSERT_OK_AND_ASSIGN(
        const auto stated,
        taller.State(absl::StrCat("n-", i), Need("taller", 10, absl::StrCat("skill-", i))));
    EXPECT_EQ(stated.standing(),
              i < 3 ? v1::DEMAND_STANDING_PLAUSIBLE : v1::DEMAND_STANDING_AWAITS_CONFIRMATION);
  }
  // A later statement of a need has the room of the earlier one; what is withdrawn gives its back.
  ASSERT_OK_AND_ASSIGN(const auto less, taller.State("less", Need("taller", 4, "skill-0")));
  EXPECT_EQ(less.standing(), v1::DEMAND_STANDING_PLAUSIBLE);
  ASSERT_OK_AND_ASSIGN(const auto six, taller.State("six", Need("taller", 6, "skill-3")));
  EXPECT_EQ(six.standing(), v1::DEMAND_STANDING_PLAUSIBLE);
  ASSERT_OK_AND_ASSIGN(const auto one, taller.State("one", Need("taller", 1, "skill-4")));
  EXPECT_EQ(one.standing(), v1::DEMAND_STANDING_AWAITS_CONFIRMATION);
  ASSERT_OK(taller.Withdraw("taller/six"));
  ASSERT_OK_AND_ASSIGN(const auto again, taller.State("again", Need("taller", 1, "skill-4")));
  EXPECT_EQ(again.standing(), v1::DEMAND_STANDING_PLAUSIBLE);
  // So does what Economy vouches for, though it awaited nothing.
  ASSERT_OK(economy.Vouch("taller/n-1"));
  ASSERT_OK_AND_ASSIGN(const auto more, taller.State("more", Need("taller", 15, "skill-5")));
  EXPECT_EQ(more.standing(), v1::DEMAND_STANDING_PLAUSIBLE);
}

TEST_F(Counting, TakesTheSizeOfNoCompanyForTrueThatNobodyConfirmed) {
  Party acme(database, "company/acme");
  ASSERT_OK(acme.Enter("acme", v1::COMPANY_SIZE_LARGE));
  ASSERT_OK_AND_ASSIGN(const auto stated, acme.State("need", Need("acme", 31, "welding")));
  EXPECT_EQ(stated.standing(), v1::DEMAND_STANDING_AWAITS_CONFIRMATION);
  ASSERT_OK(economy.Register("acme"));
  ASSERT_OK(economy.Confirm("acme"));
  ASSERT_OK_AND_ASSIGN(const auto anew, acme.State("anew", Need("acme", 31, "welding")));
  EXPECT_EQ(anew.standing(), v1::DEMAND_STANDING_PLAUSIBLE);
}

TEST_F(Counting, LetsNoTwoStatementsAtOnceSlipUnderTheBound) {
  constexpr int kRacers = 8;
  for (int round = 0; round < 4; ++round) {
    const std::string id = absl::StrCat("taller-", round);
    economy.Welcome(id, v1::COMPANY_SIZE_MICRO);
    std::vector<std::thread> racers;
    for (int i = 0; i < kRacers; ++i) {
      racers.emplace_back([&, i] {
        EXPECT_OK(economy.State(absl::StrCat(id, "-", i), Need(id, 20, absl::StrCat("skill-", i))));
      });
    }
    for (std::thread& racer : racers) racer.join();
  }
  sql::Connection connection(database);
  EXPECT_EQ(
      testing::MustCount(connection, "SELECT COUNT(*) FROM demand_statement WHERE standing = 1"),
      4);
  EXPECT_EQ(testing::MustCount(connection, "SELECT SUM(heads) FROM demand_total"), 80);
}

// The total is written in the statement's own transaction: who comes second waits for it.
TEST_F(Counting, WaitsForAnotherStatementOfTheCompany) {
  economy.Welcome("taller", v1::COMPANY_SIZE_MICRO);
  ASSERT_OK(economy.State("first", Need("taller", 10, "welding")));
  sql::Connection other(database);
  testing::MustExecute(other, "START TRANSACTION");
  testing::MustExecute(other, "UPDATE demand_total SET heads = 29");
  testing::MustExecute(other, "UPDATE demand_statement SET heads = 29");
  absl::StatusOr<v1::DemandStatement> second;
  EXPECT_TRUE(testing::WaitsFor(
      other, [&] { second = economy.State("second", Need("taller", 2, "sewing")); }));
  ASSERT_OK(second);
  EXPECT_EQ(second->standing(), v1::DEMAND_STANDING_AWAITS_CONFIRMATION);
}

TEST_F(Counting, EndsWithTheLastDayOfThePeriod) {
  Settle();
  sql::Connection connection(database);
  testing::MustExecute(connection, "UPDATE demand_statement SET end_date = '2026-01-31'");
  EXPECT_THAT(economy.Obstacles("uno/de-uno"), ElementsAre(v1::DEMAND_OBSTACLE_PERIOD_OVER));
  // As if the last look had been on that day. Nobody writes anything.
  testing::MustExecute(connection, "UPDATE demand_look SET day = '2026-01-31'");
  EXPECT_TRUE(testing::Becomes([&] {
    return !absl::StrContains(economy.Overview(), "head_count { value: 400 }");
  })) << economy.Overview();
}

TEST_F(Counting, HasRoomAgainForWhatIsOver) {
  economy.Welcome("taller", v1::COMPANY_SIZE_MICRO);
  Party taller(database, "company/taller");
  ASSERT_OK(taller.State("first", Need("taller", 30, "welding")));
  ASSERT_OK_AND_ASSIGN(const auto early, taller.State("early", Need("taller", 1, "sewing")));
  EXPECT_EQ(early.standing(), v1::DEMAND_STANDING_AWAITS_CONFIRMATION);
  sql::Connection connection(database);
  testing::MustExecute(connection,
                       "UPDATE demand_statement SET end_date = '2026-01-31' WHERE id = 'first'");
  ASSERT_OK_AND_ASSIGN(const auto next, taller.State("next", Need("taller", 20, "sewing")));
  EXPECT_EQ(next.standing(), v1::DEMAND_STANDING_PLAUSIBLE);
  ASSERT_OK(taller.Withdraw("taller/first"));
  EXPECT_EQ(testing::MustCount(connection, "SELECT SUM(heads) FROM demand_total"), 20)
      << "given back once";
  // Of a need that is stated anew the earlier heads are not in the way, nor what others had.
  testing::MustExecute(connection, "UPDATE demand_total SET heads = 99");
  ASSERT_OK_AND_ASSIGN(const auto more, taller.State("more", Need("taller", 30, "sewing")));
  EXPECT_EQ(more.standing(), v1::DEMAND_STANDING_PLAUSIBLE);
  ASSERT_OK_AND_ASSIGN(const auto late, taller.State("late", Need("taller", 1, "welding")));
  EXPECT_EQ(late.standing(), v1::DEMAND_STANDING_AWAITS_CONFIRMATION);
}

// The disclosure rule counts companies: a legal entity with several would be several contributors.
TEST_F(Counting, IsOfOneCompanyForEachLegalEntity) {
  v1::Company change;
  change.set_rfc("MAB9307148T4");
  for (const char* id : {"uno", "dos"}) {
    ASSERT_OK(economy.Enter(id, v1::COMPANY_SIZE_MICRO));
    change.set_name(absl::StrCat("companies/", id));
    ASSERT_OK(economy.Update(change, "rfc"));
  }
  ASSERT_OK(economy.Confirm("uno"));
  const absl::Status refused = economy.Confirm("dos").status();
  EXPECT_THAT(refused, HasReason("COMPANY_RFC_CONFIRMED"));
  EXPECT_EQ(MetadataOf(refused, "other"), "companies/uno");
  economy.Welcome("tres", v1::COMPANY_SIZE_MICRO);
  change.set_name("companies/tres");
  EXPECT_THAT(economy.Update(change, "rfc"), HasReason("COMPANY_RFC_CONFIRMED"));
  v1::ListCompaniesRequest list;
  list.set_filter("rfc = \"MAB9307148T4\"");
  ASSERT_OK_AND_ASSIGN(const auto same,
                       Called(*economy.companies, &v1::CompanyService::Stub::ListCompanies, list));
  EXPECT_EQ(same.companies_size(), 2);
  ASSERT_OK(economy.Decide(&v1::CompanyService::Stub::WithdrawCompany, "uno"));
  EXPECT_OK(economy.Confirm("dos"));
}

class Chambers : public Counting {
 protected:
  void SetUp() override {
    economy.AddChamber("a");
    economy.AddChamber("b");
    economy.Welcome("acme", v1::COMPANY_SIZE_MICRO);
    ASSERT_OK(acme.State("own", Need("acme", 1, "sewing")));
  }
  // That the chamber may do nothing, and learns nothing of what there is.
  void ExpectStranger(Party& chamber) {
    EXPECT_THAT(chamber.Get("acme/own"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
    EXPECT_THAT(chamber.Explain("acme/own"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
    EXPECT_THAT(chamber.Withdraw("acme/own"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
    EXPECT_THAT(chamber.Vouch("acme/own"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
    for (const char* company : {"acme", "absent"}) {
      EXPECT_THAT(chamber.List(company), HasReason("OWNER_LIST_REFUSED"));
      EXPECT_THAT(chamber.State("by-chamber", Need(company, 1, "welding")),
                  HasReason("OWNER_MISMATCH"));
    }
    EXPECT_THAT(chamber.List("-"), HasReason("OWNER_LIST_REFUSED"));
    const std::string hidden(chamber.Get("acme/own").status().message());
    EXPECT_EQ(absl::StrReplaceAll(hidden, {{"Statements/own", "Statements/none"}}),
              chamber.Get("acme/none").status().message());
  }

  Party acme{database, "company/acme"};
  Party a{database, "chamber/a"};
  Party b{database, "chamber/b"};
};

TEST_F(Chambers, ActForACompanyByItsConsentAlone) {
  ExpectStranger(a);
  ASSERT_OK_AND_ASSIGN(const auto reading,
                       acme.Consent("acme", "lee", "a", {v1::CONSENT_ACT_READ_DEMAND}));
  EXPECT_OK(a.Get("acme/own"));
  EXPECT_OK(a.Explain("acme/own"));
  EXPECT_OK(a.List("acme"));
  EXPECT_THAT(a.List("-"), HasReason("OWNER_LIST_REFUSED"));
  EXPECT_THAT(a.State("x", Need("acme", 1, "welding")), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(a.Withdraw("acme/own"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
  ASSERT_OK_AND_ASSIGN(const auto stating,
                       acme.Consent("acme", "dice", "a", {v1::CONSENT_ACT_STATE_DEMAND}));
  EXPECT_OK(a.State("by-chamber", Need("acme", 2, "welding")));
  EXPECT_THAT(a.State("x", Need("uno", 1, "welding")), HasReason("OWNER_MISMATCH"));
  sql::Connection connection(database);
  EXPECT_EQ(testing::MustCount(connection,
                               "SELECT COUNT(*) FROM journal_entry"
                               " WHERE INSTR(canonical, 'chamber/a') > 0"),
            1)
      << "the entry says who did it";
  EXPECT_OK(a.Withdraw("acme/by-chamber"));
  ExpectStranger(b);
  ASSERT_OK(acme.WithdrawConsent(reading.name()));
  ASSERT_OK(acme.WithdrawConsent(stating.name()));
  ExpectStranger(a);
}

TEST_F(Chambers, DoNotActBeforeOrAfterAConsentIsInForce) {
  const std::vector<v1::ConsentAct> all = {v1::CONSENT_ACT_READ_DEMAND,
                                           v1::CONSENT_ACT_STATE_DEMAND};
  ASSERT_OK(acme.Consent("acme", "pasado", "a", all, 2019, 2020));
  ASSERT_OK(acme.Consent("acme", "futuro", "a", all, 2190));
  ExpectStranger(a);
}

TEST_F(Chambers, SeeTheConsentsThatNameThem) {
  ASSERT_OK_AND_ASSIGN(const auto consent,
                       acme.Consent("acme", "uno", "a", {v1::CONSENT_ACT_READ_DEMAND}));
  Party globex(database, "company/globex");
  EXPECT_OK(acme.GetConsent(consent.name()));
  EXPECT_OK(a.GetConsent(consent.name()));
  for (Party* stranger : {&b, &globex}) {
    EXPECT_THAT(stranger->GetConsent(consent.name()), HasReason("CONSENT_NOT_FOUND"));
    EXPECT_THAT(stranger->ListConsents("acme"), HasReason("OWNER_LIST_REFUSED"));
  }
  ASSERT_OK_AND_ASSIGN(const auto named, a.ListConsents("-", "chamber = \"chambers/a\""));
  EXPECT_EQ(named.consents_size(), 1);
  EXPECT_THAT(a.ListConsents("acme"), HasReason("OWNER_LIST_REFUSED"));
  EXPECT_THAT(a.ListConsents("-", "chamber = \"chambers/b\""), HasReason("OWNER_LIST_REFUSED"));
  EXPECT_THAT(a.WithdrawConsent(consent.name()), HasReason("CALLER_REFUSED"));
  EXPECT_THAT(globex.Consent("acme", "dos", "a", {v1::CONSENT_ACT_READ_DEMAND}),
              HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(acme.Consent("acme", "tres", "none", {v1::CONSENT_ACT_READ_DEMAND}),
              HasReason("CHAMBER_NOT_FOUND"));
}

TEST_F(Chambers, DoNotConfirmWhomTheyActFor) {
  ASSERT_OK(economy.Enter("nueva", v1::COMPANY_SIZE_MICRO));
  ASSERT_OK(acme.State("huge", Need("acme", 1'000, "welding")));
  ASSERT_OK_AND_ASSIGN(const auto consent,
                       economy.Consent("nueva", "uno", "a", {v1::CONSENT_ACT_READ_DEMAND}));
  ASSERT_OK_AND_ASSIGN(const auto of_acme,
                       acme.Consent("acme", "uno", "a", {v1::CONSENT_ACT_STATE_DEMAND}));
  EXPECT_THAT(a.Confirm("nueva"), HasReason("CHAMBER_ACTS_FOR_COMPANY"));
  EXPECT_THAT(a.Vouch("acme/huge"), HasReason("CHAMBER_ACTS_FOR_COMPANY"));
  ASSERT_OK(economy.WithdrawConsent(consent.name()));
  ASSERT_OK(acme.WithdrawConsent(of_acme.name()));
  EXPECT_THAT(a.Confirm("nueva"), HasReason("CHAMBER_ACTS_FOR_COMPANY")) << "stepping back for it";
  EXPECT_THAT(a.Vouch("acme/huge"), HasReason("CHAMBER_ACTS_FOR_COMPANY"));
  ASSERT_OK_AND_ASSIGN(const auto company, b.Confirm("nueva"));
  EXPECT_EQ(company.confirmed_by(), "chamber/b");
  EXPECT_THAT(acme.Vouch("acme/huge"), HasReason("CALLER_REFUSED"));
  ASSERT_OK_AND_ASSIGN(const auto vouched, b.Vouch("acme/huge"));
  EXPECT_EQ(vouched.standing(), v1::DEMAND_STANDING_CONFIRMED);
  EXPECT_EQ(vouched.confirmed_by(), "chamber/b");
  EXPECT_THAT(acme.Obstacles("acme/huge"), IsEmpty());
}

TEST_F(Chambers, DoNotComeToActForWhomTheyVouchedFor) {
  ASSERT_OK(economy.Enter("nueva", v1::COMPANY_SIZE_MICRO));
  ASSERT_OK(a.Confirm("nueva"));
  EXPECT_THAT(economy.Consent("nueva", "uno", "a", {v1::CONSENT_ACT_READ_DEMAND}),
              HasReason("CHAMBER_VOUCHES_FOR_COMPANY"));
  EXPECT_OK(economy.Consent("nueva", "dos", "b", {v1::CONSENT_ACT_READ_DEMAND}));
  ASSERT_OK(acme.State("huge", Need("acme", 1'000, "welding")));
  ASSERT_OK(b.Vouch("acme/huge"));
  EXPECT_THAT(acme.Consent("acme", "uno", "b", {v1::CONSENT_ACT_STATE_DEMAND}),
              HasReason("CHAMBER_VOUCHES_FOR_COMPANY"));
  EXPECT_OK(acme.Consent("acme", "dos", "a", {v1::CONSENT_ACT_STATE_DEMAND}));
  ASSERT_OK(acme.Withdraw("acme/huge"));
  EXPECT_OK(acme.Consent("acme", "tres", "b", {v1::CONSENT_ACT_STATE_DEMAND}))
      << "nothing rests on its word any more";
}

TEST_F(Chambers, LookAtWhatTheyAreToConfirm) {
  ASSERT_OK(acme.State("huge", Need("acme", 1'000, "welding")));
  ASSERT_OK_AND_ASSIGN(const auto read, b.Get("acme/huge"));
  EXPECT_EQ(read.heads(), 1'000);
  EXPECT_THAT(b.Obstacles("acme/huge"), ElementsAre(v1::DEMAND_OBSTACLE_AWAITS_CONFIRMATION));
  EXPECT_THAT(b.Withdraw("acme/huge"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
  for (const auto& [party, company] :
       {std::pair(&economy, std::string("-")), std::pair(&acme, std::string("acme"))}) {
    ASSERT_OK_AND_ASSIGN(const auto waiting, party->List(company, kAwaiting));
    ASSERT_EQ(waiting.demand_statements_size(), 1);
    EXPECT_EQ(waiting.demand_statements(0).name(), NameOf("acme/huge"));
  }
  EXPECT_THAT(b.List("acme", kAwaiting), HasReason("OWNER_LIST_REFUSED"));
  ASSERT_OK(b.Vouch("acme/huge"));
  EXPECT_THAT(b.Get("acme/huge"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
}

TEST_F(Counting, IsReadStatementByStatementWithItsContributor) {
  economy.Welcome("uno", v1::COMPANY_SIZE_MICRO, "grupo");
  economy.Welcome("dos", v1::COMPANY_SIZE_MICRO, "grupo");
  economy.Welcome("tres", v1::COMPANY_SIZE_MICRO);
  ASSERT_OK(economy.Enter("cuatro", v1::COMPANY_SIZE_MICRO));
  for (const char* id : {"uno", "dos", "tres", "cuatro"}) {
    ASSERT_OK(economy.State(absl::StrCat("de-", id), Need(id, 10, "welding")));
  }
  ASSERT_OK(economy.State("huge", Need("tres", 99, "sewing")));
  ASSERT_OK(economy.State("gone", Need("tres", 1, "cooking")));
  ASSERT_OK(economy.Withdraw("tres/gone"));
  v1::CreateDemandStatementRequest generated = Need("tres", 1, "reading");
  generated.mutable_demand_statement()->set_record_kind(type::v1::RECORD_KIND_GENERATED);
  ASSERT_OK(economy.State("generated", generated));
  sql::Session session(database);
  std::vector<std::string> read;
  const absl::CivilDay last(2199, 1, 1);
  const auto take = [&](store::Counted counted) {
    EXPECT_EQ(counted.first_day, absl::CivilDay(2027, 1, 1));
    EXPECT_EQ(counted.last_day, last);
    read.push_back(absl::StrCat(counted.contributor, " ", counted.company, " ", counted.heads, " ",
                                counted.skill, " ", counted.state_code, " ", counted.scian_class));
    return absl::OkStatus();
  };
  ASSERT_OK(store::ReadCounted(session, type::v1::RECORD_KIND_REAL, last + 1, take));
  EXPECT_THAT(read, IsEmpty());
  ASSERT_OK(store::ReadCounted(session, type::v1::RECORD_KIND_REAL, last, take));
  EXPECT_THAT(read,
              UnorderedElementsAre("groups/grupo companies/uno 10 skills/welding 11 336110",
                                   "groups/grupo companies/dos 10 skills/welding 11 336110",
                                   "companies/tres companies/tres 10 skills/welding 11 336110"));
  EXPECT_THAT(economy.Overview(), ::testing::HasSubstr("head_count { mark: MARK_SUPPRESSED }"))
      << "a group is one contributor";
}

// Figures are read by SQL, verdicts made by a function: of every statement they say the same.
TEST_F(Counting, IsTheSameToFiguresAndToWhoAsks) {
  economy.Welcome("acme", v1::COMPANY_SIZE_MICRO);
  ASSERT_OK(economy.State("need", Need("acme", 10, "welding")));
  sql::Connection connection(database);
  sql::Session session(database);
  int counting = 0;
  for (int registration = 1; v1::CompanyState_IsValid(registration); ++registration) {
    for (int state = 1; v1::DemandState_IsValid(state); ++state) {
      for (int standing = 1; v1::DemandStanding_IsValid(standing); ++standing) {
        for (int kind = 1; type::v1::RecordKind_IsValid(kind); ++kind) {
          testing::MustExecute(connection,
                               absl::StrCat("UPDATE company SET state = ", registration));
          testing::MustExecute(connection,
                               absl::StrCat("UPDATE demand_statement SET state = ", state,
                                            ", standing = ", standing, ", record_kind = ", kind));
          v1::Company company;
          company.set_state(static_cast<v1::CompanyState>(registration));
          v1::DemandStatement statement;
          statement.set_state(static_cast<v1::DemandState>(state));
          statement.set_standing(static_cast<v1::DemandStanding>(standing));
          statement.set_record_kind(static_cast<type::v1::RecordKind>(kind));
          *statement.mutable_end_date() = Date(2199);
          const absl::CivilDay last(2199, 1, 1);
          for (const absl::CivilDay day : {last, last + 1}) {
            int read = 0;
            ASSERT_OK(store::ReadCounted(session, type::v1::RECORD_KIND_REAL, day, [&](auto) {
              ++read;
              return absl::OkStatus();
            }));
            EXPECT_EQ(read,
                      ObstaclesOf(statement, &company, type::v1::RECORD_KIND_REAL, day).empty())
                << registration << " " << state << " " << standing << " " << kind << " " << day;
            counting += read;
          }
        }
      }
    }
  }
  EXPECT_EQ(counting, 2) << "plausible and confirmed, on the last day";
}

}  // namespace
}  // namespace puente::economy
