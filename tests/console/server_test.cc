#include "console/http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>

#include "tests/console/client.h"
#include "tests/testing/wait.h"

namespace puente::console {
namespace {

using ::testing::AllOf;
using testing::Becomes;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kEnd[] = "\r\n\r\n";

// Answers by what it is asked for.
class Paths : public Handler {
 public:
  void Handle(std::shared_ptr<Exchange> exchange) override {
    ++asked;
    const absl::string_view target = exchange->target();
    if (target == "/echo") {
      Exchange& reading = *exchange;
      reading.ReadAll(1 << 20, [exchange](absl::StatusOr<std::string> body) {
        exchange->Send(TextAnswer(body.ok() ? 200 : 413, body.value_or("too much")));
      });
    } else if (target == "/drop") {
      Drop(std::move(exchange));
    } else if (target == "/some") {
      exchange->Begin(TextAnswer(200, ""));
      WriteSome(std::move(exchange));
    } else if (target == "/pieces") {
      exchange->Begin(TextAnswer(200, ""));
      exchange->Write("one", [exchange](bool) {
        exchange->Write("two", [exchange](bool) { exchange->End(); });
      });
    } else if (target == "/never") {
      exchange->WhenGone([this] { ++gone; });
      absl::MutexLock lock(&mutex);
      kept.push_back(std::move(exchange));
    } else if (target == "/lost") {
      // Nobody answers it.
    } else {
      exchange->Send(TextAnswer(200, std::string(target)));
    }
  }

  void Drop(std::shared_ptr<Exchange> exchange) {
    Exchange& reading = *exchange;
    reading.ReadSome([this, exchange](absl::StatusOr<std::string> piece) {
      if (!piece.ok() || piece->empty()) return exchange->Send(TextAnswer(200, ""));
      ++dropped;
      Drop(exchange);
    });
  }
  // Each piece of the body as it comes.
  static void WriteSome(std::shared_ptr<Exchange> exchange) {
    Exchange& reading = *exchange;
    reading.ReadSome([exchange](absl::StatusOr<std::string> piece) {
      if (!piece.ok()) return;
      if (piece->empty()) return exchange->End();
      exchange->Write(*std::move(piece), [exchange](bool) { WriteSome(exchange); });
    });
  }

  void AnswerKept() {
    absl::MutexLock lock(&mutex);
    for (const auto& exchange : kept) exchange->Send(TextAnswer(200, "late"));
    kept.clear();
  }
  void DropKept() {
    absl::MutexLock lock(&mutex);
    kept.clear();
  }

  std::atomic<int> asked = 0, gone = 0, dropped = 0;
  absl::Mutex mutex;
  std::vector<std::shared_ptr<Exchange>> kept ABSL_GUARDED_BY(mutex);
};

std::string Get(const std::string& path, const std::string& fields = "") {
  return absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: x\r\n", fields, "\r\n");
}

std::string Post(const std::string& path, const std::string& body) {
  return absl::StrCat("POST ", path, " HTTP/1.1\r\nHost: x\r\nContent-Length: ", body.size(), kEnd,
                      body);
}

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() : ServerTest(Limits()) {}
  explicit ServerTest(Limits limits) : server_(std::make_unique<Server>(paths_, limits)) {
    const auto address = server_->Listen("127.0.0.1:0");
    EXPECT_TRUE(address.ok()) << address.status();
    address_ = address.value_or("127.0.0.1:1");
  }

  Paths paths_;
  std::unique_ptr<Server> server_;
  std::string address_;
};

TEST_F(ServerTest, AnswersRequestsOfOneConnectionInTurn) {
  RawClient client(address_);
  for (const char* path : {"/a", "/b", "/c"}) {
    EXPECT_THAT(client.Send(Get(path)).ReadUntil(path),
                AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("Content-Length: 2\r\n")));
  }
  // Also those that are sent before the answer has come.
  EXPECT_THAT(client.Send(Get("/d") + Get("/e") + Post("/echo", "f")).ReadUntil("\r\n\r\nf"),
              AllOf(HasSubstr("/d"), HasSubstr("/e")));
  EXPECT_THAT(client.Send(Get("/g", "Connection: close\r\n")).ReadAll(),
              HasSubstr("Connection: close"));
}

TEST_F(ServerTest, AHeadHasNoBody) {
  RawClient client(address_);
  client.Send("HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\n" + Get("/next"));
  EXPECT_THAT(client.ReadUntil("/next"),
              AllOf(HasSubstr("Content-Length: 4\r\n"), ::testing::Not(HasSubstr("/abc"))));
}

