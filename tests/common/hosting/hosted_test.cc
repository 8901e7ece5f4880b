// A module with everything around it, as main.cc runs it; its configuration and admin listener.
#include "common/hosting/hosted.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/file.h"
#include "common/hosting/config.h"
#include "schema/personal.h"
#include "tests/common/hosting/hosted.h"
#include "tests/testing/database.h"

namespace puente::hosting {
namespace {

using testing::HasReason;
using ::testing::HasSubstr;

TEST_F(HostedTest, TheGatewayReachesAModuleOfAnotherProcessAsItself) {
  auto labor =
      Hosted::Make(Kind("labor"), Config("labor", "agency/labor"), api::v1::HOSTING_OWN_PROCESS);
  ASSERT_OK(labor);
  ASSERT_OK((*labor)->Start());
  config::Server config = Config("gateway", "gateway");
  config::Peer& peer = *config.add_peers();
  peer.set_agency("labor");
  peer.set_address((*labor)->address());
  auto gateway = Hosted::Make(Kind("gateway"), config, api::v1::HOSTING_OWN_PROCESS);
  ASSERT_OK(gateway);
  ASSERT_OK((*gateway)->Start());
  EXPECT_EQ(*Supplier((*gateway)->address(), "gateway"), "council/cce via gateway");
}

TEST_F(HostedTest, TheGatewayReachesAModuleOfItsProcessAsItself) {
  auto labor =
      Hosted::Make(Kind("labor"), Config("labor", "agency/labor"), api::v1::HOSTING_EMBEDDED);
  ASSERT_OK(labor);
  ASSERT_OK((*labor)->Start());
  auto gateway =
      Hosted::Make(Kind("gateway"), Config("gateway", "gateway"), api::v1::HOSTING_EMBEDDED,
                   [&](absl::string_view) { return (*labor)->InProcessChannel(); });
  ASSERT_OK(gateway);
  ASSERT_OK((*gateway)->Start());
  EXPECT_EQ(*Supplier((*gateway)->address(), "gateway"), "council/cce via gateway");
}

TEST_F(HostedTest, AServerNeedsTheCertificateOfItsAgency) {
  EXPECT_THAT(
      Hosted::Make(Kind("labor"), Config("labor", "agency/economy"), api::v1::HOSTING_OWN_PROCESS),
      HasReason("TLS_FILES"));
}

// The certificate that a server shows to who connects now; "" if it lets nobody in.
std::string Shown(const std::string& address, const identity::TlsFiles& caller) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
  auto stub = VacancyService::NewStub(grpc::CreateCustomChannel(
      address, identity::ClientTls(caller, testing::kTrustDomain, "agency/labor"), arguments));
  grpc::ClientContext context;
  GetVacancyRequest request;
  request.set_name("vacancies/a");
  Vacancy vacancy;
  if (!stub->GetVacancy(&context, request, &vacancy).ok()) return "";
  const auto pems = context.auth_context()->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  return pems.size() == 1 ? std::string(pems[0].data(), pems[0].size()) : "";
}

TEST_F(HostedTest, ACertificateIsTakenUpOnceItsKeyIsThereToo) {
  const identity::TlsFiles first = ca_.For("agency/labor");
  const identity::TlsFiles second = ca_.For("agency/labor");
  const std::string old_pem = *ReadFile(first.certificate);
  const std::string new_pem = *ReadFile(second.certificate);
  auto labor = Hosted::Make(Kind("labor"), testing::ServerConfig("labor", first, registry_.files()),
                            api::v1::HOSTING_OWN_PROCESS);
  ASSERT_OK(labor);
  ASSERT_OK((*labor)->Start());
  const auto shows = [&](const std::string& metric) {
    return Becomes(
        [&] { return absl::StrContains(HttpGet((*labor)->admin_address(), "/metrics"), metric); });
  };
  const std::string& address = (*labor)->address();
  EXPECT_EQ(Shown(address, council_), old_pem);
  EXPECT_TRUE(shows("puente_certificate_end_seconds "));

  std::filesystem::rename(second.certificate, first.certificate);
  EXPECT_TRUE(shows("puente_certificate_refused_total 1"));
  EXPECT_EQ(Shown(address, council_), old_pem);
  std::filesystem::rename(second.key, first.key);
  EXPECT_TRUE(Becomes([&] { return Shown(address, council_) == new_pem; }));

  // A pair that fits, and is another's.
  const identity::TlsFiles other = ca_.For("agency/economy");
  std::filesystem::rename(other.key, first.key);
  std::filesystem::rename(other.certificate, first.certificate);
  EXPECT_TRUE(shows("puente_certificate_refused_total 2"));
  EXPECT_EQ(Shown(address, council_), new_pem);
}

TEST_F(HostedTest, AServerWhoseSchemaHasOutgrownItSaysSo) {
  ModuleKind kind = Kind("labor");
  kind.migrations.push_back(
      {"test", 1, "a", "-- oldest-binary: 0.1.0\nCREATE TABLE IF NOT EXISTS a (b INT)"});
  const sql::Target target = testing::Database::Shared().NewSchema(kind.migrations);
  config::Server config = Config("labor", "agency/labor");
  *config.mutable_database() = testing::DatabaseConfig(target, ca_.folder());
  auto labor = Hosted::Make(kind, config, api::v1::HOSTING_OWN_PROCESS);
  ASSERT_OK(labor);
  std::atomic<bool> outgrown = false;
  ASSERT_OK((*labor)->Start([&] { outgrown = true; }));
  const std::string& admin = (*labor)->admin_address();
  EXPECT_TRUE(Becomes([&] { return absl::StrContains(HttpGet(admin, "/ready"), "200 OK"); }));

  kind.migrations.push_back(
      {"test", 2, "c", "-- oldest-binary: 0.1.0\nCREATE TABLE IF NOT EXISTS c (b INT)"});
  sql::Connection connection(target);
  ASSERT_OK(sql::Migrate(connection, kind.migrations));  // it can live with that
  EXPECT_FALSE(outgrown.load());
  testing::MustExecute(connection,
                       "INSERT INTO migration VALUES ('test', 3, 'd', REPEAT('x', 32), '99.0.0',"
                       " NOW(6))");
  EXPECT_TRUE(Becomes([&] { return outgrown.load(); }));
  EXPECT_TRUE(Becomes(
      [&] { return absl::StrContains(HttpGet(admin, "/ready"), "SCHEMA_VERSION_MISMATCH"); }));
}

// An issue that lists the gateway, the agencies, and one supplier.
std::string Issue(int serial, const char* supplier) {
  return absl::StrCat("serial: ", serial,
                      " principals { path: 'gateway' } principals { path: 'agency/*' } "
                      "principals { path: 'council/cce' } principals { path: 'supplier/portal' ",
                      supplier, "}");
}

TEST_F(HostedTest, WhoIsBlockedIsRefusedWithinFiveSecondsOnOpenStreamsToo) {
  registry_.Publish(Issue(2, ""));
  auto labor =
      Hosted::Make(Kind("labor"), Config("labor", "agency/labor"), api::v1::HOSTING_OWN_PROCESS);
  ASSERT_OK(labor);
  ASSERT_OK((*labor)->Start());
  const auto channel = grpc::CreateChannel(
      (*labor)->address(),
      identity::ClientTls(ca_.For("supplier/portal"), testing::kTrustDomain, "agency/labor"));
  auto stub = VacancyService::NewStub(channel);
  const auto get = [&] {
    grpc::ClientContext context;
    GetVacancyRequest request;
    request.set_name("vacancies/a");
    Vacancy vacancy;
    return Reason(FromGrpc(stub->GetVacancy(&context, request, &vacancy)));
  };
  const auto await = [&](const std::string& reason) {
    return Becomes([&] { return get() == reason; }, absl::Seconds(5));
  };
  const auto shows = [&](const std::string& metric, absl::Duration limit) {
    return Becomes(
        [&] { return absl::StrContains(HttpGet((*labor)->admin_address(), "/metrics"), metric); },
        limit);
  };
  ASSERT_EQ(get(), "");
  grpc::ClientContext context;
  labor::v1::LoadVacanciesResponse loaded;
  const auto stream = stub->LoadVacancies(&context, &loaded);
  ASSERT_TRUE(shows("puente_open_streams 1", absl::Seconds(20)));
  const absl::Time blocked = absl::Now();
  registry_.Publish(Issue(3, "blocked: true"));
  EXPECT_EQ(Reason(FromGrpc(stream->Finish())), "CALLER_BLOCKED");
  EXPECT_LT(absl::Now() - blocked, absl::Seconds(5));
  EXPECT_EQ(get(), "CALLER_BLOCKED");

  // What is older, not signed by the registry's key, or no registry changes nothing.
  registry_.Publish(Issue(2, ""));
  EXPECT_TRUE(shows("puente_registry_refused_total 1", absl::Seconds(5)));
  registry_.Replace(absl::StrCat("# signature: AAAA\n", Issue(9, "")));
  EXPECT_TRUE(shows("puente_registry_refused_total 2", absl::Seconds(5)));
  registry_.Publish(Issue(3, ""));  // another issue of the same number
  EXPECT_TRUE(shows("puente_registry_refused_total 3", absl::Seconds(5)));
  registry_.Publish("serial: 9 principals { path: 'person/ana' }");
  EXPECT_TRUE(shows("puente_registry_refused_total 4", absl::Seconds(5)));
  EXPECT_TRUE(shows("puente_registry_serial 3", absl::Seconds(5)));
  EXPECT_EQ(get(), "CALLER_BLOCKED");

  registry_.Publish(Issue(10, ""));
  EXPECT_TRUE(await("")) << get();
  registry_.Publish("serial: 11 principals { path: 'gateway' }");
  EXPECT_TRUE(await("CALLER_NOT_REGISTERED")) << get();
}

TEST_F(HostedTest, NoServerStartsWithoutAGoodRegistry) {
  const std::string text = Issue(1, "");
  for (const std::string& content :
       {std::string(), text, absl::StrCat("# signature: !\n", text),
        absl::StrCat(registry_.Sign(text), " "), registry_.Sign("serial: 0")}) {
    SCOPED_TRACE(content);
    registry_.Replace(content);
    EXPECT_THAT(
        Hosted::Make(Kind("labor"), Config("labor", "agency/labor"), api::v1::HOSTING_OWN_PROCESS),
        HasReason("REGISTRY_INVALID"));
  }
}

TEST_F(HostedTest, AdminAnswersOperators) {
  auto labor =
      Hosted::Make(Kind("labor"), Config("labor", "agency/labor"), api::v1::HOSTING_OWN_PROCESS);
  ASSERT_OK(labor);
  ASSERT_OK((*labor)->Start());
  const std::string& admin = (*labor)->admin_address();
  EXPECT_THAT(HttpGet(admin, "/live"), HasSubstr("200 OK"));
  EXPECT_TRUE(Becomes([&] { return absl::StrContains(HttpGet(admin, "/ready"), "200 OK"); }));
  EXPECT_THAT(HttpGet(admin, "/metrics?x=1"), HasSubstr("puente_pool_workers 2"));
  EXPECT_THAT(HttpGet(admin, "/other"), HasSubstr("404"));
  EXPECT_THAT(Ask(admin, "nonsense"), HasSubstr("404"));
  EXPECT_THAT(Ask(admin, std::string(10'000, 'x')), ::testing::Not(HasSubstr("200")));
  EchoModule::ready = absl::UnavailableError("sequencer is stuck");
  EXPECT_THAT(HttpGet(admin, "/ready"),
              ::testing::AllOf(HasSubstr("503"), HasSubstr("sequencer is stuck")));
  EchoModule::ready = absl::OkStatus();
}

TEST_F(HostedTest, WhatIsWrongWithAConfigurationIsSaid) {
  struct Case {
    const char* name;
    std::function<void(config::Server&)> spoil;
    const char* where;
  };
  for (const Case& c : std::vector<Case>{
           {"another agency", [](auto& s) { s.set_agency("economy"); }, "agency"},
           {"nowhere to listen", [](auto& s) { s.clear_listen(); }, "listen"},
           {"no admin listener", [](auto& s) { s.clear_admin_listen(); }, "admin_listen"},
           {"an admin listener for everybody", [](auto& s) { s.set_admin_listen("0.0.0.0:0"); },
            "admin_listen"},
           {"an SDMX listener for everybody", [](auto& s) { s.set_sdmx_listen("0.0.0.0:0"); },
            "sdmx_listen"},
           {"no trust domain", [](auto& s) { s.clear_trust_domain(); }, "trust_domain"},
           {"a trust domain that no caller is of",
            [](auto& s) { s.set_trust_domain("puente.example"); }, "trust_domain"},
           {"a pause of nothing", [](auto& s) { s.mutable_figure_release_pause(); },
            "figure_release_pause"},
           {"a pause of less than nothing",
            [](auto& s) { s.mutable_demand_release_pause()->set_seconds(-1); },
            "demand_release_pause"},
           {"a limit of nothing", [](auto& s) { s.mutable_report_limit(); }, "report_limit"},
           {"no key", [](auto& s) { s.mutable_tls()->clear_key(); }, "tls.key"},
           {"no registry", [](auto& s) { s.clear_registry(); }, "registry.file"},
           {"too many workers", [](auto& s) { s.set_workers(65); }, "workers"},
           {"too many together", [](auto& s) { s.set_reads_together(65); }, "reads_together"},
           {"less than no memory", [](auto& s) { s.set_figures_memory(-1); }, "figures_memory"},
           {"fewer than one together", [](auto& s) { s.set_reads_together(-1); }, "reads_together"},
           {"a database where none is used",
            [](auto& s) { s.mutable_database()->set_socket("/s"); }, "database"},
           {"a peer without address", [](auto& s) { s.add_peers()->set_agency("labor"); },
            "peers.address"},
           {"a peer twice",
            [](auto& s) {
              for (int i = 0; i < 2; ++i) {
                config::Peer& peer = *s.add_peers();
                peer.set_agency("labor");
                peer.set_address("127.0.0.1:1");
              }
            },
            "peers"}}) {
    SCOPED_TRACE(c.name);
    config::Server config = Config("labor", "agency/labor");
    c.spoil(config);
    const absl::Status wrong = CheckConfig(config, Kind("labor"));
    EXPECT_THAT(wrong, HasReason("CONFIG_INVALID"));
    EXPECT_EQ(MetadataOf(wrong, "where"), c.where);
  }
}

// What --check-config says is what a start says.
TEST_F(HostedTest, ACheckFindsWhatAStartWouldFind) {
  ModuleKind gateway = Kind("gateway");
  gateway.peers = {"labor", "economy"};
  config::Server config = Config("gateway", "gateway");
  config::Peer& labor = *config.add_peers();
  labor.set_agency("labor");
  labor.set_address("127.0.0.1:1");
  const auto expect = [&](const std::string& reason) {
    EXPECT_EQ(Reason(CheckStart(config, gateway, false)), reason);
    EXPECT_EQ(Reason(Hosted::Make(gateway, config, api::v1::HOSTING_OWN_PROCESS).status()), reason);
  };
  expect("CONFIG_INVALID");
  EXPECT_OK(CheckStart(config, gateway, true));  // they are in its process
  config::Peer& economy = *config.add_peers();
  economy.set_agency("economy");
  economy.set_address("127.0.0.1:2");
  expect("");
  config.set_profiles(ca_.folder() + "/none");
  expect("CONFIG_INVALID");
  config.set_profiles(ca_.folder());
  expect("");
  const identity::TlsFiles others = ca_.For("agency/labor");
  config.mutable_tls()->set_certificate(others.certificate);
  config.mutable_tls()->set_key(others.key);
  expect("TLS_FILES");
}

TEST_F(HostedTest, ADatabaseIsOnASocketOrOnHosts) {
  config::Server config = Config("labor", "agency/labor");
  config::Database& database = *config.mutable_database();
  database.set_user("puente");
  database.set_schema("puente_labor");
  ModuleKind kind = Kind("labor");
  kind.migrations = schema::personal();  // any
  const auto wrong = [&] {
    const absl::Status status = CheckConfig(config, kind);
    return status.ok() ? std::string() : MetadataOf(status, "where");
  };
  EXPECT_EQ(wrong(), "database");
  database.add_hosts("db1.example:3306");
  EXPECT_EQ(wrong(), "database.ca");
  database.set_ca(ca_.folder() + "/none.pem");
  EXPECT_EQ(wrong(), database.ca());
  database.set_ca(ca_.ca_file());
  EXPECT_EQ(wrong(), "");
  for (const char* host : {"db2.example", ":3306", "db2.example:", "db2.example:0", "db2:65536"}) {
    database.add_hosts(host);
    EXPECT_EQ(wrong(), "database.hosts[1]") << host;
    database.mutable_hosts()->RemoveLast();
  }
  ASSERT_OK_AND_ASSIGN(const auto target, DatabaseOf(database));
  EXPECT_THAT(target.hosts, ::testing::ElementsAre("db1.example:3306"));
  EXPECT_EQ(target.ca, ca_.ca_file());
  database.set_socket("/s");
  EXPECT_EQ(wrong(), "database");
}

TEST_F(HostedTest, AConfigurationFileIsStrictAndNamesTheLine) {
  const std::string path = ca_.folder() + "/server.cfg";
  std::ofstream(path) << "agency: \"labor\"\nworkrs: 4\n";
  config::Server config;
  const absl::Status wrong = ReadConfig(path, config);
  EXPECT_THAT(wrong, HasReason("CONFIG_INVALID"));
  EXPECT_EQ(MetadataOf(wrong, "where"), path + ":2");
  EXPECT_THAT(MetadataOf(wrong, "why"), HasSubstr("workrs"));
  EXPECT_THAT(ReadConfig(ca_.folder() + "/none.cfg", config), HasReason("CONFIG_INVALID"));
}

}  // namespace
}  // namespace puente::hosting
