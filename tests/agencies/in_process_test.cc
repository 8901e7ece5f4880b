// Whom a module lets in when the gateway calls it in process, as where one process hosts all: just
// whom it lets in over TLS, which tests/conformance/rights_test.py holds against the contract.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/hosting/hosted.h"
#include "common/sql/migrate.h"
#include "common/status/grpc_status.h"
#include "modules/economy/module.h"
#include "modules/education/module.h"
#include "modules/labor/module.h"
#include "modules/science/module.h"
#include "tests/testing/certificates.h"
#include "tests/testing/database.h"
#include "tests/testing/person_keys.h"
#include "tests/testing/registry.h"
#include "tests/testing/status.h"

namespace puente {
namespace {

using Metadata = std::vector<std::pair<std::string, std::string>>;

constexpr char kOriginal[] = "puente-original-caller";

// Alone, for callers of several kinds and for what is none, with actors and purposes.
const std::vector<Metadata>& WhatTheGatewaySays() {
  static const auto* const said =
      new std::vector<Metadata>{{},
                                {{"puente-actor", "registrar-1"}},
                                {{"puente-purpose", "curiosity"}},
                                {{kOriginal, "gateway"}},
                                {{kOriginal, "person/ana"}},
                                {{kOriginal, "company/acme"}},
                                {{kOriginal, "supplier/portal"}},
                                {{kOriginal, "council/cce"}, {"puente-purpose", "statistics"}},
                                {{kOriginal, "agency/economy"}, {"puente-purpose", "curiosity"}},
                                {{kOriginal, "agency/education"}, {"puente-actor", "registrar-1"}},
                                {{kOriginal, "agency/education"}, {"puente-actor", "nobody"}}};
  return *said;
}

// The reason of the answer to an empty request, "" if that is none.
std::string ReasonOf(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                     const Metadata& said) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  for (const auto& [key, value] : said) context.AddMetadata(key, value);
  const grpc::Slice nothing;
  const grpc::ByteBuffer request(&nothing, 1);
  grpc::ByteBuffer answer;
  grpc::Status status;
  absl::Notification done;
  grpc::GenericStub(channel).UnaryCall(&context, method, {}, &request, &answer,
                                       [&](grpc::Status ended) {
                                         status = std::move(ended);
                                         done.Notify();
                                       });
  done.WaitForNotification();
  return absl::StrCat(status.error_code(), " ", Reason(FromGrpc(status)));
}

std::vector<std::string> MethodsOf(const std::vector<std::string>& services) {
  std::vector<std::string> methods;
  for (const std::string& name : services) {
    const auto& service =
        *google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    for (int i = 0; i < service.method_count(); ++i) {
      methods.push_back(absl::StrCat("/", name, "/", service.method(i)->name()));
    }
  }
  return methods;
}

class InProcessTest : public ::testing::Test {
 protected:
  config::Server Config(const hosting::ModuleKind& kind) {
    config::Server config;
    config.set_agency(kind.agency);
    config.set_listen("127.0.0.1:0");
    config.set_admin_listen("127.0.0.1:0");
    config.set_trust_domain(testing::kTrustDomain);
    config.set_workers(2);
    config.set_profiles("data/labor/profiles");  // Labor alone reads it
    const identity::TlsFiles files = ca_.For("agency/" + kind.agency);
    config.mutable_tls()->set_ca(files.ca);
    config.mutable_tls()->set_certificate(files.certificate);
    config.mutable_tls()->set_key(files.key);
    config.mutable_registry()->set_file(registry_.files().registry);
    config.mutable_registry()->set_public_key(registry_.files().public_key);
    const sql::Target target = testing::Database::Shared().NewSchema(kind.migrations);
    *config.mutable_database() = testing::DatabaseConfig(target, ca_.folder());
    if (kind.keeps_persons) {
      *config.mutable_personal_keys() = testing::PersonKeys::Of(target).Config(ca_.folder());
    }
    return config;
  }

  testing::CertificateAuthority ca_;
  testing::SignedRegistry registry_{ca_.folder()};
};

TEST_F(InProcessTest, TheGatewayIsLetInAsOverTls) {
  std::set<std::string> seen;
  for (hosting::ModuleKind kind :
       {education::Education(), economy::Economy(), labor::Labor(), science::Science()}) {
    std::vector<std::string> services;
    kind.make = [&, make = kind.make](const hosting::Surroundings& around) {
      auto module = make(around);
      services = around.host.service_names();
      return module;
    };
    auto hosted = hosting::Hosted::Make(kind, Config(kind), api::v1::HOSTING_EMBEDDED);
    ASSERT_OK(hosted);
    ASSERT_OK((*hosted)->Start());
    const auto in_process = (*hosted)->InProcessChannel();
    const auto tls = grpc::CreateChannel(
        (*hosted)->address(),
        identity::ClientTls(ca_.For("gateway"), testing::kTrustDomain, "agency/" + kind.agency));
    const std::vector<std::string> methods = MethodsOf(services);
    EXPECT_GT(methods.size(), 10u);
    for (const std::string& method : methods) {
      for (const Metadata& said : WhatTheGatewaySays()) {
        SCOPED_TRACE(absl::StrCat(method, " ", ::testing::PrintToString(said)));
        const std::string reason = ReasonOf(tls, method, said);
        EXPECT_EQ(ReasonOf(in_process, method, said), reason);
        seen.insert(reason);
      }
    }
  }
  EXPECT_THAT(seen, ::testing::IsSupersetOf({"0 ", "3 INVALID_FIELDS", "7 CALLER_REFUSED",
                                             "7 DELEGATION_REFUSED", "7 ACTOR_UNKNOWN",
                                             "7 PURPOSE_REFUSED"}));
}

}  // namespace
}  // namespace puente
