// The write path and the sequencer on a real server.
#include "schema/journal.h"

#include <atomic>
#include <future>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/crypto/digest.h"
#include "common/crypto/seal.h"
#include "common/journal/projection.h"
#include "common/journal/sequencer.h"
#include "common/journal/write.h"
#include "common/sql/error.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/proxy.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::journal {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::Proxy;

constexpr sql::Query kInsert{"test.insert", "INSERT INTO thing (id, n, version) VALUES (?, ?, 1)"};
constexpr sql::Query kBump{"test.bump",
                           "UPDATE thing SET n = ?, version = version + 1 WHERE id = ? AND"
                           " version = ?"};
constexpr char kInsertEntry[] =
    "INSERT INTO journal_entry (canonical, digest, create_time) VALUES"
    " ('', REPEAT('a', 32), NOW())";
// Both in one statement: at READ COMMITTED two reads may see two moments.
constexpr sql::Query kRead{"test.read", "SELECT n, version FROM thing WHERE id = ?"};

const Tokens kTokens("test", std::string(crypto::kSealKeyBytes, 'k'));

// The id of the entry that a token names; 0 if it names none.
int64_t EntryOf(const std::string& text) {
  const absl::StatusOr<Token> token = kTokens.Parse(text);
  return token.ok() && token->kind == Token::Kind::kEntry ? token->number : 0;
}

class Journal : public ::testing::Test {
 protected:
  Journal() : target_(Database::Shared().NewSchema(schema::journal())), connection_(target_) {
    MustExecute(connection_,
                "CREATE TABLE thing (id VARBINARY(20) PRIMARY KEY, n BIGINT, version BIGINT)");
  }

  static Call MakeCall() {
    Call call;
    call.method = "/test.Service/Do";
    call.caller.path = "supplier/test";
    call.start = absl::Now();
    call.deadline = absl::Now() + absl::Seconds(20);
    return call;
  }

  static labor::v1::CloseVacancyRequest Request(const std::string& id, int64_t n,
                                                std::string request_id = "") {
    labor::v1::CloseVacancyRequest request;
    request.set_name(id);
    request.set_etag(std::to_string(n));
    request.set_request_id(request_id);
    return request;
  }

  // A mutation that stores a thing; the answer is its name.
  static absl::StatusOr<labor::v1::GetVacancyRequest> Insert(
      const Call&, Transaction& tx, const labor::v1::CloseVacancyRequest& request) {
    RETURN_IF_ERROR(tx.Execute(kInsert, {request.name(), std::stoll(request.etag())}).status());
    tx.Changed(request.name(), 1, crypto::Sha256(request.name()));
    tx.deltas().Count("all", 1, 1);
    tx.deltas().Value("all", 1, std::stoll(request.etag()), 1);
    labor::v1::GetVacancyRequest answer;
    answer.set_name(request.name());
    return answer;
  }

  absl::StatusOr<Written<labor::v1::GetVacancyRequest>> Do(
      sql::Session& session, const labor::v1::CloseVacancyRequest& request) {
    return Mutate<labor::v1::GetVacancyRequest>({kTokens}, session, MakeCall(), request, &Insert);
  }

  const sql::Target target_;
  sql::Connection connection_;
};

std::string Wait(Sequencer& sequencer, const std::string& token) {
  std::promise<std::string> reached;
  sequencer.WhenReached(token, absl::Now() + absl::Seconds(10), [&](absl::Status status) {
    reached.set_value(status.ok() ? "reached" : Reason(status));
  });
  return reached.get_future().get();
}

TEST_F(Journal, StoresTheEntryWithTheMutation) {
  sql::Session session(target_);
  ASSERT_OK(Do(session, Request("a", 1)));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 1);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 1);
}

// So that who waits for the same rows may begin: everything is written, and nothing is stored.
TEST_F(Journal, TellsWhenNothingButCommitIsLeft) {
  sql::Session session(target_);
  int told = 0;
  ASSERT_OK(Mutate<labor::v1::GetVacancyRequest>(
      {kTokens}, session, MakeCall(), Request("a", 1),
      [&](const Call& call, Transaction& tx, const labor::v1::CloseVacancyRequest& request) {
        tx.AddGuard("a", {1, {"test.guard", "UPDATE thing SET n = 7 WHERE id = 'a'"}, {}});
        tx.WhenWritten([&] {
          ++told;
          EXPECT_EQ(*static_cast<sql::Session&>(tx).Number({"test", "SELECT n FROM thing"}), 7);
          EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 0);
        });
        return Insert(call, tx, request);
      }));
  EXPECT_EQ(told, 1);
  EXPECT_EQ(MustCount(connection_, "SELECT n FROM thing"), 7);
}

