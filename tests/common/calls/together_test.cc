// Calls that would wait for one another are stored together, each with an entry of its own.
#include "common/calls/together.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <memory>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/calls/service.h"
#include "common/crypto/digest.h"
#include "common/journal/token.h"
#include "common/serving/server.h"
#include "common/sql/error.h"
#include "common/status/grpc_status.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "schema/journal.h"
#include "tests/testing/database.h"
#include "tests/testing/proxy.h"
#include "tests/testing/registry.h"
#include "tests/testing/service.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::calls {
namespace {

using labor::v1::CloseVacancyRequest;
using labor::v1::Vacancy;
using labor::v1::VacancyService;
using testing::Becomes;
using testing::Database;
using testing::HasReason;
using testing::MustCount;
using testing::MustExecute;
using testing::Proxy;

constexpr absl::Duration kLimit = absl::Seconds(20);
constexpr sql::Query kInsert{"test.insert", "INSERT INTO thing (id) VALUES (?)"};

// Closes vacancies by storing their names; "…/refused" is refused, "…/stall" and "…/later" wait
// until they are let go.
class Closing {
 public:
  explicit Closing(Host& host) {
    Service& service = host.Serve<VacancyService>();
    service.MutateTogether(
        *service.Find("CloseVacancy"),
        [this](const Call&, journal::Transaction& tx, const google::protobuf::Message& request,
               google::protobuf::Message& answer) { return Close(tx, request, answer); },
        [this](journal::Transaction& tx, absl::Span<Asked> asked) {
          ++groups;
          most_together = std::max<int>(most_together, asked.size());
          for (Asked& one : asked) one.outcome = Close(tx, one.request, one.answer);
          return fails ? absl::Status(Error(sql::error::kConflict)) : absl::OkStatus();
        },
        [this](const google::protobuf::Message& request) {
          ++entered;
          const std::string& name = static_cast<const CloseVacancyRequest&>(request).name();
          return name == "vacancies/another" ? name : "";
        });
    testing::AnswerTheRest(service);
  }

  void LetGo() {
    for (absl::Notification* const held : {&stall, &later}) {
      if (!held->HasBeenNotified()) held->Notify();
    }
  }

  absl::Notification stall, later;
  // Once a call is counted among those that entered, whoever takes what waits takes it too.
  std::atomic<int> entered = 0, begun = 0, groups = 0, most_together = 0;
  std::atomic<bool> fails = false;

 private:
  absl::StatusOr<OwnerProof> Close(journal::Transaction& tx,
                                   const google::protobuf::Message& request,
                                   google::protobuf::Message& answer) {
    ++begun;
    const std::string& name = static_cast<const CloseVacancyRequest&>(request).name();
    if (name == "vacancies/stall") stall.WaitForNotification();
    if (name == "vacancies/later") later.WaitForNotification();
    if (name == "vacancies/refused") return Error(journal::error::kRequestIdExpired);
    RETURN_IF_ERROR(tx.Execute(kInsert, {name}).status());
    tx.deltas().Count(name, 1, 1);
    tx.Changed(name, 1, crypto::Sha256(name));
    static_cast<Vacancy&>(answer).set_name(name);
    return OwnerProof::Give();
  }
};

// Until they are let go no COMMIT of the server ends; everything else goes on.
class HeldCommits {
 public:
  HeldCommits() : connection_(Database::Shared().server()) {
    MustExecute(connection_, "BACKUP STAGE START");
    MustExecute(connection_, "BACKUP STAGE BLOCK_COMMIT");
  }
  void LetGo() { MustExecute(connection_, "BACKUP STAGE END"); }
  // MySQL knows no such thing, and on a server that isn't ours it holds others as well.
  static bool Possible() { return Database::Shared().pid() != 0; }

 private:
  sql::Connection connection_;
};

class TogetherTest : public ::testing::Test {
 protected:
  struct Asking {
    grpc::ClientContext context;
    CloseVacancyRequest request;
    Vacancy answer;
    grpc::Status status;
  };

  explicit TogetherTest(int workers = 4)
      : workers_(workers),
        target_(Database::Shared().NewSchema(schema::journal())),
        proxy_(target_.socket.empty() ? nullptr : std::make_unique<Proxy>(target_.socket)),
        connection_(target_),
        host_(HostOptions()),
        closing_(host_) {
    MustExecute(connection_, "CREATE TABLE thing (id VARBINARY(80) PRIMARY KEY)");
    auto server = serving::Server::StartInProcess(host_);
    if (!server.ok()) std::abort();
    server_ = *std::move(server);
    server_->SetServing(true);
    stub_ = VacancyService::NewStub(server_->InProcessChannel());
  }
  ~TogetherTest() override {
    closing_.LetGo();
    server_->Drain(kLimit);
  }

