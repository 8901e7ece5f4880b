// The gateway with its schema, as main.cc runs it.
#include "common/hosting/hosted.h"

#include <gtest/gtest.h>

#include <map>

#include "absl/strings/match.h"
#include "common/status/grpc_status.h"
#include "gateway/module.h"
#include "puente/api/v1/server.grpc.pb.h"
#include "tests/testing/certificates.h"
#include "tests/testing/database.h"
#include "tests/testing/http.h"
#include "tests/testing/person_keys.h"
#include "tests/testing/registry.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::gateway {
namespace {

using testing::Database;
using testing::HasReason;

class GatewayTest : public ::testing::Test {
 protected:
  config::Server Config(const sql::Target& target) {
    config::Server config;
    config.set_agency("gateway");
    config.set_listen("127.0.0.1:0");
    config.set_admin_listen("127.0.0.1:0");
    config.set_trust_domain(testing::kTrustDomain);
    config.set_workers(1);
    const identity::TlsFiles files = ca_.For("gateway");
    config.mutable_tls()->set_ca(files.ca);
    config.mutable_tls()->set_certificate(files.certificate);
    config.mutable_tls()->set_key(files.key);
    config.mutable_registry()->set_file(registry_.files().registry);
    config.mutable_registry()->set_public_key(registry_.files().public_key);
    *config.mutable_database() = testing::DatabaseConfig(target, ca_.folder());
    return config;
  }

  // Agencies that nobody asks.
  absl::StatusOr<std::unique_ptr<hosting::Hosted>> Make(const sql::Target& target) {
    return hosting::Hosted::Make(
        Gateway(), Config(target), api::v1::HOSTING_OWN_PROCESS, [](absl::string_view) {
          return grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials());
        });
  }

  testing::CertificateAuthority ca_;
  testing::SignedRegistry registry_{ca_.folder()};
};

TEST_F(GatewayTest, HasASchemaOfItsOwnAndSaysSo) {
  const sql::Target target = Database::Shared().NewSchema(Gateway().migrations);
  sql::Connection connection(target);
  testing::MustExecute(connection,
                       "INSERT INTO due VALUES ('seats.settle', 'a', 1, '2026-01-02', '2026-01-02',"
                       " '', 1, 'DATABASE_FULL', '')");
  auto gateway = Make(target);
  ASSERT_OK(gateway);
  ASSERT_OK((*gateway)->Start());
  auto stub = api::v1::ServerService::NewStub(grpc::CreateChannel(
      (*gateway)->address(),
      identity::ClientTls(ca_.For("auditor/asf"), testing::kTrustDomain, "gateway")));
  grpc::ClientContext context;
  api::v1::Server server;
  ASSERT_OK(FromGrpc(stub->GetServer(&context, {}, &server)));
  EXPECT_EQ(server.schema_version(), Gateway().migrations.size());
  EXPECT_EQ(server.journal_position(), 0);
  std::map<std::string, std::string> errors;
  for (const api::v1::DueWork& work : server.due_work()) errors[work.kind()] = work.last_error();
  EXPECT_EQ(errors["seats.settle"], "DATABASE_FULL");
  // Nobody answers who should be asked, and that is seen.
  const auto metrics = [&] { return testing::HttpGet((*gateway)->admin_address(), "/metrics"); };
  EXPECT_TRUE(testing::Becomes([&] {
    const std::string text = metrics();
    return absl::StrContains(text, "puente_due_count{kind=\"seats.settle\"} 1") &&
           absl::StrContains(text, "puente_due_failing{kind=\"references.resolve.labor\"} 1") &&
           !absl::StrContains(text,
                              "puente_due_slices_total{kind=\"references.resolve.labor\","
                              "outcome=\"failed\"} 0");
  }));
}

TEST_F(GatewayTest, DoesNotStartWithoutItsSchema) {
  EXPECT_THAT(Make(Database::Shared().NewSchema()), HasReason("SCHEMA_VERSION_MISMATCH"));
}

}  // namespace
}  // namespace puente::gateway