TEST_F(Journal, SaysWhoActedAndWhy) {
  sql::Session session(target_);
  Call call = MakeCall();
  call.actor = "ana";
  call.purpose = "statistics";
  ASSERT_OK(
      Mutate<labor::v1::GetVacancyRequest>({kTokens}, session, call, Request("a", 1), &Insert));
  std::string canonical;
  ASSERT_OK(
      session.Each({"test", "SELECT canonical FROM journal_entry"}, {}, [&](const sql::Row& row) {
        canonical = row.Text(0);
        return absl::OkStatus();
      }));
  v1::Entry entry;
  ASSERT_TRUE(entry.ParseFromString(canonical));
  EXPECT_EQ(entry.caller(), "supplier/test");
  EXPECT_EQ(entry.actor(), "ana");
  EXPECT_EQ(entry.purpose(), "statistics");
}

TEST_F(Journal, KeepsNothingOfABodyThatFails) {
  sql::Session session(target_);
  const auto failed = Mutate<labor::v1::GetVacancyRequest>(
      {kTokens}, session, MakeCall(), Request("a", 1),
      [](const Call& call, Transaction& tx, const labor::v1::CloseVacancyRequest& request)
          -> absl::StatusOr<labor::v1::GetVacancyRequest> {
        RETURN_IF_ERROR(Insert(call, tx, request).status());
        return Error(error::kInvalidToken);
      });
  EXPECT_THAT(failed, HasReason("INVALID_FRESHNESS_TOKEN"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 0);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 0);
}

// Who called has gone, and may have undone what led to it.
TEST_F(Journal, StoresNothingOnceTheCallersDeadlineIsOver) {
  sql::Session session(target_);
  Call call = MakeCall();
  const auto done = [&](bool own_deadline) {
    call.own_deadline = own_deadline;
    return Mutate<labor::v1::GetVacancyRequest>({kTokens}, session, call, Request("a", 1), &Insert);
  };
  call.deadline = absl::Now() - absl::Seconds(1);
  EXPECT_THAT(done(true), HasReason("STATEMENT_TIMEOUT"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 0);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 0);
  EXPECT_OK(done(false)) << "one of the server's own";
}

TEST_F(Journal, AnswersARepeatedCallWithoutRunningItAgain) {
  sql::Session session(target_);
  const std::string id = crypto::Uuid4();
  ASSERT_OK_AND_ASSIGN(const auto first, Do(session, Request("a", 1, id)));
  ASSERT_OK_AND_ASSIGN(const auto second, Do(session, Request("a", 1, id)));
  EXPECT_FALSE(first.replayed);
  EXPECT_TRUE(second.replayed);
  EXPECT_EQ(second.answer.name(), "a");
  EXPECT_EQ(EntryOf(second.freshness), EntryOf(first.freshness));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 1);
}

TEST_F(Journal, LeavesNothingOfARepeatedCallsBody) {
  sql::Session session(target_);
  const std::string id = crypto::Uuid4();
  ASSERT_OK(Do(session, Request("a", 1, id)));
  MustExecute(connection_, "DELETE FROM thing");  // so that the body would succeed again
  ASSERT_OK_AND_ASSIGN(const auto second, Do(session, Request("a", 1, id)));
  EXPECT_TRUE(second.replayed);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 0);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 1);
}

TEST_F(Journal, AnswersARepeatedCallThatHasNothingMoreToDo) {
  sql::Session session(target_);
  const auto once = [](const Call& call, Transaction& tx,
                       const labor::v1::CloseVacancyRequest& request)
      -> absl::StatusOr<labor::v1::GetVacancyRequest> {
    sql::Session& reads = tx;
    ASSIGN_OR_RETURN(const int64_t there,
                     reads.Number({"test.count", "SELECT COUNT(*) FROM thing"}));
    if (there == 0) return Insert(call, tx, request);
    return labor::v1::GetVacancyRequest();
  };
  const auto request = Request("a", 1, crypto::Uuid4());
  for (const bool replayed : {false, true}) {
    ASSERT_OK_AND_ASSIGN(const auto done, Mutate<labor::v1::GetVacancyRequest>(
                                              {kTokens}, session, MakeCall(), request, once));
    EXPECT_EQ(done.replayed, replayed);
    EXPECT_EQ(done.answer.name(), "a");
    EXPECT_NE(done.freshness, "");
  }
}