TEST_F(ServerTest, BodiesOfEveryForm) {
  const std::string large(900'000, 'x');
  RawClient client(address_);
  EXPECT_THAT(client.Send(Post("/echo", large)).ReadUntil(large), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(client
                  .Send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")
                  .ReadUntil("abcdefg"),
              HasSubstr("Content-Length: 7\r\n"));
  client.Send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_THAT(client.ReadUntil(kEnd), StartsWith("HTTP/1.1 100 Continue\r\n"));
  EXPECT_THAT(client.Send("ok").ReadUntil("ok"), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, APieceOfABodyIsTakenAsItComes) {
  const std::string head = "POST /some HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  RawClient client(address_);
  EXPECT_THAT(client.Send(head).ReadUntil(kEnd), HasSubstr("chunked"));
  for (const char* piece : {"a", "bc", "def"}) {
    const std::string chunk = absl::StrCat(strlen(piece), "\r\n", piece, "\r\n");
    EXPECT_EQ(client.Send(chunk).ReadUntil(chunk), chunk);
  }
  // One that is larger than a piece, and its end.
  const std::string large = absl::StrCat("20000\r\n", std::string(0x20000, 'x'), "\r\n");
  EXPECT_NE(client.Send(large + "0\r\n\r\n").ReadUntil("\r\n0\r\n\r\n"), "");
  EXPECT_THAT(RawClient(address_).Send(Post("/some", "last")).ReadUntil("0\r\n\r\n"),
              HasSubstr("4\r\nlast\r\n"));
}

TEST_F(ServerTest, ABodyThatIsTooLargeIsRefusedAndItsAnswerArrives) {
  RawClient client(address_);
  EXPECT_THAT(client.Send(Post("/echo", std::string(3 << 20, 'x'))).ReadAll(),
              AllOf(StartsWith("HTTP/1.1 413"), HasSubstr("too much")));
  const std::string piece = absl::StrCat("10000\r\n", std::string(1 << 16, 'x'), "\r\n");
  std::string chunked = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) chunked += piece;
  EXPECT_THAT(RawClient(address_).Send(chunked).ReadAll(), StartsWith("HTTP/1.1 413"));
}

TEST_F(ServerTest, WhatIsNoRequestIsRefused) {
  for (const char* text :
       {"nonsense\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nPuente-Actor: a\r\nPuente-Actor: b\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: identity\r\n\r\na",
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
    EXPECT_THAT(RawClient(address_).Send(text).ReadUntil(kEnd), StartsWith("HTTP/1.1 400")) << text;
  }
  EXPECT_THAT(RawClient(address_).Send("GET / HTTP/1.0\r\n\r\n").ReadAll(),
              StartsWith("HTTP/1.1 505"));
  EXPECT_THAT(
      RawClient(address_).Send(Get("/", "X: " + std::string(20'000, 'x') + "\r\n")).ReadUntil(kEnd),
      StartsWith("HTTP/1.1 431"));
  EXPECT_EQ(paths_.asked, 0);
}

TEST_F(ServerTest, AnswersComeInPieces) {
  RawClient client(address_);
  EXPECT_THAT(
      client.Send(Get("/pieces")).ReadUntil("0\r\n\r\n"),
      AllOf(HasSubstr("Transfer-Encoding: chunked"), HasSubstr("3\r\none\r\n3\r\ntwo\r\n")));
  EXPECT_THAT(client.Send(Get("/next")).ReadUntil("/next"), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, AClientThatGoesIsSeen) {
  {
    RawClient client(address_);
    client.Send(Get("/never"));
    EXPECT_TRUE(Becomes([&] { return paths_.asked == 1; }));
  }
  EXPECT_TRUE(Becomes([&] { return paths_.gone == 1; }));
  paths_.AnswerKept();  // too late, and to nobody
}

TEST_F(ServerTest, ARequestThatNobodyAnswersIsClosed) {
  EXPECT_EQ(RawClient(address_).Send(Get("/lost")).ReadAll(), "");
}

TEST_F(ServerTest, AtItsEndItWaitsForAnswers) {
  RawClient idle(address_), waiting(address_);
  EXPECT_THAT(idle.Send(Get("/a")).ReadUntil("/a"), StartsWith("HTTP/1.1 200"));
  waiting.Send(Get("/never"));
  EXPECT_TRUE(Becomes([&] { return paths_.asked == 2; }));
  std::thread end([&] { server_.reset(); });
  EXPECT_EQ(idle.ReadAll(), "");  // at once
  paths_.AnswerKept();
  EXPECT_THAT(waiting.ReadAll(), AllOf(HasSubstr("late"), HasSubstr("Connection: close")));
  end.join();
  EXPECT_FALSE(RawClient(address_).connected());
}

class Small : public ServerTest {
 protected:
  Small()
      : ServerTest({.connections = 2,
                    .idle = absl::Milliseconds(100),
                    .reading = absl::Milliseconds(100),
                    .drain = absl::ZeroDuration()}) {}
};

TEST_F(Small, SlowClientsAreLetGo) {
  EXPECT_EQ(RawClient(address_).Send("GET / HT").ReadAll(), "");
  EXPECT_EQ(RawClient(address_)
                .Send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
                .ReadAll(),
            "");
}

TEST_F(Small, ThereAreOnlySoManyConnections) {
  RawClient one(address_), two(address_);
  one.Send(Get("/never"));
  two.Send(Get("/never"));
  EXPECT_TRUE(Becomes([&] { return paths_.asked == 2; }));
  EXPECT_EQ(RawClient(address_).Send(Get("/a")).ReadAll(), "");
  paths_.AnswerKept();
}

TEST_F(Small, AtItsEndItGivesUpWhatTakesTooLong) {
  RawClient client(address_);
  client.Send(Get("/never"));
  EXPECT_TRUE(Becomes([&] { return paths_.asked == 1; }));
  std::thread end([&] { server_.reset(); });
  EXPECT_TRUE(Becomes([&] { return paths_.gone == 1; }));
  paths_.DropKept();
  end.join();
  EXPECT_EQ(client.ReadAll(), "");
}

class Cramped : public ServerTest {
 protected:
  Cramped() : ServerTest({.body_bytes = 100'000}) {}
};

TEST_F(Cramped, BodiesOfAllConnectionsHaveOnlySoMuchRoom) {
  const std::string body(60'000, 'x');
  const auto fits = [&] {
    return absl::StartsWith(RawClient(address_).Send(Post("/echo", body)).ReadUntil(kEnd),
                            "HTTP/1.1 200");
  };
  RawClient slow(address_);
  slow.Send(absl::StrCat("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n",
                         "Content-Length: ", body.size(), kEnd));
  EXPECT_THAT(slow.ReadUntil(kEnd), StartsWith("HTTP/1.1 100"));
  EXPECT_FALSE(fits());
  EXPECT_THAT(slow.Send(body).ReadUntil(body), StartsWith("HTTP/1.1 200"));
  EXPECT_TRUE(Becomes(fits));
  // One alone may have all of it, but no more.
  EXPECT_TRUE(Becomes([&] {
    const std::string all(100'000, 'x');
    return RawClient(address_).Send(Post("/echo", all)).ReadUntil(all) != "";
  }));
  EXPECT_THAT(RawClient(address_).Send(Post("/echo", std::string(100'001, 'x'))).ReadUntil(kEnd),
              StartsWith("HTTP/1.1 413"));
}

// Also those of which a piece is on its way just then.
TEST(Server, AtItsEndItGivesUpBodies) {
  const std::string chunk = absl::StrCat("1000\r\n", std::string(0x1000, 'x'), "\r\n");
  for (int i = 0; i < 50; ++i) {
    Paths paths;
    auto server =
        std::make_unique<Server>(paths, Limits{.threads = 2, .drain = absl::ZeroDuration()});
    RawClient client(server->Listen("127.0.0.1:0").value_or("127.0.0.1:1"));
    client.Send("POST /drop HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    std::atomic<bool> ended = false;
    std::thread sending([&] {
      while (!ended) client.Send(chunk);
    });
    EXPECT_TRUE(Becomes([&] { return paths.dropped > 0; }));
    server.reset();
    ended = true;
    sending.join();
  }
}

TEST(Server, ListensOnASocketOfTheFileSystem) {
  const std::string path =
      (std::filesystem::temp_directory_path() / absl::StrCat("puente-http-", getpid())).string();
  Paths paths;
  {
    Server server(paths);
    const auto address = server.Listen("unix:" + path);
    ASSERT_TRUE(address.ok()) << address.status();
    struct stat found = {};
    ASSERT_EQ(stat(path.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0660u);
    // Where one listens, no other does.
    Server other(paths);
    EXPECT_EQ(other.Listen("unix:" + path).status().code(), absl::StatusCode::kUnavailable);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Server, RefusesWhatIsNoAddress) {
  Paths paths;
  for (const char* text : {"", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000", "host:1", "unix:"}) {
    EXPECT_EQ(Server(paths).Listen(text).status().code(), absl::StatusCode::kInvalidArgument)
        << text;
  }
}

}  // namespace
}  // namespace puente::console
