// Who gets through TLS, and what those who don't leave in the log.
#include "common/identity/tls.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdio>

#include "common/identity/handshakes.h"
#include "common/rpc/server.h"
#include "common/status/grpc_status.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "tests/testing/certificates.h"
#include "tests/testing/service.h"
#include "tests/testing/status.h"

namespace puente {
namespace {

using testing::CertificateAuthority;
using testing::Claims;
using testing::HasReason;

constexpr char kLabor[] = "agency/labor";

// Causes of refused handshakes since the start of the process.
class Causes {
 public:
  static Causes& Get() {
    static auto* causes = [] {
      auto* made = new Causes;
      identity::ObserveHandshakes([made](absl::string_view cause) { made->Add(cause); },
                                  [](absl::string_view) {});
      return made;
    }();
    return *causes;
  }
  void Clear() {
    absl::MutexLock lock(&mutex_);
    causes_.clear();
  }
  // Waits until one of the causes contains `text`.
  bool Tell(const std::string& text) {
    const auto told = [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
      for (const std::string& cause : causes_) {
        if (cause.find(text) != cause.npos) return true;
      }
      return false;
    };
    absl::MutexLock lock(&mutex_);
    return mutex_.AwaitWithTimeout(absl::Condition(&told), absl::Seconds(10));
  }
  std::vector<std::string> all() {
    absl::MutexLock lock(&mutex_);
    return causes_;
  }

 private:
  void Add(absl::string_view cause) {
    absl::MutexLock lock(&mutex_);
    causes_.emplace_back(cause);
  }
  absl::Mutex mutex_;
  std::vector<std::string> causes_;
};

// Answers with who it took the caller for: "caller" or "caller via delegate".
template <class Request>
absl::StatusOr<labor::v1::Vacancy> Answer(const Call& call, sql::Session*, const Request&) {
  labor::v1::Vacancy vacancy;
  vacancy.set_supplier(call.delegate.empty() ? call.caller.path
                                             : call.caller.path + " via " + call.delegate);
  return vacancy;
}

void ServeEcho(rpc::Host& host) {
  rpc::Service& service = host.Serve<labor::v1::VacancyService>();
  service.Read(&Answer<labor::v1::GetVacancyRequest>);
  service.Read(&Answer<labor::v1::CreateVacancyRequest>);
  testing::AnswerTheRest(service);
}

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() : host_(HostOptions()) {
    Causes::Get().Clear();
    ServeEcho(host_);
    auto server = rpc::Server::Start(host_, "127.0.0.1:0", ca_.For(kLabor));
    if (!server.ok()) std::abort();
    server_ = *std::move(server);
  }

  static rpc::Host::Options HostOptions() {
    rpc::Host::Options options;
    options.agency = "labor";
    options.pool.workers = 1;
    return options;
  }

  std::shared_ptr<grpc::Channel> Channel(const identity::TlsFiles& files,
                                         const std::string& server = kLabor) {
    return grpc::CreateChannel(server_->address(),
                               identity::ClientTls(files, testing::kTrustDomain, server));
  }

  // Whom the server took the caller for.
  static absl::StatusOr<std::string> Get(const std::shared_ptr<grpc::Channel>& channel,
                                         const std::string& original = "") {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
    if (!original.empty()) context.AddMetadata("puente-original-caller", original);
    labor::v1::GetVacancyRequest request;
    request.set_name("vacancies/a");
    labor::v1::Vacancy response;
    const grpc::Status status =
        labor::v1::VacancyService::NewStub(channel)->GetVacancy(&context, request, &response);
    if (!status.ok()) return FromGrpc(status);
    return response.supplier();
  }

  void ExpectRefusedInHandshake(const std::shared_ptr<grpc::Channel>& channel,
                                const std::string& cause) {
    EXPECT_EQ(Get(channel).status().code(), absl::StatusCode::kUnavailable);
    EXPECT_TRUE(Causes::Get().Tell(cause)) << ::testing::PrintToString(Causes::Get().all());
  }