// A mutation that finds `n` already stored, and so has nothing to do.
absl::StatusOr<labor::v1::GetVacancyRequest> FindNothingToDo(const Call&, Transaction& tx,
                                                             const std::string& id) {
  sql::Session& reads = tx;
  ASSIGN_OR_RETURN(const int64_t n, reads.Number(kRead, {id}));
  labor::v1::GetVacancyRequest answer;
  answer.set_name(absl::StrCat(n));
  return answer;
}

TEST_F(Journal, RemembersACallThatChangedNothing) {
  sql::Session session(target_);
  ASSERT_OK(Do(session, Request("a", 1)));
  const auto look = [&](const std::string& request_id) {
    return Mutate<labor::v1::GetVacancyRequest>(
        {kTokens}, session, MakeCall(), Request("a", 1, request_id),
        [](const Call& call, Transaction& tx, const labor::v1::CloseVacancyRequest& request) {
          return FindNothingToDo(call, tx, request.name());
        });
  };
  const std::string id = crypto::Uuid4();
  ASSERT_OK_AND_ASSIGN(const auto first, look(id));
  EXPECT_EQ(first.answer.name(), "1");
  EXPECT_FALSE(first.replayed);
  EXPECT_NE(first.freshness, "");
  MustExecute(connection_, "UPDATE thing SET n = 2");
  ASSERT_OK_AND_ASSIGN(const auto again, look(id));
  EXPECT_EQ(again.answer.name(), "1");
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(EntryOf(again.freshness), EntryOf(first.freshness));
  ASSERT_OK_AND_ASSIGN(const auto nameless, look(""));
  EXPECT_EQ(nameless.answer.name(), "2");
  EXPECT_EQ(nameless.freshness, "") << "it can't be repeated, so nothing need be kept of it";
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 2);
}

TEST_F(Journal, GivesACallThatChangedNothingItsPosition) {
  sql::Session session(target_);
  Sequencer sequencer({.tokens = kTokens, .target = target_});
  ASSERT_OK_AND_ASSIGN(
      const auto done,
      Mutate<labor::v1::GetVacancyRequest>(
          {kTokens}, session, MakeCall(), Request("a", 1, crypto::Uuid4()),
          [](const Call& call, Transaction& tx, const labor::v1::CloseVacancyRequest& request) {
            return FindNothingToDo(call, tx, request.name());
          }));
  EXPECT_EQ(Wait(sequencer, done.freshness), "reached");
  v1::Entry entry;
  ASSERT_OK(connection_.Select({"test", "SELECT canonical FROM journal_entry"}, {}, nullptr,
                               [&](const sql::Row& row) {
                                 entry.ParseFromString(row.Text(0));
                                 return absl::OkStatus();
                               }));
  EXPECT_TRUE(entry.has_change());
  EXPECT_EQ(entry.change().resources_size(), 0);
}

TEST_F(Journal, KeepsNothingOfAChunkThatFoundAllItsRows) {
  sql::Session session(target_);
  const WritePath path({kTokens}, crypto::Sha256("chunk"), crypto::Sha256("rows"));
  for (int i = 0; i < 2; ++i) {
    ASSERT_OK_AND_ASSIGN(
        const auto done,
        path.Run(session, MakeCall(), [](Transaction& tx) -> absl::StatusOr<std::string> {
          tx.AsChunk("upload/1");
          return "all there";
        }));
    EXPECT_EQ(done.answer, "all there");
    EXPECT_FALSE(done.replayed);
  }
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 0);
}

TEST_F(Journal, WritesOnANewConnectionWhereTheOldOneIsGone) {
  sql::Session session(target_);
  ASSERT_OK(Do(session, Request("a", 1)));
  std::vector<int64_t> others;
  ASSERT_OK(connection_.Select(
      {"test", "SELECT id FROM information_schema.processlist WHERE db = ? AND id <> ?"},
      {target_.schema, connection_.id()}, nullptr, [&](const sql::Row& row) {
        others.push_back(row.Int64(0));
        return absl::OkStatus();
      }));
  EXPECT_EQ(others.size(), 1u);
  for (const int64_t id : others) MustExecute(connection_, absl::StrCat("KILL ", id));
  ASSERT_OK(Do(session, Request("b", 1)));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 2);
}

