#include "console/connect/gate.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "common/federation/channels.h"
#include "common/http/gzip.h"
#include "console/http/server.h"
#include "console/site/house.h"
#include "tests/console/client.h"
#include "tests/testing/certificates.h"
#include "tests/testing/wait.h"

namespace puente::console {
namespace {

using testing::Becomes;
using ::testing::HasSubstr;

// A server that takes every call and answers none.
class Silent : public grpc::CallbackGenericService {
 public:
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    return new Waiting(*this, *context);
  }

  std::atomic<int> begun = 0, cancelled = 0;
  std::atomic<int64_t> milliseconds_left = 0;

 private:
  class Waiting : public grpc::ServerGenericBidiReactor {
   public:
    Waiting(Silent& silent, const grpc::GenericCallbackServerContext& context) : silent_(silent) {
      silent_.milliseconds_left =
          absl::ToInt64Milliseconds(absl::FromChrono(context.deadline()) - absl::Now());
      ++silent_.begun;
    }
    void OnCancel() override {
      ++silent_.cancelled;
      Finish(grpc::Status::CANCELLED);
    }
    void OnDone() override { delete this; }

   private:
    Silent& silent_;
  };
};

class GateTest : public ::testing::Test {
 protected:
  GateTest() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort(
        "127.0.0.1:0", identity::ServerTls(authority_.For("agency/labor"), kTrustDomain), &port);
    builder.RegisterCallbackGenericService(&silent_);
    grpc_ = builder.BuildAndStart();
    Federation federation;
    federation.addresses = {{"labor", absl::StrCat("127.0.0.1:", port)}};
    federation.callers["council/cce"] = authority_.For("council/cce");
    channels_ = std::make_unique<Channels>(federation, "council/cce");
    house_ =
        std::make_unique<House>(*channels_, std::vector<std::string>{}, std::vector<std::string>{});
    server_ = std::make_unique<Server>(*house_);
    address_ = server_->Listen("127.0.0.1:0").value_or("");
  }

  static std::string Call(const std::string& method, const std::string& kind,
                          const std::string& body) {
    return absl::StrCat("POST /puente.labor.v1.VacancyService/", method,
                        " HTTP/1.1\r\nHost: x\r\nContent-Type: application/", kind,
                        "\r\nContent-Length: ", body.size(), "\r\n\r\n", body);
  }

  testing::CertificateAuthority authority_;
  Silent silent_;
  std::unique_ptr<grpc::Server> grpc_;
  std::unique_ptr<Channels> channels_;
  std::unique_ptr<House> house_;
  std::unique_ptr<Server> server_;
  std::string address_;
};

TEST_F(GateTest, AClientThatGoesCancelsItsCall) {
  for (const std::string& call :
       {Call("GetVacancy", "json", "{}"), Call("GetVacancy", "proto", ""),
        Call("ExportVacancies", "connect+json", std::string("\0\0\0\0\2{}", 7))}) {
    const int before = silent_.cancelled;
    {
      RawClient client(address_);
      client.Send(call);
      ASSERT_TRUE(Becomes([&] { return silent_.begun > before; }));
    }
    EXPECT_TRUE(Becomes([&] { return silent_.cancelled > before; }));
  }
}

TEST_F(GateTest, ADeadlineIsPassedOn) {
  httplib::Client client("http://" + address_);
  const auto answer = client.Post("/puente.labor.v1.VacancyService/GetVacancy",
                                  {{"Connect-Timeout-Ms", "300"}}, "{}", "application/json");
  EXPECT_EQ(answer->status, 504);
  EXPECT_THAT(answer->body, HasSubstr("\"code\":\"deadline_exceeded\""));
  EXPECT_LE(silent_.milliseconds_left, 300);
  EXPECT_GT(silent_.milliseconds_left, 0);
}

TEST_F(GateTest, WhatWasZippedHasOnlySoMuchRoom) {
  server_ = std::make_unique<Server>(*house_, Limits{.body_bytes = 5 << 20});
  address_ = server_->Listen("127.0.0.1:0").value_or("");
  const auto zipped = [](size_t size) {
    return http::Zipped(absl::StrCat("{}", std::string(size - 2, ' ')), 9);
  };
  const auto ask = [&](const std::string& body, const std::string& timeout) {
    httplib::Client client("http://" + address_);
    return client
        .Post("/puente.labor.v1.VacancyService/GetVacancy",
              {{"Content-Encoding", "gzip"}, {"Connect-Timeout-Ms", timeout}}, body,
              "application/json")
        ->body;
  };
  EXPECT_THAT(ask(zipped(3 << 20), "0"), HasSubstr("deadline_exceeded"));
  EXPECT_THAT(ask(zipped(100 << 20), "0"), HasSubstr("BODY_TOO_LARGE"));
  EXPECT_THAT(ask(zipped(100).substr(1), "0"), HasSubstr("GZIP_WRONG"));
  const int before = silent_.begun;
  RawClient waiting(address_);
  const std::string body = zipped(3 << 20);
  waiting.Send(
      absl::StrCat("POST /puente.labor.v1.VacancyService/GetVacancy HTTP/1.1\r\nHost: x\r\n",
                   "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
                   "Content-Length: ", body.size(), "\r\n\r\n", body));
  ASSERT_TRUE(Becomes([&] { return silent_.begun > before; }));
  EXPECT_THAT(ask(body, "0"), HasSubstr("BODIES_TOO_MANY"));
  EXPECT_THAT(ask(zipped(1 << 20), "0"), HasSubstr("deadline_exceeded"));
}

