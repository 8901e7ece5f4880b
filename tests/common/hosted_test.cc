// A module with everything around it, as main.cc runs it; its configuration and admin listener.
#include "common/hosting/hosted.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/hosting/config.h"
#include "common/status/grpc_status.h"
#include "common/telemetry/log.h"
#include "nlohmann/json.hpp"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "tests/testing/certificates.h"
#include "tests/testing/registry.h"
#include "tests/testing/service.h"
#include "tests/testing/status.h"

namespace puente::hosting {
namespace {

using labor::v1::GetVacancyRequest;
using labor::v1::Vacancy;
using labor::v1::VacancyService;
using testing::HasReason;
using ::testing::HasSubstr;

// What the server answers to a request sent as it stands.
std::string Ask(const std::string& address, const std::string& request) {
  const int file = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (connect(file, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 &&
      send(file, request.data(), request.size(), 0) == static_cast<ssize_t>(request.size())) {
    shutdown(file, SHUT_WR);
    char bytes[4096];
    for (ssize_t size; (size = recv(file, bytes, sizeof bytes, 0)) > 0;) {
      answer.append(bytes, static_cast<size_t>(size));
    }
  }
  close(file);
  return answer;
}

std::string Get(const std::string& address, const std::string& path) {
  return Ask(address, absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: x\r\n\r\n"));
}

bool Becomes(const std::function<bool()>& condition) {
  const absl::Time limit = absl::Now() + absl::Seconds(30);
  while (!condition()) {
    if (absl::Now() > limit) return false;
    absl::SleepFor(absl::Milliseconds(5));
  }
  return true;
}

// Answers with the caller; of the gateway, with what Labor answered it.
class EchoModule final : public Module {
 public:
  explicit EchoModule(const Surroundings& around) {
    calls::Service& service = around.host.Serve<VacancyService>();
    service.Read([this](const Call& call, sql::Session*, const GetVacancyRequest& asked) {
      return Answer(call, asked);
    });
    testing::AnswerTheRest(service);
    auto channel = around.channel("labor");
    if (channel.ok()) labor_ = VacancyService::NewStub(*channel);
  }
  absl::Status Ready() override { return ready; }

  static inline absl::Status ready = absl::OkStatus();

 private:
  absl::StatusOr<Vacancy> Answer(const Call& call, const GetVacancyRequest& asked) {
    Vacancy vacancy;
    if (labor_ == nullptr) {
      vacancy.set_supplier(absl::StrCat(call.caller.path, " via ", call.delegate));
      return vacancy;
    }
    grpc::ClientContext context;
    context.AddMetadata("puente-original-caller", call.caller.path);
    const grpc::Status status = labor_->GetVacancy(&context, asked, &vacancy);
    if (!status.ok()) return FromGrpc(status);
    return vacancy;
  }

  std::unique_ptr<VacancyService::Stub> labor_;
};

ModuleKind Kind(const std::string& agency) {
  return {.agency = agency,
          .migrations = {},
          .make = [](const Surroundings& around) -> absl::StatusOr<std::unique_ptr<Module>> {
            return std::make_unique<EchoModule>(around);
          }};
}

class HostedTest : public ::testing::Test {
 protected:
  config::Server Config(const std::string& agency, const std::string& path) {
    config::Server config;
    config.set_agency(agency);
    config.set_listen("127.0.0.1:0");
    config.set_admin_listen("127.0.0.1:0");
    config.set_trust_domain(testing::kTrustDomain);
    config.set_workers(2);
    const identity::TlsFiles files = ca_.For(path);
    config.mutable_tls()->set_ca(files.ca);
    config.mutable_tls()->set_certificate(files.certificate);
    config.mutable_tls()->set_key(files.key);
    config.mutable_registry()->set_file(registry_.files().registry);
    config.mutable_registry()->set_public_key(registry_.files().public_key);
    return config;
  }

  absl::StatusOr<std::string> Supplier(const std::string& address, const std::string& server) {
    auto stub = VacancyService::NewStub(
        grpc::CreateChannel(address, identity::ClientTls(council_, testing::kTrustDomain, server)));
    grpc::ClientContext context;
    GetVacancyRequest request;
    request.set_name("vacancies/a");
    Vacancy vacancy;
    const grpc::Status status = stub->GetVacancy(&context, request, &vacancy);
    if (!status.ok()) return FromGrpc(status);
    return vacancy.supplier();
  }

  testing::CertificateAuthority ca_;
  const identity::TlsFiles council_ = ca_.For("council/cce");
  testing::SignedRegistry registry_{ca_.folder()};
};

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
      HasReason("CONFIG_INVALID"));
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
    const absl::Time give_up = absl::Now() + absl::Seconds(5);
    while (get() != reason && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(20));
    return get();
  };
  const auto shows = [&](const std::string& metric, absl::Duration limit) {
    const absl::Time give_up = absl::Now() + limit;
    while (absl::Now() < give_up) {
      if (absl::StrContains(Get((*labor)->admin_address(), "/metrics"), metric)) return true;
      absl::SleepFor(absl::Milliseconds(5));
    }
    return false;
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
  EXPECT_EQ(await(""), "");
  registry_.Publish("serial: 11 principals { path: 'gateway' }");
  EXPECT_EQ(await("CALLER_NOT_REGISTERED"), "CALLER_NOT_REGISTERED");
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
  EXPECT_THAT(Get(admin, "/live"), HasSubstr("200 OK"));
  EXPECT_TRUE(Becomes([&] { return absl::StrContains(Get(admin, "/ready"), "200 OK"); }));
  EXPECT_THAT(Get(admin, "/metrics?x=1"), HasSubstr("puente_pool_workers 2"));
  EXPECT_THAT(Get(admin, "/other"), HasSubstr("404"));
  EXPECT_THAT(Ask(admin, "nonsense"), HasSubstr("404"));
  EXPECT_THAT(Ask(admin, std::string(10'000, 'x')), ::testing::Not(HasSubstr("200")));
  EchoModule::ready = absl::UnavailableError("sequencer is stuck");
  EXPECT_THAT(Get(admin, "/ready"),
              ::testing::AllOf(HasSubstr("503"), HasSubstr("sequencer is stuck")));
  EchoModule::ready = absl::OkStatus();
}

// How many descriptors this process may have, for a while.
class DescriptorLimit {
 public:
  explicit DescriptorLimit(rlim_t more_than_now) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const std::filesystem::directory_iterator open("/proc/self/fd");
    const auto used = static_cast<rlim_t>(std::distance(begin(open), end(open)));
    const rlimit now = {used + more_than_now, before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &now);
  }
  ~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_ = {};
};

// Connections without a certificate, or a word, held by a process of their own.
class PlainConnections {
 public:
  PlainConnections(const std::string& address, int count) {
    sockaddr_in to = {};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    process_ = fork();
    if (process_ == 0) Hold(to, count);
  }
  ~PlainConnections() { End(); }
  void End() {
    if (process_ == 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = 0;
  }

 private:
  // Nothing here may take a lock that another thread held at the fork.
  [[noreturn]] static void Hold(const sockaddr_in& to, int count) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close_range(0, ~0U, 0);
    rlimit limit = {};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    for (int i = 0; i < count; ++i) {
      const int file = socket(AF_INET, SOCK_STREAM, 0);
      connect(file, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    }
    while (true) pause();
  }

  pid_t process_ = 0;
};

TEST_F(HostedTest, ConnectionsWithoutACertificateDoNotMakeItDeaf) {
  auto labor =
      Hosted::Make(Kind("labor"), Config("labor", "agency/labor"), api::v1::HOSTING_OWN_PROCESS);
  ASSERT_OK(labor);
  ASSERT_OK((*labor)->Start());
  const auto answers = [&] { return Supplier((*labor)->address(), "agency/labor").ok(); };
  ASSERT_TRUE(answers());
  {
    const DescriptorLimit few(40);
    PlainConnections plain((*labor)->address(), 200);
    // Until not even a folder can be opened.
    EXPECT_TRUE(Becomes([] {
      const int file = open("/proc/self/fd", O_RDONLY | O_CLOEXEC);
      if (file >= 0) close(file);
      return file < 0;
    }));
    plain.End();
    EXPECT_TRUE(Becomes(answers));
  }
}

TEST_F(HostedTest, IsReadyOnlyWhileItsFrontDoorAnswers) {
  const DescriptorLimit few(200);  // half of which may be callers' connections
  auto labor =
      Hosted::Make(Kind("labor"), Config("labor", "agency/labor"), api::v1::HOSTING_OWN_PROCESS);
  ASSERT_OK(labor);
  ASSERT_OK((*labor)->Start());
  const auto shows = [&](const char* text) {
    return Becomes(
        [&] { return absl::StrContains(Get((*labor)->admin_address(), "/ready"), text); });
  };
  EXPECT_TRUE(shows("200 OK"));
  PlainConnections plain((*labor)->address(), 400);
  EXPECT_TRUE(shows("SERVER_NOT_ANSWERING"));
  plain.End();
  EXPECT_TRUE(shows("200 OK"));
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
           {"no trust domain", [](auto& s) { s.clear_trust_domain(); }, "trust_domain"},
           {"no key", [](auto& s) { s.mutable_tls()->clear_key(); }, "tls.key"},
           {"no registry", [](auto& s) { s.clear_registry(); }, "registry.file"},
           {"too many workers", [](auto& s) { s.set_workers(65); }, "workers"},
           {"too many together", [](auto& s) { s.set_reads_together(65); }, "reads_together"},
           {"fewer than one together", [](auto& s) { s.set_reads_together(-1); }, "reads_together"},
           {"a database where none is used",
            [](auto& s) { s.mutable_database()->set_socket("/s"); }, "database"},
           {"a peer without address", [](auto& s) { s.add_peers()->set_agency("labor"); },
            "peers.address"}}) {
    SCOPED_TRACE(c.name);
    config::Server config = Config("labor", "agency/labor");
    c.spoil(config);
    const absl::Status wrong = CheckConfig(config, "labor", false);
    EXPECT_THAT(wrong, HasReason("CONFIG_INVALID"));
    EXPECT_EQ(MetadataOf(wrong, "where"), c.where);
  }
  config::Server outside = Config("labor", "agency/labor");
  outside.set_admin_listen("0.0.0.0:0");
  auto hosted = Hosted::Make(Kind("labor"), outside, api::v1::HOSTING_OWN_PROCESS);
  ASSERT_OK(hosted);
  EXPECT_THAT((*hosted)->Start(), HasReason("CONFIG_INVALID"));
}

TEST_F(HostedTest, ADatabaseIsOnASocketOrOnHosts) {
  config::Server config = Config("labor", "agency/labor");
  config::Database& database = *config.mutable_database();
  database.set_user("puente");
  database.set_schema("puente_labor");
  const auto wrong = [&] {
    const absl::Status status = CheckConfig(config, "labor", true);
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
  ASSERT_OK_AND_ASSIGN(const auto target, DatabaseOf(config));
  EXPECT_THAT(target->hosts, ::testing::ElementsAre("db1.example:3306"));
  EXPECT_EQ(target->ca, ca_.ca_file());
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

// Lines that a function writes on stderr.
std::vector<std::string> Logged(const std::function<void()>& write) {
  ::testing::internal::CaptureStderr();
  write();
  return absl::StrSplit(::testing::internal::GetCapturedStderr(), '\n', absl::SkipEmpty());
}

TEST(Log, IsJsonWhateverBytesItIsGiven) {
  const std::vector<std::string> lines = Logged([] {
    // The last one is cut within a letter.
    for (const std::string& text : {std::string("\xFF\xC3(\0\x7F\"\\", 7), std::string("\xE2\x82"),
                                    std::string(599, 'x') + "ñ"}) {
      telemetry::Log(telemetry::Severity::kError, "test", {{"text", text}});
    }
  });
  ASSERT_EQ(lines.size(), 3u);
  std::vector<std::string> texts;
  for (const std::string& line : lines) {
    const auto parsed = nlohmann::json::parse(line, nullptr, false);
    ASSERT_FALSE(parsed.is_discarded()) << line;
    texts.push_back(parsed["text"]);
  }
  EXPECT_EQ(texts[0], std::string("\uFFFD\uFFFD(\0\x7F\"\\", 11));
  EXPECT_EQ(texts[1], "\uFFFD\uFFFD");
  EXPECT_EQ(texts[2], std::string(599, 'x') + "\uFFFD");
}

TEST(Log, HasWhatProtobufSaysOfARequestThatIsNotUtf8) {
  telemetry::LogForProtobuf();
  const std::vector<std::string> lines = Logged([] {
    GetVacancyRequest request;
    EXPECT_FALSE(request.ParseFromString("\x0A\x01\xFF"));
  });
  ASSERT_EQ(lines.size(), 1u);
  const auto parsed = nlohmann::json::parse(lines[0], nullptr, false);
  ASSERT_FALSE(parsed.is_discarded()) << lines[0];
  EXPECT_EQ(parsed["event"], "protobuf");
  EXPECT_THAT(parsed["text"].get<std::string>(), HasSubstr("GetVacancyRequest.name"));
}

TEST(Trace, IsTheCallersOrANewOne) {
  constexpr char kId[] = "0af7651916cd43dd8448eb211c80319c";
  EXPECT_EQ(telemetry::TraceId(absl::StrCat("00-", kId, "-b7ad6b7169203331-01")), kId);
  for (const std::string& bad :
       {std::string(), std::string("00"), absl::StrCat("ff-", kId, "-b7ad6b7169203331-01"),
        "00-" + std::string(32, '0') + "-b7ad6b7169203331-01",
        absl::StrCat("00-", "0AF7651916CD43DD8448EB211C80319C", "-b7ad6b7169203331-01")}) {
    const std::string made = telemetry::TraceId(bad);
    EXPECT_EQ(made.size(), 32u);
    EXPECT_NE(made, telemetry::TraceId(bad));
  }
  EXPECT_EQ(telemetry::TraceId(telemetry::Traceparent(kId)), kId);
}

}  // namespace
}  // namespace puente::hosting