  Host::Options HostOptions() {
    Host::Options options;
    options.principals = &testing::Everybody;
    options.agency = "labor";
    options.pool.workers = workers_;
    options.pool.most_wait = kLimit;
    options.pool.database = target_;
    if (proxy_ != nullptr) options.pool.database->socket = proxy_->socket();
    options.in_process_caller = "agency/labor";
    return options;
  }

  Asking& Ask(const std::string& id, std::string request_id = crypto::Uuid4(),
              absl::Duration limit = kLimit) {
    Asking& asking = asked_.emplace_back();
    asking.context.set_deadline(absl::ToChronoTime(absl::Now() + limit));
    asking.request.set_name(absl::StrCat("vacancies/", id));
    asking.request.set_reason(labor::v1::CLOSE_REASON_FILLED);
    asking.request.set_request_id(request_id);
    stub_->async()->CloseVacancy(&asking.context, &asking.request, &asking.answer,
                                 [this, &asking](const grpc::Status& status) {
                                   asking.status = status;
                                   ++ended_;
                                 });
    return asking;
  }
  // Asks for these while another is being stored, and waits until all have ended.
  void AskWhileOneIsStored(const std::vector<std::pair<std::string, std::string>>& those) {
    Ask("stall");
    ASSERT_TRUE(Becomes([&] { return closing_.begun == 1; }));
    const int before = closing_.entered;
    for (const auto& [id, request_id] : those) Ask(id, request_id);
    ASSERT_TRUE(
        Becomes([&] { return closing_.entered == before + static_cast<int>(those.size()); }));
    closing_.stall.Notify();
    ASSERT_TRUE(Becomes([&] { return ended_ == static_cast<int>(asked_.size()); }));
  }
  // Asks for these one after the other, so that they wait in this order.
  void Enter(const std::vector<std::string>& ids) {
    for (const std::string& id : ids) {
      const int before = closing_.entered;
      Ask(id);
      ASSERT_TRUE(Becomes([&] { return closing_.entered > before; }));
    }
  }
  std::vector<std::pair<std::string, std::string>> Fresh(const std::vector<std::string>& ids) {
    std::vector<std::pair<std::string, std::string>> fresh;
    for (const std::string& id : ids) fresh.emplace_back(id, crypto::Uuid4());
    return fresh;
  }
  int64_t Count(const std::string& table) {
    return MustCount(connection_, absl::StrCat("SELECT COUNT(*) FROM ", table));
  }