TEST_F(Journal, StoresNothingWhereTheConnectionGoesDuringTheBody) {
  // Were the rest of the body to run on a new connection, half of it would be stored.
  sql::Session session(target_);
  int runs = 0;
  const auto killed = [&](const Call& call, Transaction& tx,
                          const labor::v1::CloseVacancyRequest& request)
      -> absl::StatusOr<labor::v1::GetVacancyRequest> {
    ++runs;
    sql::Session& reads = tx;
    ASSIGN_OR_RETURN(const int64_t id, reads.Number({"test.id", "SELECT CONNECTION_ID()"}));
    RETURN_IF_ERROR(Insert(call, tx, request).status());
    MustExecute(connection_, absl::StrCat("KILL ", id));
    return Insert(call, tx, Request("b", 2));
  };
  EXPECT_THAT(
      Mutate<labor::v1::GetVacancyRequest>({kTokens}, session, MakeCall(), Request("a", 1), killed),
      HasReason("DATABASE_UNAVAILABLE"));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 0);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 0);
}

class LostCommit : public Journal {
 protected:
  LostCommit()
      : proxy_(target_.socket),
        through_(target_),
        session_((through_.socket = proxy_.socket(), through_)) {}

  void SetUp() override {
    if (target_.socket.empty()) GTEST_SKIP() << "the proxy stands on a socket";
    ASSERT_OK(session_.Ping());  // so that it has a connection to read, which will hang as well
  }

  Proxy proxy_;
  sql::Target through_;
  sql::Session session_;
};

TEST_F(LostCommit, IsSettledByItsKeyOnAFreshConnection) {
  const auto request = Request("a", 1, crypto::Uuid4());
  proxy_.LoseNextCommit(Proxy::Loss::kAnswer);
  const absl::Time start = absl::Now();
  ASSERT_OK_AND_ASSIGN(const auto done, Do(session_, request));
  EXPECT_LT(absl::Now() - start, absl::Seconds(15)) << "it asked a connection that hangs";
  EXPECT_TRUE(done.replayed);
  EXPECT_EQ(done.answer.name(), "a");
  EXPECT_EQ(EntryOf(done.freshness), 1);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 1);
}

TEST_F(LostCommit, IsUnknownWhereNothingIsStoredAndSafeToRepeat) {
  const auto request = Request("a", 1, crypto::Uuid4());
  proxy_.LoseNextCommit(Proxy::Loss::kRequest);
  EXPECT_THAT(Do(session_, request), HasReason("OUTCOME_UNKNOWN"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 0);
  ASSERT_OK_AND_ASSIGN(const auto repeated, Do(session_, request));
  EXPECT_FALSE(repeated.replayed);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 1);
}

// A client that repeats by itself what is UNAVAILABLE would store it twice.
TEST_F(LostCommit, IsNotSafeToRepeatWithoutARequestId) {
  proxy_.LoseNextCommit(Proxy::Loss::kAnswer);
  const auto done = Do(session_, Request("a", 1));
  EXPECT_THAT(done, HasReason("OUTCOME_UNKNOWN_WITHOUT_REQUEST_ID"));
  EXPECT_EQ(done.status().code(), absl::StatusCode::kUnknown);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 1);
}

TEST_F(Journal, WakesTheSequencerAfterACommit) {
  // Left alone it would sleep through this test.
  Sequencer sequencer({.tokens = kTokens, .target = target_, .idle_pause = absl::Hours(1)});
  ASSERT_TRUE(Becomes([&] {  // it has a connection, which has rested for a second or two
    return MustCount(connection_,
                     absl::StrCat("SELECT MIN(time) FROM information_schema.processlist"
                                  " WHERE db = '",
                                  target_.schema, "' AND id <> ", connection_.id())) > 1;
  }));
  sql::Session session(target_);
  ASSERT_OK(Mutate<labor::v1::GetVacancyRequest>({kTokens, &sequencer}, session, MakeCall(),
                                                 Request("a", 1), &Insert));
  EXPECT_TRUE(Becomes([&] { return sequencer.head() == 1; }));
}

TEST_F(Journal, ADamagedAnswerIsDataLossAndNotAnEmptyOne) {
  sql::Session session(target_);
  const std::string id = crypto::Uuid4();
  ASSERT_OK(Do(session, Request("a", 1, id)));
  for (const char* damaged : {"X'0AFF'", "NULL"}) {
    MustExecute(connection_, absl::StrCat("UPDATE journal_entry SET answer = ", damaged));
    const auto again = Do(session, Request("a", 1, id));
    EXPECT_THAT(again, HasReason("ROW_CORRUPT")) << damaged;
    EXPECT_EQ(again.status().code(), absl::StatusCode::kDataLoss);
  }
}

TEST_F(Journal, NamesTheEntryThatItStored) {
  sql::Session session(target_);
  ASSERT_OK(Do(session, Request("a", 1)));
  ASSERT_OK_AND_ASSIGN(const auto second, Do(session, Request("b", 1)));
  EXPECT_EQ(EntryOf(second.freshness), 2);
}

