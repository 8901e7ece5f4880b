// Calls that would wait for one another are stored together, each with an entry of its own.
#include "common/calls/together.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <set>

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
using testing::HasReason;
using testing::MustCount;
using testing::MustExecute;

constexpr absl::Duration kLimit = absl::Seconds(20);
constexpr sql::Query kInsert{"test.insert", "INSERT INTO thing (id) VALUES (?)"};

// Closes vacancies by storing their names; "…/refused" is refused, the first "…/stall" waits.
class Closing {
 public:
  explicit Closing(Host& host) {
    Service& service = host.Serve<VacancyService>();
    service.MutateTogether(
        *service.Find("CloseVacancy"),
        [this](const Call&, journal::Transaction& tx, const google::protobuf::Message& request,
               google::protobuf::Message& answer) { return Close(tx, request, answer); },
        [this](journal::Transaction& tx, absl::Span<Asked> asked) {
          most_together = std::max<int>(most_together, asked.size());
          for (Asked& one : asked) one.outcome = Close(tx, one.request, one.answer);
          return fails ? absl::Status(Error(sql::error::kConflict)) : absl::OkStatus();
        },
        [](const google::protobuf::Message& request) {
          const std::string& name = static_cast<const CloseVacancyRequest&>(request).name();
          return name == "vacancies/another" ? name : "";
        });
    testing::AnswerTheRest(service);
  }

  absl::Notification stall;
  std::atomic<int> begun = 0, most_together = 0;
  std::atomic<bool> fails = false;

 private:
  absl::StatusOr<OwnerProof> Close(journal::Transaction& tx,
                                   const google::protobuf::Message& request,
                                   google::protobuf::Message& answer) {
    ++begun;
    const std::string& name = static_cast<const CloseVacancyRequest&>(request).name();
    if (name == "vacancies/stall") stall.WaitForNotification();
    if (name == "vacancies/refused") return Error(journal::error::kRequestIdExpired);
    RETURN_IF_ERROR(tx.Execute(kInsert, {name}).status());
    tx.deltas().Count(name, 1, 1);
    tx.Changed(name, 1, crypto::Sha256(name));
    static_cast<Vacancy&>(answer).set_name(name);
    return OwnerProof::Give();
  }
};

class TogetherTest : public ::testing::Test {
 protected:
  struct Asking {
    grpc::ClientContext context;
    CloseVacancyRequest request;
    Vacancy answer;
    grpc::Status status;
  };

  TogetherTest()
      : target_(testing::Database::Shared().NewSchema(schema::journal())),
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
    if (!closing_.stall.HasBeenNotified()) closing_.stall.Notify();
    server_->Drain(kLimit);
  }

  Host::Options HostOptions() {
    Host::Options options;
    options.principals = [this] {
      ++let_in_;
      return testing::Everybody();
    };
    options.agency = "labor";
    options.pool.workers = 4;
    options.pool.database = target_;
    options.in_process_caller = "agency/labor";
    return options;
  }

  Asking& Ask(const std::string& id, std::string request_id = crypto::Uuid4()) {
    Asking& asking = asked_.emplace_back();
    asking.context.set_deadline(absl::ToChronoTime(absl::Now() + kLimit));
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
    const int before = let_in_;
    for (const auto& [id, request_id] : those) Ask(id, request_id);
    ASSERT_TRUE(Becomes([&] { return let_in_ >= before + static_cast<int>(those.size()); }));
    closing_.stall.Notify();
    ASSERT_TRUE(Becomes([&] { return ended_ == static_cast<int>(asked_.size()); }));
  }
  std::vector<std::pair<std::string, std::string>> Fresh(const std::vector<std::string>& ids) {
    std::vector<std::pair<std::string, std::string>> fresh;
    for (const std::string& id : ids) fresh.emplace_back(id, crypto::Uuid4());
    return fresh;
  }
  int64_t Count(const std::string& table) {
    return MustCount(connection_, absl::StrCat("SELECT COUNT(*) FROM ", table));
  }

  std::atomic<int> let_in_ = 0, ended_ = 0;
  const sql::Target target_;
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

}  // namespace
}  // namespace puente::calls