  std::atomic<int> ended_ = 0;
  const int workers_;
  const sql::Target target_;
  const std::unique_ptr<Proxy> proxy_;  // before the workers' connections; null without a socket
  sql::Connection connection_;
  Host host_;
  Closing closing_;
  std::unique_ptr<serving::Server> server_;
  std::unique_ptr<VacancyService::Stub> stub_;
  std::deque<Asking> asked_;
};

TEST_F(TogetherTest, EachHasItsAnswerItsEntryAndItsToken) {
  AskWhileOneIsStored(Fresh({"a", "b", "c", "d", "e"}));
  std::set<std::string> tokens;
  for (const Asking& asking : asked_) {
    ASSERT_OK(FromGrpc(asking.status));
    EXPECT_EQ(asking.answer.name(), asking.request.name());
    const auto token = asking.context.GetServerInitialMetadata().find(kFreshnessKey);
    ASSERT_NE(token, asking.context.GetServerInitialMetadata().end());
    tokens.emplace(token->second.data(), token->second.size());
  }
  EXPECT_EQ(tokens.size(), 6u);
  EXPECT_EQ(Count("thing"), 6);
  EXPECT_EQ(Count("journal_entry"), 6);
  EXPECT_EQ(MustCount(connection_,
                      "SELECT COUNT(*) FROM journal_entry JOIN thing ON LOCATE(thing.id, canonical)"
                      " AND LOCATE(thing.id, answer) AND LOCATE(thing.id, deltas)"),
            6);
  EXPECT_GE(closing_.most_together, 2);
}

TEST_F(TogetherTest, WhoWantsSomethingElseDoesNotWait) {
  Ask("stall");
  ASSERT_TRUE(Becomes([&] { return closing_.begun == 1; }));
  Asking& another = Ask("another");
  ASSERT_TRUE(Becomes([&] { return ended_ == 1; }));
  EXPECT_OK(FromGrpc(another.status));
  closing_.stall.Notify();
  ASSERT_TRUE(Becomes([&] { return ended_ == 2; }));
}

TEST_F(TogetherTest, WhatIsRefusedIsRefusedAlone) {
  AskWhileOneIsStored(Fresh({"a", "refused", "b", "c"}));
  EXPECT_THAT(FromGrpc(asked_[2].status), HasReason("REQUEST_ID_EXPIRED"));
  for (const size_t stored : {0, 1, 3, 4}) EXPECT_OK(FromGrpc(asked_[stored].status));
  EXPECT_EQ(Count("thing"), 4);
  EXPECT_EQ(Count("journal_entry"), 4);
}

// Under overload there is always one, at the head of those that wait.
TEST_F(TogetherTest, WhoseTimeIsOverDoesNotKeepTheOthersFromBeingStoredTogether) {
  Ask("stall");
  ASSERT_TRUE(Becomes([&] { return closing_.begun == 1; }));
  const int before = closing_.entered;
  for (const char* id : {"a", "b", "later"}) Ask(id);
  const Asking& late = Ask("late", crypto::Uuid4(), absl::Seconds(2));
  ASSERT_TRUE(Becomes([&] { return closing_.entered == before + 4; }));
  closing_.stall.Notify();
  ASSERT_TRUE(Becomes([&] { return ended_ == 2; }));
  EXPECT_EQ(late.status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(closing_.groups, 1);
  closing_.later.Notify();
  ASSERT_TRUE(Becomes([&] { return ended_ == 5; }));
  for (const Asking& asking : asked_) {
    if (&asking == &late) continue;
    EXPECT_OK(FromGrpc(asking.status));
  }
  EXPECT_EQ(closing_.groups, 2);
  EXPECT_EQ(Count("thing"), 4);
}

TEST_F(TogetherTest, WhatWasStoredBeforeIsAnsweredAgain) {
  const std::string request_id = crypto::Uuid4();
  Asking& first = Ask("a", request_id);
  ASSERT_TRUE(Becomes([&] { return ended_ == 1; }));
  ASSERT_OK(FromGrpc(first.status));
  closing_.begun = 0;
  AskWhileOneIsStored({{"a", request_id}, {"b", crypto::Uuid4()}, {"c", crypto::Uuid4()}});
  for (const Asking& asking : asked_) ASSERT_OK(FromGrpc(asking.status));
  EXPECT_EQ(asked_[2].answer.name(), "vacancies/a");
  EXPECT_EQ(Count("thing"), 4);
  EXPECT_EQ(Count("journal_entry"), 4);
}

TEST_F(TogetherTest, EachIsStoredByItselfWhereTheyCantBeTogether) {
  closing_.fails = true;
  AskWhileOneIsStored(Fresh({"a", "b", "c"}));
  for (const Asking& asking : asked_) EXPECT_OK(FromGrpc(asking.status));
  EXPECT_GE(closing_.most_together, 2);
  EXPECT_EQ(Count("thing"), 4);
  EXPECT_EQ(Count("journal_entry"), 4);
}

TEST_F(TogetherTest, NothingIsStoredOfWhatIsOnlyValidated) {
  Ask("stall");
  ASSERT_TRUE(Becomes([&] { return closing_.begun == 1; }));
  for (const char* id : {"a", "b"}) {
    Asking& asking = asked_.emplace_back();
    asking.context.set_deadline(absl::ToChronoTime(absl::Now() + kLimit));
    asking.request.set_name(absl::StrCat("vacancies/", id));
    asking.request.set_reason(labor::v1::CLOSE_REASON_FILLED);
    asking.request.set_validate_only(true);
    stub_->async()->CloseVacancy(&asking.context, &asking.request, &asking.answer,
                                 [this, &asking](const grpc::Status& status) {
                                   asking.status = status;
                                   ++ended_;
                                 });
  }
  closing_.stall.Notify();
  ASSERT_TRUE(Becomes([&] { return ended_ == 3; }));
  for (const Asking& asking : asked_) EXPECT_OK(FromGrpc(asking.status));
  EXPECT_EQ(Count("thing"), 1);
}

TEST_F(TogetherTest, TheNextBeginWhileTheLastAreCommitted) {
  if (!HeldCommits::Possible()) GTEST_SKIP() << "COMMITs are held on a server of ours";
  Enter({"stall"});
  ASSERT_TRUE(Becomes([&] { return closing_.begun == 1; }));
  Enter({"a", "b"});
  HeldCommits held;
  closing_.stall.Notify();
  EXPECT_TRUE(Becomes([&] { return closing_.begun == 3; })) << "behind one alone";
  EXPECT_EQ(closing_.most_together, 2);
  Enter({"c"});
  EXPECT_TRUE(Becomes([&] { return closing_.begun == 4; })) << "behind several";
  EXPECT_EQ(Count("thing"), 0);
  EXPECT_EQ(ended_, 0);
  held.LetGo();
  ASSERT_TRUE(Becomes([&] { return ended_ == 4; }));
  for (const Asking& asking : asked_) EXPECT_OK(FromGrpc(asking.status));
  EXPECT_EQ(Count("thing"), 4);
  EXPECT_EQ(Count("journal_entry"), 4);
}

// What waits follows what is committed on the same worker, whose connection alone is open.
class TogetherOnOneWorkerTest : public TogetherTest {
 protected:
  TogetherOnOneWorkerTest() : TogetherTest(1) {}

  // Has two that are together wait in the body of the second, and two more behind them.
  void AskForTwoAndTwo() {
    Enter({"stall"});
    ASSERT_TRUE(Becomes([&] { return closing_.begun == 1; }));
    Enter({"a", "later"});
    closing_.stall.Notify();
    ASSERT_TRUE(Becomes([&] { return closing_.most_together == 2; }));
    Enter({"b", "c"});
  }

  void LoseTheirCommit(Proxy::Loss loss) {
    if (proxy_ == nullptr) GTEST_SKIP() << "the proxy stands on a socket";
    AskForTwoAndTwo();
    proxy_->LoseNextCommit(loss);
    closing_.later.Notify();
    ASSERT_TRUE(Becomes([&] { return ended_ == 5; }));
    EXPECT_EQ(closing_.begun, 7) << "those of the lost COMMIT once more, who waited once";
    // The gate was closed behind them: who comes now is served.
    Enter({"d"});
    ASSERT_TRUE(Becomes([&] { return ended_ == 6; }));
    for (const Asking& asking : asked_) {
      EXPECT_OK(FromGrpc(asking.status));
      EXPECT_EQ(asking.answer.name(), asking.request.name());
    }
    EXPECT_EQ(Count("thing"), 6);
    EXPECT_EQ(Count("journal_entry"), 6);
  }
};

TEST_F(TogetherOnOneWorkerTest, EachIsStoredByItselfWhereTheirCommitFails) {
  LoseTheirCommit(Proxy::Loss::kRequest);
}

TEST_F(TogetherOnOneWorkerTest, EachIsAnsweredAgainWhereTheirCommitIsDoneAndNobodyKnows) {
  LoseTheirCommit(Proxy::Loss::kAnswer);
}

struct Nothing final : workers::Pool::Task {
  void Run(sql::Session*) override {}
  void Drop(const absl::Status&) override {}
};

TEST_F(TogetherOnOneWorkerTest, WhoWaitsEndsWithThePoolAndWhatIsWrittenIsStored) {
  if (!HeldCommits::Possible()) GTEST_SKIP() << "COMMITs are held on a server of ours";
  AskForTwoAndTwo();
  HeldCommits held;
  closing_.later.Notify();
  workers::Pool& pool = host_.pool();
  EXPECT_TRUE(Becomes([&] { return pool.load().waiting == 1; })) << "for those who wait";
  std::thread stop([&] { pool.Stop(); });
  std::deque<Nothing> tried;
  EXPECT_TRUE(Becomes([&] {
    return Reason(pool.Submit(&tried.emplace_back(), workers::Pool::Lane::kNormal,
                              absl::InfiniteFuture())) == "SHUTTING_DOWN";
  }));
  held.LetGo();
  stop.join();
  ASSERT_TRUE(Becomes([&] { return ended_ == 5; }));
  for (const size_t stored : {0, 1, 2}) EXPECT_OK(FromGrpc(asked_[stored].status));
  for (const size_t waited : {3, 4}) {
    EXPECT_THAT(FromGrpc(asked_[waited].status), HasReason("SHUTTING_DOWN"));
  }
  EXPECT_EQ(Count("thing"), 3);
  EXPECT_EQ(Count("journal_entry"), 3);
}

}  // namespace
}  // namespace puente::calls