TEST_F(Journal, RunsACallWithoutRequestIdEveryTime) {
  sql::Session session(target_);
  ASSERT_OK(Do(session, Request("a", 1)));
  EXPECT_THAT(Do(session, Request("a", 1)), HasReason("DUPLICATE"));
}

// The call may have been stored before: who repeats it must not take the refusal for an answer.
TEST_F(Journal, PassesNoRefusalOnWhereItCannotLookWhatWasStored) {
  sql::Session session(target_);
  const auto refuse = [this](const Call&, Transaction&, const labor::v1::CloseVacancyRequest&)
      -> absl::StatusOr<labor::v1::GetVacancyRequest> {
    MustExecute(connection_, "RENAME TABLE journal_entry TO journal_entry_away");
    return absl::FailedPreconditionError("the body refuses");
  };
  const auto ask = [&](const std::string& request_id) {
    const auto done = Mutate<labor::v1::GetVacancyRequest>({kTokens}, session, MakeCall(),
                                                           Request("a", 1, request_id), refuse);
    MustExecute(connection_, "RENAME TABLE journal_entry_away TO journal_entry");
    return done.status();
  };
  EXPECT_THAT(ask(crypto::Uuid4()), HasReason("SCHEMA_VERSION_MISMATCH"));
  EXPECT_EQ(ask("").message(), "the body refuses") << "nothing is looked up without a request_id";
}

