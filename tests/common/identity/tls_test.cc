// Who gets through TLS, and what those who don't leave in the log.
#include "common/identity/tls.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdio>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "common/identity/handshakes.h"
#include "common/serving/server.h"
#include "common/status/grpc_status.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "tests/testing/certificates.h"
#include "tests/testing/registry.h"
#include "tests/testing/service.h"
#include "tests/testing/status.h"

namespace puente {
namespace {

using testing::CertificateAuthority;
using testing::Claims;
using testing::HasReason;

constexpr char kLabor[] = "agency/labor";
// Cause where gRPC gives up before it says a word to the peer, so that nobody is told one.
constexpr char kNoHandshake[] = "no handshake begins";

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

void ServeEcho(calls::Host& host) {
  calls::Service& service = host.Serve<labor::v1::VacancyService>();
  service.Read(&Answer<labor::v1::GetVacancyRequest>);
  service.Read(&Answer<labor::v1::CreateVacancyRequest>);
  testing::AnswerTheRest(service);
}

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() : host_(HostOptions()) {
    Causes::Get().Clear();
    ServeEcho(host_);
    auto server = serving::Server::Start(host_, "127.0.0.1:0", ca_.For(kLabor));
    if (!server.ok()) std::abort();
    server_ = *std::move(server);
  }

  static calls::Host::Options HostOptions() {
    calls::Host::Options options;
    options.principals = &testing::Everybody;
    options.agency = "labor";
    options.pool.workers = 1;
    return options;
  }