TEST_F(GateTest, ZippedMessagesOfAStreamHaveRoomUntilTheyAreWritten) {
  server_ = std::make_unique<Server>(*house_, Limits{.body_bytes = 5 << 20});
  address_ = server_->Listen("127.0.0.1:0").value_or("");
  const std::string packed = http::Zipped(absl::StrCat("{}", std::string(3 << 20, ' ')), 9);
  std::string envelope = "\1";
  for (int shift = 24; shift >= 0; shift -= 8) {
    envelope.push_back(static_cast<char>(packed.size() >> shift));
  }
  envelope += packed;
  const auto stream = [](const std::string& body) {
    return absl::StrCat(
        "POST /puente.labor.v1.VacancyService/LoadVacancies HTTP/1.1\r\nHost: x\r\n",
        "Content-Type: application/connect+json\r\nConnect-Content-Encoding: "
        "gzip\r\nConnect-Timeout-Ms: 1000\r\n",
        "Connection: close\r\nContent-Length: ", body.size(), "\r\n\r\n", body);
  };
  // Each has room for itself, and gives it back before the next.
  const std::string all =
      RawClient(address_).Send(stream(envelope + envelope + envelope)).ReadAll();
  EXPECT_THAT(all, HasSubstr("deadline_exceeded"));
  const int before = silent_.begun;
  RawClient waiting(address_);
  waiting.Send(
      absl::StrCat("POST /puente.labor.v1.VacancyService/GetVacancy HTTP/1.1\r\nHost: x\r\n",
                   "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
                   "Content-Length: ", packed.size(), "\r\n\r\n", packed));
  ASSERT_TRUE(Becomes([&] { return silent_.begun > before; }));
  EXPECT_THAT(RawClient(address_).Send(stream(envelope)).ReadAll(), HasSubstr("BODIES_TOO_MANY"));
}

TEST_F(GateTest, AMessageOfAStreamHasRoomFromWhenItsLengthIsKnown) {
  server_ = std::make_unique<Server>(*house_, Limits{.body_bytes = 5 << 20});
  address_ = server_->Listen("127.0.0.1:0").value_or("");
  // The beginning of an envelope of 3 MiB, which would come to `size` bytes.
  const auto begin = [](size_t size) {
    return absl::StrCat(
        "POST /puente.labor.v1.VacancyService/LoadVacancies HTTP/1.1\r\nHost: x\r\n",
        "Content-Type: application/connect+json\r\nConnection: close\r\nContent-Length: ", size,
        "\r\n\r\n", std::string("\0\0\x30\0\0{", 6));
  };
  const auto says = [&](const char* reason) {
    return absl::StrContains(RawClient(address_).Send(begin(6)).ReadAll(), reason);
  };
  EXPECT_TRUE(says("ENVELOPE_CUT"));
  {
    RawClient slow(address_);
    slow.Send(begin(5 + (3 << 20)));
    EXPECT_TRUE(Becomes([&] { return says("BODIES_TOO_MANY"); }));
  }
  EXPECT_TRUE(Becomes([&] { return says("ENVELOPE_CUT"); }));
}

TEST_F(GateTest, AServerOfAnotherNameIsNotTrusted) {
  Federation federation;
  federation.addresses = {{"economy", *channels_->AddressOf("labor")}};
  federation.callers["council/cce"] = authority_.For("council/cce");
  Channels channels(federation, "council/cce");
  House house(channels, {}, {});
  Server server(house);
  httplib::Client client("http://" + server.Listen("127.0.0.1:0").value_or(""));
  const auto answer = client.Post("/puente.economy.v1.CompanyService/GetCompany",
                                  {{"Connect-Timeout-Ms", "5000"}}, "{}", "application/json");
  EXPECT_EQ(answer->status, 503);
  EXPECT_THAT(answer->body, HasSubstr("SERVER_UNREACHABLE"));
  EXPECT_EQ(silent_.begun, 0);
}

TEST_F(GateTest, AtTheEndOfTheProgramCallsAreGivenUp) {
  server_.reset();
  server_ = std::make_unique<Server>(*house_, Limits{.drain = absl::ZeroDuration()});
  address_ = server_->Listen("127.0.0.1:0").value_or("");
  RawClient client(address_);
  client.Send(Call("GetVacancy", "json", "{}"));
  ASSERT_TRUE(Becomes([&] { return silent_.begun == 1; }));
  server_.reset();
  EXPECT_TRUE(Becomes([&] { return silent_.cancelled == 1; }));
}

}  // namespace
}  // namespace puente::console