TEST_F(Journal, RefusesARequestIdWithOtherContent) {
  sql::Session session(target_);
  const std::string id = crypto::Uuid4();
  ASSERT_OK(Do(session, Request("a", 1, id)));
  EXPECT_THAT(Do(session, Request("b", 1, id)), HasReason("REQUEST_ID_REUSED"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 1);
}

TEST_F(Journal, NeverRunsAnExpiredRequestIdAgain) {
  sql::Session session(target_);
  const std::string id = crypto::Uuid4();
  ASSERT_OK(Do(session, Request("a", 1, id)));
  MustExecute(connection_, "UPDATE journal_entry SET create_time = create_time - INTERVAL 8 DAY");
  MustExecute(connection_, "DELETE FROM thing");
  EXPECT_THAT(Do(session, Request("a", 1, id)), HasReason("REQUEST_ID_EXPIRED"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 0);
}

TEST_F(Journal, RunsConcurrentCopiesOfACallOnce) {
  // Without the unique key of the ledger each copy would store an entry of its own.
  for (int round = 0; round < 20; ++round) {
    const auto request = Request(absl::StrCat("r", round), round, crypto::Uuid4());
    std::vector<std::thread> copies;
    std::atomic<int> good = 0;
    for (int i = 0; i < 4; ++i) {
      copies.emplace_back([&] {
        sql::Session session(target_);
        good += Do(session, request).ok();
      });
    }
    for (std::thread& copy : copies) copy.join();
    EXPECT_EQ(good, 4);
  }
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 20);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM thing"), 20);
}

TEST_F(Journal, LosesNoUpdateOnAHotRow) {
  sql::Session session(target_);
  ASSERT_OK(Do(session, Request("hot", 0)));
  const auto increment = [](const Call&, Transaction& tx,
                            const labor::v1::CloseVacancyRequest& request)
      -> absl::StatusOr<labor::v1::GetVacancyRequest> {
    sql::Session& reads = tx;
    int64_t n = 0;
    int64_t version = 0;
    RETURN_IF_ERROR(reads.Each(kRead, {request.name()}, [&](const sql::Row& row) {
      n = row.Int64(0);
      version = row.Int64(1);
      return absl::OkStatus();
    }));
    ASSIGN_OR_RETURN(const int64_t rows, tx.Execute(kBump, {n + 1, request.name(), version}));
    if (rows != 1) return Error(sql::error::kConflict);
    tx.Changed(request.name(), version + 1, "");
    return labor::v1::GetVacancyRequest();
  };
  std::vector<std::thread> writers;
  std::atomic<int> done = 0;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      sql::Session mine(target_);
      for (int k = 0; k < 25; ++k) {
        done += Mutate<labor::v1::GetVacancyRequest>({kTokens}, mine, MakeCall(), Request("hot", 0),
                                                     increment)
                    .ok();
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(MustCount(connection_, "SELECT n FROM thing WHERE id = 'hot'"), done);
  EXPECT_EQ(done, 100);
}

TEST_F(Journal, KeepsTheLeavesOfAChunkBesideItsRoot) {
  sql::Session session(target_);
  const WritePath path({kTokens}, "", "");
  ASSERT_OK(path.Run(session, MakeCall(), [](Transaction& tx) -> absl::StatusOr<std::string> {
    tx.AsChunk("upload/1");
    for (int i = 0; i < 3; ++i) tx.Changed(absl::StrCat("things/", i), 1, crypto::Sha256("x"));
    return "";
  }));
  v1::Entry entry;
  v1::Change leaves;
  ASSERT_OK(connection_.Select({"test", "SELECT canonical, leaves FROM journal_entry"}, {}, nullptr,
                               [&](const sql::Row& row) {
                                 entry.ParseFromString(row.Text(0));
                                 leaves.ParseFromString(row.Text(1));
                                 return absl::OkStatus();
                               }));
  ASSERT_EQ(leaves.resources_size(), 3);
  std::vector<std::string> hashes;
  for (const auto& leaf : leaves.resources()) {
    hashes.push_back(crypto::LeafHash(crypto::Canonical(leaf)));
  }
  EXPECT_EQ(entry.chunk().leaf_count(), 3);
  EXPECT_EQ(entry.chunk().root(), crypto::MerkleRoot(hashes));
}

TEST_F(Journal, GivesEveryEntryOnePositionAndFoldsItOnce) {
  Sequencer sequencer({.tokens = kTokens, .target = target_});
  std::vector<std::thread> writers;
  std::string last[4];
  for (int w = 0; w < 4; ++w) {
    writers.emplace_back([&, w] {
      sql::Session session(target_);
      for (int i = 0; i < 25; ++i) {
        const auto done = Do(session, Request(absl::StrCat(w, "-", i), i));
        if (done.ok()) last[w] = done->freshness;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  for (const std::string& token : last) EXPECT_EQ(Wait(sequencer, token), "reached");
  EXPECT_EQ(sequencer.head(), 100);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(DISTINCT entry_id) FROM journal_position"), 100);
  EXPECT_EQ(MustCount(connection_, "SELECT MAX(position) FROM journal_position"), 100);
  sql::Session session(target_);
  ASSERT_OK_AND_ASSIGN(const auto counts, ReadCounts(session, {{"all", ""}}));
  EXPECT_EQ(counts.at(1), 100);
  ASSERT_OK_AND_ASSIGN(const auto spread, ReadSpread(session, 1, {{"all", ""}}));
  EXPECT_EQ(spread->count, 100);
  EXPECT_EQ(spread->first, 0);
  EXPECT_EQ(spread->last, 24);
  EXPECT_EQ(spread->twice_median, 24);
  ASSERT_OK_AND_ASSIGN(auto histograms, ReadHistograms(session, {{"all", ""}}));
  ASSERT_EQ(histograms["all"][1].size(), 25u);
  for (int value = 0; value < 25; ++value) EXPECT_EQ(histograms["all"][1][value], 4) << value;
  ASSERT_OK_AND_ASSIGN(const auto some, ReadHistogram(session, 1, {3, 5}, {{"all", ""}}));
  EXPECT_EQ(some, (std::map<int64_t, int64_t>{{3, 4}, {4, 4}}));
}

TEST_F(Journal, FindsAnEntryThatCommitsAfterLaterOnes) {
  Sequencer sequencer({.tokens = kTokens, .target = target_});
  sql::Connection late(target_);
  const std::string insert =
      "INSERT INTO journal_entry (canonical, digest, create_time) VALUES ('late', REPEAT('x', 32),"
      " NOW(6))";
  ASSERT_OK(late.Begin(sql::Isolation::kReadCommitted));
  MustExecute(late, insert);  // takes its id now and commits below
  sql::Session session(target_);
  ASSERT_OK_AND_ASSIGN(const auto later, Do(session, Request("a", 1)));
  EXPECT_EQ(Wait(sequencer, later.freshness), "reached");
  const std::string token = kTokens.Make({Token::Kind::kEntry, 1});
  ASSERT_OK(late.Commit());
  EXPECT_EQ(Wait(sequencer, token), "reached");
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_position"), 2);
}

TEST_F(Journal, TakesUpWhatAnEarlierSequencerLeft) {
  sql::Session session(target_);
  std::string token;
  {
    Sequencer first({.tokens = kTokens, .target = target_});
    ASSERT_OK_AND_ASSIGN(const auto done, Do(session, Request("a", 1)));
    EXPECT_EQ(Wait(first, done.freshness), "reached");
  }
  ASSERT_OK_AND_ASSIGN(const auto unseen, Do(session, Request("b", 2)));
  Sequencer second({.tokens = kTokens, .target = target_});
  EXPECT_EQ(Wait(second, unseen.freshness), "reached");
  EXPECT_EQ(second.head(), 2);
}

TEST_F(Journal, TwoSequencersOfOneSchemaDoNoHarm) {
  // The compare-and-swap on the head is what keeps them from folding an entry twice.
  sql::Session session(target_);
  Sequencer one({.tokens = kTokens, .target = target_, .idle_pause = absl::Milliseconds(1)});
  Sequencer two({.tokens = kTokens, .target = target_, .idle_pause = absl::Milliseconds(1)});
  std::string token;
  for (int i = 0; i < 200; ++i) {
    ASSERT_OK_AND_ASSIGN(auto done, Do(session, Request(absl::StrCat(i), i)));
    token = std::move(done.freshness);
  }
  EXPECT_EQ(Wait(one, token), "reached");
  EXPECT_EQ(Wait(two, token), "reached");
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_position"), 200);
  EXPECT_EQ(MustCount(connection_, "SELECT n FROM counter WHERE cut = 'all' AND measure = 1"), 200);
}

// An id that is never committed is a gap; who loses a race must not forget how old it is, or what
// is looked through grows for as long as both write. Nor is it a fault to lose one.
TEST_F(Journal, GapsAgeBesideAnotherSequencer) {
  sql::Session session(target_);
  ASSERT_OK(Do(session, Request("first", 1)).status());
  sql::Connection burnt(target_, sql::Mode::kTransactions);
  ASSERT_OK(burnt.Begin(sql::Isolation::kReadCommitted));
  ASSERT_OK(burnt.Execute({"test.gap", kInsertEntry}).status());
  burnt.Rollback();
  const SequencerOptions options{.tokens = kTokens,
                                 .target = target_,
                                 .longest_transaction = absl::Milliseconds(100),
                                 .gather_pause = absl::Milliseconds(1),
                                 .idle_pause = absl::Milliseconds(1),
                                 .sweep_pause = absl::Milliseconds(20)};
  Sequencer one(options), two(options);
  int written = 0;
  EXPECT_TRUE(Becomes([&] {
    EXPECT_OK(Do(session, Request(absl::StrCat(++written), 1)).status());
    EXPECT_OK(one.health());
    EXPECT_OK(two.health());
    return written > 50 && MustCount(connection_, "SELECT swept_id FROM journal_head") > 2;
  }));
  EXPECT_TRUE(Becomes([&] {
    return MustCount(connection_, "SELECT next_position - 1 FROM journal_head") == written + 1;
  }));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_position"), written + 1);
}

// A token of a later entry is reached while an earlier one has no position yet; catching up is not.
TEST_F(Journal, HasCaughtUpWhenEverythingCommittedHasItsPosition) {
  Sequencer sequencer({.tokens = kTokens, .target = target_});
  sql::Session session(target_);
  for (int i = 0; i < 20; ++i) {
    // Of two entries the later one commits first, and is sequenced.
    sql::Connection late(target_, sql::Mode::kTransactions);
    ASSERT_OK(late.Begin(sql::Isolation::kReadCommitted));
    ASSERT_OK(late.Execute({"test.late",
                            "INSERT INTO journal_entry (canonical, digest, create_time) VALUES"
                            " ('', REPEAT('a', 32), NOW())"})
                  .status());
    ASSERT_OK_AND_ASSIGN(const auto done, Do(session, Request(absl::StrCat("a", i), 1)));
    ASSERT_EQ(Wait(sequencer, done.freshness), "reached");
    ASSERT_OK(late.Commit());
    absl::Notification caught_up;
    sequencer.WhenCaughtUp(absl::Now() + absl::Seconds(10), [&](absl::Status status) {
      EXPECT_OK(status);
      caught_up.Notify();
    });
    caught_up.WaitForNotification();
    EXPECT_EQ(MustCount(connection_, "SELECT next_position - 1 FROM journal_head"), 2 * (i + 1));
  }
}

// Each request_id that comes again, and each mutation that fails late, leaves such a gap.
TEST_F(Journal, HasCaughtUpThoughManyIdsWillNeverBeCommitted) {
  Sequencer sequencer({.tokens = kTokens, .target = target_});
  sql::Session session(target_);
  ASSERT_OK_AND_ASSIGN(const auto first, Do(session, Request("first", 1)));
  ASSERT_EQ(Wait(sequencer, first.freshness), "reached");
  sql::Connection late(target_, sql::Mode::kTransactions);
  const std::string ten =
      "(SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3"
      " UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6"
      " UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
  const std::string many = absl::StrCat(
      "INSERT INTO journal_entry (canonical, digest, create_time) SELECT '', REPEAT('a', 32), NOW()"
      " FROM ",
      ten, " a, ", ten, " b, ", ten, " c, ", ten, " d");
  ASSERT_OK(late.Begin(sql::Isolation::kReadCommitted));
  ASSERT_OK(late.Execute({"test.gaps", many}).status());
  late.Rollback();
  ASSERT_OK(late.Begin(sql::Isolation::kReadCommitted));
  ASSERT_OK(late.Execute({"test.late", kInsertEntry}).status());
  ASSERT_OK_AND_ASSIGN(const auto done, Do(session, Request("last", 1)));
  ASSERT_EQ(Wait(sequencer, done.freshness), "reached");
  ASSERT_OK(late.Commit());
  absl::Notification caught_up;
  sequencer.WhenCaughtUp(absl::Now() + absl::Seconds(10), [&](absl::Status status) {
    EXPECT_OK(status);
    caught_up.Notify();
  });
  caught_up.WaitForNotification();
  EXPECT_EQ(MustCount(connection_, "SELECT next_position - 1 FROM journal_head"), 3);
}

TEST_F(Journal, TellsWhoWaitsInVain) {
  Sequencer sequencer({.tokens = kTokens, .target = target_});
  std::promise<std::string> told;
  sequencer.WhenReached(kTokens.Make({Token::Kind::kEntry, 999}),
                        absl::Now() + absl::Milliseconds(200),
                        [&](absl::Status status) { told.set_value(Reason(status)); });
  EXPECT_EQ(told.get_future().get(), "POSITION_NOT_REACHED");
}

TEST(Token, IsRefusedByOthersAndWhenEdited) {
  const std::string key(crypto::kSealKeyBytes, 'k');
  const Tokens labor("labor", key);
  const std::string token = labor.Make({Token::Kind::kEntry, 7});
  ASSERT_OK_AND_ASSIGN(const Token parsed, labor.Parse(token));
  EXPECT_EQ(parsed, (Token{Token::Kind::kEntry, 7}));
  EXPECT_THAT(Tokens("economy", key).Parse(token), HasReason("INVALID_FRESHNESS_TOKEN"));
  EXPECT_THAT(Tokens("labor").Parse(token), HasReason("INVALID_FRESHNESS_TOKEN"));
  for (size_t i = 0; i < token.size(); ++i) {
    std::string edited = token;
    edited[i] = edited[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(labor.Parse(edited), HasReason("INVALID_FRESHNESS_TOKEN")) << i;
  }
}

// They would count what others write.
TEST(Token, OfAPositionTellsNothingNotEvenWhetherItIsAnother) {
  const Tokens labor("labor");
  std::set<std::string> texts;
  std::set<size_t> sizes;
  for (int64_t number : {7, 7, 8, 1'000'000}) {
    for (const auto kind : {Token::Kind::kPosition, Token::Kind::kEntry}) {
      const std::string text = labor.Make({kind, number});
      sizes.insert(text.size());
      if (kind == Token::Kind::kPosition) texts.insert(text);
    }
  }
  EXPECT_EQ(texts.size(), 4u);
  EXPECT_EQ(sizes.size(), 1u);
}

TEST(Token, OfAnEntryIsTheSameEachTime) {
  const Tokens labor("labor");
  EXPECT_EQ(labor.Make({Token::Kind::kEntry, 7}), labor.Make({Token::Kind::kEntry, 7}));
  EXPECT_NE(labor.Make({Token::Kind::kEntry, 7}), labor.Make({Token::Kind::kEntry, 8}));
}

TEST(Merkle, RootsAreThoseOfRfc9162) {
  // The tree of RFC 9162's examples: the left subtree is the largest full one.
  std::vector<std::string> leaves;
  for (int i = 0; i < 7; ++i) leaves.push_back(crypto::LeafHash(std::to_string(i)));
  const auto node = [](const std::string& a, const std::string& b) {
    return crypto::Sha256("\x01" + a + b);
  };
  const std::string left = node(node(leaves[0], leaves[1]), node(leaves[2], leaves[3]));
  const std::string right = node(node(leaves[4], leaves[5]), leaves[6]);
  EXPECT_EQ(crypto::MerkleRoot(leaves), node(left, right));
  EXPECT_EQ(crypto::MerkleRoot({leaves[0]}), leaves[0]);
  EXPECT_EQ(crypto::MerkleRoot({}), crypto::Sha256(""));
}

}  // namespace
}  // namespace puente::journal