  std::shared_ptr<grpc::Channel> Channel(const identity::TlsFiles& files,
                                         const std::string& server = kLabor) {
    return ChannelTo(server_->address(), files, server);
  }
  static std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address,
                                                  const identity::TlsFiles& files,
                                                  const std::string& server) {
    return grpc::CreateChannel(address, identity::ClientTls(files, testing::kTrustDomain, server));
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

  static std::string Text(const absl::StatusOr<std::string>& got) {
    return got.ok() ? *got : got.status().ToString();
  }

  void ExpectRefusedInHandshake(const std::shared_ptr<grpc::Channel>& channel,
                                const std::string& cause) {
    EXPECT_EQ(Get(channel).status().code(), absl::StatusCode::kUnavailable);
    if (cause == kNoHandshake) return;
    EXPECT_TRUE(Causes::Get().Tell(cause)) << ::testing::PrintToString(Causes::Get().all());
  }

  CertificateAuthority ca_;
  calls::Host host_;
  std::unique_ptr<serving::Server> server_;
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

// Certificate × caller × connection: whatever is wrong with a certificate, nobody gets in with it,
// as a caller or as a server, whoever he says that he is.
struct Fault {
  const char* name;
  std::function<identity::TlsFiles(CertificateAuthority&, const std::string& path)> make;
  std::string cause;  // a part of it; empty if nothing is wrong
  enum class Of { kBoth, kCaller, kServer } of = Of::kBoth;  // whose fault it is

  bool IsOf(Of side) const { return !cause.empty() && (of == Of::kBoth || of == side); }
};

std::string Id(const std::string& path) { return "spiffe://puente.local/" + path; }

// Issued by `ca`, after `change` has changed the claims of a good certificate.
template <class Change>
auto With(Change change) {
  return [change](CertificateAuthority& ca, const std::string& path) {
    Claims claims;
    claims.uris = {Id(path)};
    change(claims);
    return ca.Issue(claims);
  };
}

const std::vector<Fault>& Faults() {
  using Of = Fault::Of;
  using Signer = Claims::Signer;
  static const auto* faults = new std::vector<Fault>{
      {"none", With([](Claims&) {}), ""},
      {"none: a chain through an intermediate CA",
       With([](Claims& claims) { claims.signer = Signer::kIntermediate; }), ""},
      {"none: another's SPIFFE id as a DNS name",
       With([](Claims& claims) { claims.dns_names = {Id("agency/economy")}; }), ""},
      {"none: another's SPIFFE id as the common name",
       With([](Claims& claims) { claims.common_name = Id("agency/economy"); }), ""},
      {"an intermediate CA that is not sent", With([](Claims& claims) {
         claims.signer = Signer::kIntermediate;
         claims.with_chain = false;
       }),
       "unable to get local issuer certificate"},
      {"signed by somebody who is no CA",
       With([](Claims& claims) { claims.signer = Signer::kCaller; }), "invalid CA certificate"},
      {"signed by itself", With([](Claims& claims) { claims.signer = Signer::kItself; }),
       "self-signed certificate"},
      {"of another authority", With([](Claims& claims) {
         claims.signer = Signer::kAnother;
         claims.with_chain = false;
       }),
       "unable to get local issuer certificate"},
      {"of another authority, which is sent",
       With([](Claims& claims) { claims.signer = Signer::kAnother; }),
       "self-signed certificate in certificate chain"},
      {"expired", With([](Claims& claims) { claims.valid_for = -absl::Hours(1); }),
       "certificate has expired"},
      {"not valid yet", With([](Claims& claims) { claims.valid_from = absl::Minutes(30); }),
       "certificate is not yet valid"},
      {"another's key",
       [](CertificateAuthority& ca, const std::string& path) {
         identity::TlsFiles files = ca.For(path);
         files.key = ca.For(path).key;
         return files;
       },
       kNoHandshake},
      {"for servers only", With([](Claims& claims) { claims.usage = "serverAuth"; }),
       "unsuitable certificate purpose", Of::kCaller},
      {"for clients only", With([](Claims& claims) { claims.usage = "clientAuth"; }),
       "unsuitable certificate purpose", Of::kServer},
      {"no URI", With([](Claims& claims) { claims.uris.clear(); }), "it has 0 URIs"},
      {"the SPIFFE id as a DNS name only",
       With([](Claims& claims) { claims.dns_names = std::exchange(claims.uris, {}); }),
       "it has 0 URIs"},
      {"the SPIFFE id as the common name only", With([](Claims& claims) {
         claims.common_name = claims.uris[0];
         claims.uris.clear();
       }),
       "it has 0 URIs"},
      {"another's URI as well",
       With([](Claims& claims) { claims.uris.push_back(Id("agency/economy")); }), "it has 2 URIs"},
      {"another's URI before",
       With([](Claims& claims) { claims.uris.insert(claims.uris.begin(), "https://a.example/"); }),
       "it has 2 URIs"},
      {"the URI twice", With([](Claims& claims) { claims.uris.push_back(claims.uris[0]); }),
       "it has 2 URIs"},
      {"no SPIFFE id", With([](Claims& claims) {
         claims.uris = {absl::StrReplaceAll(claims.uris[0], {{"spiffe:", "https:"}})};
       }),
       "its URI is no SPIFFE id"},
      {"another trust domain", With([](Claims& claims) {
         claims.uris = {absl::StrReplaceAll(claims.uris[0], {{".local", ".example"}})};
       }),
       "another trust domain"},
      {"upper case", With([](Claims& claims) {
         claims.uris = {Id("") + absl::AsciiStrToUpper(claims.uris[0].substr(Id("").size()))};
       }),
       "unknown kind or form"},
      {"a slash at the end", With([](Claims& claims) { claims.uris[0] += "/"; }),
       "unknown kind or form"},
      {"an unknown kind", With([](Claims& claims) { claims.uris = {Id("person/ana")}; }),
       "unknown kind or form"}};
  return *faults;
}

// One of each kind, and both forms of an authority.
const char* const kCallers[] = {"agency/labor",       "auditor/asf",          "certifier/ceneval",
                                "chamber/canacintra", "company/acme",         "council/cce",
                                "reporter/inegi",     "organization/unam",    "supplier/portal",
                                "authority/09",       "authority/32/stps-01", "gateway"};

TEST_F(TlsTest, NoCallerGetsInWithAFaultyCertificate) {
  calls::Host gateway_host(HostOptions());
  ServeEcho(gateway_host);
  const auto gateway = serving::Server::Start(gateway_host, "127.0.0.1:0", ca_.For("gateway"));
  ASSERT_OK(gateway);
  for (const auto& [server, address] :
       {std::pair(kLabor, server_->address()), std::pair("gateway", (*gateway)->address())}) {
    for (const Fault& fault : Faults()) {
      for (const char* caller : kCallers) {
        SCOPED_TRACE(absl::StrCat(caller, " to ", server, ", certificate: ", fault.name));
        Causes::Get().Clear();
        const auto channel = ChannelTo(address, fault.make(ca_, caller), server);
        if (fault.IsOf(Fault::Of::kCaller)) {
          ExpectRefusedInHandshake(channel, fault.cause);
        } else {
          EXPECT_EQ(Text(Get(channel)), caller);
        }
      }
    }
  }
}

// A server that starts with whatever certificate it gets, as Puente's own do not, and does nothing.
class BareServer {
 public:
  explicit BareServer(const identity::TlsFiles& files) {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", identity::ServerTls(files, testing::kTrustDomain),
                             &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }
  ~BareServer() { server_->Shutdown(std::chrono::system_clock::now()); }
  const std::string& address() const { return address_; }

 private:
  labor::v1::VacancyService::Service service_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(TlsTest, NobodyTalksToAServerWithAFaultyCertificate) {
  for (const char* path : {kLabor, "gateway"}) {
    for (const Fault& fault : Faults()) {
      SCOPED_TRACE(absl::StrCat(path, ", certificate: ", fault.name));
      const BareServer server(fault.make(ca_, path));
      for (const char* caller : {"gateway", "council/cce"}) {
        Causes::Get().Clear();
        const auto channel = ChannelTo(server.address(), ca_.For(caller), path);
        if (fault.IsOf(Fault::Of::kServer)) {
          ExpectRefusedInHandshake(channel, fault.cause);
        } else {
          EXPECT_EQ(Get(channel).status().code(), absl::StatusCode::kUnimplemented);
        }
      }
    }
  }
}

// No member of the federation can serve as another one.
TEST_F(TlsTest, AServerIsTalkedToUnderItsOwnPathOnly) {
  for (const char* path : kCallers) {
    const BareServer server(ca_.For(path));
    for (const char* expected :
         {"agency/labor", "agency/economy", "agency/education", "agency/science", "gateway"}) {
      SCOPED_TRACE(absl::StrCat(path, " as ", expected));
      Causes::Get().Clear();
      const auto channel = ChannelTo(server.address(), ca_.For("gateway"), expected);
      if (absl::string_view(path) == expected) {
        EXPECT_EQ(Get(channel).status().code(), absl::StatusCode::kUnimplemented);
      } else {
        ExpectRefusedInHandshake(channel,
                                 absl::StrCat("it belongs to ", path, " instead of ", expected));
      }
    }
  }
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
  calls::Host host(HostOptions());
  EXPECT_THAT(serving::Server::Start(host, server_->address(), ca_.For(kLabor)),
              HasReason("LISTEN_FAILED"));
}

TEST_F(TlsTest, AnInProcessCallIsFromWhomTheHostSays) {
  for (const auto& [caller, want] :
       {std::pair("gateway", "council/cce via gateway"), std::pair("", "CALLER_UNKNOWN")}) {
    calls::Host::Options options = HostOptions();
    options.in_process_caller = caller;
    calls::Host host(options);
    ServeEcho(host);
    const auto server = serving::Server::StartInProcess(host);
    ASSERT_OK(server);
    const auto got = Get((*server)->InProcessChannel(), "council/cce");
    EXPECT_EQ(got.ok() ? *got : Reason(got.status()), want);
    (*server)->Drain(absl::ZeroDuration());
  }
}

TEST_F(TlsTest, AHostThatTrustsInProcessCallsStillAsksOthersForCertificates) {
  calls::Host::Options options = HostOptions();
  options.in_process_caller = "gateway";
  calls::Host host(options);
  ServeEcho(host);
  const auto server = serving::Server::Start(host, "127.0.0.1:0", ca_.For(kLabor));
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

// What no peer would take is not taken up either.
TEST_F(TlsTest, OfFaultyCertificatesNoServerUsesAny) {
  CertificateAuthority other;
  for (const Fault& fault : Faults()) {
    SCOPED_TRACE(fault.name);
    const auto read =
        identity::ReadServerTlsFiles(fault.make(ca_, kLabor), testing::kTrustDomain, kLabor);
    if (fault.cause.empty()) {
      EXPECT_OK(read);
    } else {
      EXPECT_THAT(read, HasReason("TLS_FILES"));
    }
  }
  EXPECT_THAT(
      identity::ReadServerTlsFiles(ca_.For("agency/economy"), testing::kTrustDomain, kLabor),
      HasReason("TLS_FILES"));
  identity::TlsFiles of_another = other.For(kLabor);
  of_another.ca = ca_.ca_file();
  EXPECT_THAT(identity::ReadServerTlsFiles(of_another, testing::kTrustDomain, kLabor),
              HasReason("TLS_FILES"));
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