  CertificateAuthority ca_;
  rpc::Host host_;
  std::unique_ptr<rpc::Server> server_;
};

TEST_F(TlsTest, TheRightCallerIsLetInUnderItsPath) {
  EXPECT_THAT(*Get(Channel(ca_.For("company/acme"))), "company/acme");
  EXPECT_TRUE(Causes::Get().all().empty()) << ::testing::PrintToString(Causes::Get().all());
}

TEST_F(TlsTest, ACallerWithoutACertificateIsRefused) {
  grpc::SslCredentialsOptions options;
  std::FILE* file = std::fopen(ca_.ca_file().c_str(), "r");
  char pem[8192];
  options.pem_root_certs.assign(pem, std::fread(pem, 1, sizeof pem, file));
  std::fclose(file);
  ExpectRefusedInHandshake(grpc::CreateChannel(server_->address(), grpc::SslCredentials(options)),
                           "a certificate is required and there was none");
}

TEST_F(TlsTest, ACallerWithoutTlsIsRefused) {
  EXPECT_EQ(Get(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()))
                .status()
                .code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(TlsTest, ACallerOfAnotherAuthorityIsRefused) {
  CertificateAuthority other;
  identity::TlsFiles files = other.For("company/acme");
  files.ca = ca_.ca_file();
  ExpectRefusedInHandshake(Channel(files), "unable to get local issuer certificate");
}

TEST_F(TlsTest, AnExpiredCallerIsRefused) {
  Claims claims;
  claims.uris = {"spiffe://puente.local/company/acme"};
  claims.valid_for = -absl::Hours(1);
  ExpectRefusedInHandshake(Channel(ca_.Issue(claims)), "certificate has expired");
}

TEST_F(TlsTest, ACallerWithTwoSpiffeIdsIsRefused) {
  Claims claims;
  claims.uris = {"spiffe://puente.local/company/acme", "spiffe://puente.local/agency/labor"};
  ExpectRefusedInHandshake(Channel(ca_.Issue(claims)), "it has 2 URIs instead of one");
}

TEST_F(TlsTest, ASpiffeIdSpelledAsADnsNameCountsForNothing) {
  Claims claims;
  claims.dns_names = {"spiffe://puente.local/agency/labor"};
  ExpectRefusedInHandshake(Channel(ca_.Issue(claims)), "it has 0 URIs instead of one");
}

TEST_F(TlsTest, ACommonNameCountsForNothing) {
  Claims claims;
  claims.common_name = "spiffe://puente.local/agency/labor";
  ExpectRefusedInHandshake(Channel(ca_.Issue(claims)), "it has 0 URIs instead of one");
}

TEST_F(TlsTest, ACallerOfAnotherTrustDomainIsRefused) {
  Claims claims;
  claims.uris = {"spiffe://puente.example/agency/labor"};
  ExpectRefusedInHandshake(Channel(ca_.Issue(claims)), "another trust domain");
}

TEST_F(TlsTest, ACallerOfAnUnknownKindIsRefused) {
  ExpectRefusedInHandshake(Channel(ca_.For("person/ana")), "unknown kind");
}

TEST_F(TlsTest, AServerOfAnotherAgencyIsNotTalkedTo) {
  ExpectRefusedInHandshake(Channel(ca_.For("gateway"), "agency/economy"),
                           "it belongs to agency/labor instead of agency/economy");
}

TEST_F(TlsTest, ACallerOfTheWrongKindIsRefusedBeforeItsRequestIsLookedAt) {
  grpc::ClientContext context;
  context.AddMetadata("accept-language", "en");
  labor::v1::Vacancy response;
  const absl::Status refused =
      FromGrpc(labor::v1::VacancyService::NewStub(Channel(ca_.For("company/acme")))
                   ->CreateVacancy(&context, {}, &response));
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(refused, HasReason("CALLER_REFUSED"));
  EXPECT_EQ(MetadataOf(refused, "allowed"), "agency/labor, supplier/*");
}

TEST_F(TlsTest, ARequestOfTheRightKindIsLookedAt) {
  grpc::ClientContext context;
  labor::v1::Vacancy response;
  EXPECT_THAT(FromGrpc(labor::v1::VacancyService::NewStub(Channel(ca_.For("supplier/portal")))
                           ->CreateVacancy(&context, {}, &response)),
              HasReason("INVALID_FIELDS"));
}

TEST_F(TlsTest, OnlyTheGatewayPassesCallsOn) {
  EXPECT_EQ(*Get(Channel(ca_.For("gateway")), "council/cce"), "council/cce via gateway");
  EXPECT_EQ(*Get(Channel(ca_.For("gateway"))), "gateway");
  EXPECT_THAT(Get(Channel(ca_.For("agency/economy")), "council/cce"),
              HasReason("DELEGATION_REFUSED"));
}

TEST_F(TlsTest, ASecondServerOnThePortFails) {
  rpc::Host host(HostOptions());
  EXPECT_THAT(rpc::Server::Start(host, server_->address(), ca_.For(kLabor)),
              HasReason("LISTEN_FAILED"));
}

TEST_F(TlsTest, AnInProcessCallIsFromWhomTheHostSays) {
  for (const auto& [caller, want] :
       {std::pair("gateway", "council/cce via gateway"), std::pair("", "CALLER_UNKNOWN")}) {
    rpc::Host::Options options = HostOptions();
    options.in_process_caller = caller;
    rpc::Host host(options);
    ServeEcho(host);
    const auto server = rpc::Server::StartInProcess(host);
    ASSERT_OK(server);
    const auto got = Get((*server)->InProcessChannel(), "council/cce");
    EXPECT_EQ(got.ok() ? *got : Reason(got.status()), want);
    (*server)->Drain(absl::ZeroDuration());
  }
}

TEST_F(TlsTest, AHostThatTrustsInProcessCallsStillAsksOthersForCertificates) {
  rpc::Host::Options options = HostOptions();
  options.in_process_caller = "gateway";
  rpc::Host host(options);
  ServeEcho(host);
  const auto server = rpc::Server::Start(host, "127.0.0.1:0", ca_.For(kLabor));
  ASSERT_OK(server);
  const auto channel = [&](const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
    return grpc::CreateChannel((*server)->address(), credentials);
  };
  EXPECT_EQ(
      *Get(channel(identity::ClientTls(ca_.For("company/acme"), testing::kTrustDomain, kLabor))),
      "company/acme");
  EXPECT_EQ(Get(channel(grpc::InsecureChannelCredentials())).status().code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(TlsTest, FilesAreCheckedWithTheCause) {
  const identity::TlsFiles good = ca_.For(kLabor);
  EXPECT_EQ(*identity::CheckTlsFiles(good, testing::kTrustDomain), kLabor);
  identity::TlsFiles files = good;
  files.key = ca_.For(kLabor).key;
  EXPECT_THAT(identity::CheckTlsFiles(files, testing::kTrustDomain), HasReason("TLS_FILES"));
  files = good;
  files.ca = "/nowhere";
  EXPECT_THAT(identity::CheckTlsFiles(files, testing::kTrustDomain), HasReason("TLS_FILES"));
  chmod(good.key.c_str(), 0644);
  EXPECT_THAT(identity::CheckTlsFiles(good, testing::kTrustDomain), HasReason("TLS_FILES"));
  Claims expired;
  expired.uris = {"spiffe://puente.local/agency/labor"};
  expired.valid_for = -absl::Hours(1);
  EXPECT_THAT(identity::CheckTlsFiles(ca_.Issue(expired), testing::kTrustDomain),
              HasReason("TLS_FILES"));
}

}  // namespace
}  // namespace puente
