// Due work on a real server: stored with what decided on it, done once, whoever does it.
#include "schema/due.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <set>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/notification.h"
#include "common/crypto/digest.h"
#include "common/due/scheduler.h"
#include "common/sql/error.h"
#include "puente/journal/v1/entry.pb.h"
#include "schema/journal.h"
#include "tests/testing/database.h"
#include "tests/testing/proxy.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::due {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Database;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::Proxy;
using ::testing::ElementsAre;

constexpr sql::Query kCount{"test.count", "UPDATE thing SET n = n + 1 WHERE id = ?"};

std::vector<sql::Migration> Migrations() {
  std::vector<sql::Migration> all = schema::journal();
  all.insert(all.end(), schema::due().begin(), schema::due().end());
  return all;
}

class Due : public ::testing::Test {
 protected:
  Due() : target_(Database::Shared().NewSchema(Migrations())), connection_(target_) {
    MustExecute(connection_, "CREATE TABLE thing (id VARBINARY(20) PRIMARY KEY, n BIGINT)");
  }

  Scheduler::Options Options() const {
    return {.caller = "agency/test",
            .target = target_,
            .lease = absl::Hours(1),
            .idle_pause = absl::Milliseconds(2),
            .first_pause = absl::Hours(1),
            .longest_pause = absl::Hours(24)};
  }

  // Runs a mutation as callers' are.
  absl::Status Mutate(const std::function<absl::Status(journal::Transaction&)>& body) {
    Call call;
    call.deadline = absl::Now() + absl::Seconds(20);
    sql::Session session(target_);
    return journal::WritePath({journal::Tokens("test")}, "", "")
        .Run(session, call,
             [&](journal::Transaction& tx) -> absl::StatusOr<std::string> {
               tx.Changed("things/a", 1, crypto::Sha256("a"));
               RETURN_IF_ERROR(body(tx));
               return "";
             })
        .status();
  }
  absl::Status Store(const Task& task) {
    return Mutate([&](journal::Transaction& tx) { return Schedule(tx, task); });
  }

  // Adds one to the thing of the task's key, with an entry.
  static Next Counting(const Task& task, Next next) {
    return std::move(next).Writing([key = task.key](journal::Transaction& tx) {
      tx.Changed(key, 1, crypto::Sha256(key));
      return tx.Execute(kCount, {key}).status();
    });
  }

  void MakeThing(const std::string& id) {
    MustExecute(connection_, absl::StrCat("INSERT INTO thing VALUES ('", id, "', 0)"));
  }
  int64_t Count(const std::string& text) { return MustCount(connection_, text); }
  int64_t Left() { return Count("SELECT COUNT(*) FROM due"); }
  int64_t Done(const std::string& id) {
    return Count(absl::StrCat("SELECT n FROM thing WHERE id = '", id, "'"));
  }
  // As if its lease, or its pause, were over.
  void LetClaim() {
    MustExecute(connection_, "UPDATE due SET claim_time = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
  }
  std::vector<api::v1::DueWork> Work() {
    sql::Session session(target_);
    auto work = ReadDueWork(session);
    EXPECT_OK(work);
    return work.ok() ? *std::move(work) : std::vector<api::v1::DueWork>();
  }

  const sql::Target target_;
  sql::Connection connection_;
};

TEST_F(Due, IsStoredWithTheMutationThatDecidedOnIt) {
  EXPECT_FALSE(Mutate([&](journal::Transaction& tx) -> absl::Status {
                 RETURN_IF_ERROR(Schedule(tx, {"count", "a", "", {}}));
                 return absl::InternalError("later");
               }).ok());
  EXPECT_EQ(Left(), 0);
  ASSERT_OK(Store({"count", "a", "", {}}));
  EXPECT_EQ(Left(), 1);
  ASSERT_OK(Mutate([](journal::Transaction& tx) { return Cancel(tx, "count", "a"); }));
  EXPECT_EQ(Left(), 0);
}

// Of awards that end some day there are millions.
TEST_F(Due, IsToldOfWithoutReadingAllOfIt) {
  std::vector<std::string> rows;
  for (int i = 0; i < 1'500; ++i) {
    rows.push_back(
        absl::StrCat("('end', 'a-", i, "', 1, '2099-01-01', '2099-01-01', '', 0, '', '')"));
  }
  rows.push_back("('end', 'b', 1, '2026-01-02', UTC_TIMESTAMP(6), '', 2, 'INTERNAL', '')");
  rows.push_back("('other', 'c', 1, '2098-01-01', '2098-01-01', '', 0, '', '')");
  MustExecute(connection_, absl::StrCat("INSERT INTO due VALUES ", absl::StrJoin(rows, ",")));
  const auto work = Work();
  ASSERT_EQ(work.size(), 2u);
  EXPECT_EQ(work[0].kind(), "end");
  EXPECT_EQ(work[0].count(), 1000);
  EXPECT_EQ(work[0].failing_count(), 1);
  EXPECT_EQ(work[0].last_error(), "INTERNAL");
  EXPECT_EQ(work[0].first_due_time().seconds(),
            absl::ToUnixSeconds(absl::FromCivil(absl::CivilDay(2026, 1, 2), absl::UTCTimeZone())));
  EXPECT_EQ(work[1].count(), 1);
}

TEST_F(Due, IsDoneInItsTimeAndSaysWhoDidIt) {
  MakeThing("a");
  MakeThing("later");
  ASSERT_OK(Store({"count", "a", "", absl::Now() - absl::Hours(1)}));
  ASSERT_OK(Store({"count", "later", "", absl::Now() + absl::Hours(1)}));
  Scheduler scheduler(Options());
  scheduler.Handle("count", [](const Slice& slice) -> absl::StatusOr<Next> {
    return Counting(slice.task, Next::Done());
  });
  scheduler.Start({journal::Tokens("test")});
  ASSERT_TRUE(Becomes([&] { return Left() == 1; }));
  EXPECT_EQ(Done("a"), 1);
  std::string canonical;
  ASSERT_OK(connection_.Select({"test",
                                "SELECT canonical FROM journal_entry ORDER BY id DESC"
                                " LIMIT 1"},
                               {}, nullptr, [&](const sql::Row& row) {
                                 canonical = row.Text(0);
                                 return absl::OkStatus();
                               }));
  journal::v1::Entry entry;
  ASSERT_TRUE(entry.ParseFromString(canonical));
  EXPECT_EQ(entry.caller(), "agency/test");
  EXPECT_EQ(entry.method(), "due/count");
  EXPECT_EQ(Done("later"), 0);
  // Scheduled anew, it is due at once.
  ASSERT_OK(Store({"count", "later", "", absl::InfinitePast()}));
  ASSERT_TRUE(Becomes([&] { return Left() == 0; }));
  EXPECT_EQ(Done("later"), 1);
}

TEST_F(Due, OfOneLaneDoesNotWaitForAnother) {
  MakeThing("a");
  ASSERT_OK(Store({"ask", "a", "", absl::InfinitePast()}));
  absl::Notification asked, answered;
  Scheduler scheduler(Options());
  scheduler.Handle(
      "ask",
      [&](const Slice&) -> absl::StatusOr<Next> {
        asked.Notify();
        answered.WaitForNotification();
        return Next::Done();
      },
      Scheduler::Lane::kPeers);
  scheduler.Handle("count", [](const Slice& slice) -> absl::StatusOr<Next> {
    return Counting(slice.task, Next::Done());
  });
  scheduler.Start({journal::Tokens("test")});
  asked.WaitForNotification();
  ASSERT_OK(Store({"count", "a", "", absl::InfinitePast()}));
  EXPECT_TRUE(Becomes([&] { return Done("a") == 1; }));
  answered.Notify();
  EXPECT_TRUE(Becomes([&] { return Left() == 0; }));
}

// Each waits until the other runs: one after the other, the first waits in vain.
TEST_F(Due, OfThePeersLaneGoesOnAtOnce) {
  for (const char* id : {"a", "b"}) {
    MakeThing(id);
    ASSERT_OK(Store({"ask", id, "", absl::InfinitePast()}));
  }
  std::atomic<int> running = 0;
  Scheduler scheduler(Options());
  scheduler.Handle(
      "ask",
      [&](const Slice& slice) -> absl::StatusOr<Next> {
        ++running;
        EXPECT_TRUE(Becomes([&] { return running == 2; }));
        return Counting(slice.task, Next::Done());
      },
      Scheduler::Lane::kPeers);
  scheduler.Start({journal::Tokens("test")});
  EXPECT_TRUE(Becomes([&] { return Left() == 0; }));
  EXPECT_EQ(Done("a"), 1);
  EXPECT_EQ(Done("b"), 1);
}

// Nobody else may take it between its slices, and each is a first attempt.
TEST_F(Due, OfThePeersLaneStaysClaimedFromSliceToSlice) {
  MakeThing("a");
  ASSERT_OK(Store({"ask", "a", "3", absl::InfinitePast()}));
  std::vector<int64_t> attempts, free;
  Scheduler scheduler(Options());
  scheduler.Handle(
      "ask",
      [&](const Slice& slice) -> absl::StatusOr<Next> {
        ASSIGN_OR_RETURN(
            const int64_t unclaimed,
            slice.session.Number(
                {"test.free", "SELECT COUNT(*) FROM due WHERE claim_time <= UTC_TIMESTAMP(6)"},
                {}));
        free.push_back(unclaimed);
        attempts.push_back(slice.attempt);
        const int left = std::stoi(slice.task.progress);
        return Counting(slice.task, left == 0 ? Next::Done() : Next::Now(absl::StrCat(left - 1)));
      },
      Scheduler::Lane::kPeers);
  scheduler.Start({journal::Tokens("test")});
  ASSERT_TRUE(Becomes([&] { return Left() == 0; }));
  scheduler.Stop();
  EXPECT_EQ(Done("a"), 4);
  EXPECT_THAT(free, ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(attempts, ElementsAre(1, 1, 1, 1));
}

TEST_F(Due, GoesOnWhereItsLastSliceEnded) {
  MakeThing("a");
  ASSERT_OK(Store({"count", "a", "3", absl::InfinitePast()}));
  Scheduler scheduler(Options());
  scheduler.Handle("count", [](const Slice& slice) -> absl::StatusOr<Next> {
    const int left = std::stoi(slice.task.progress);
    return Counting(slice.task, left == 0 ? Next::At(absl::Now() + absl::Hours(1), "0")
                                          : Next::Now(absl::StrCat(left - 1)));
  });
  scheduler.Start({journal::Tokens("test")});
  ASSERT_TRUE(Becomes([&] {
    return Count(
               "SELECT COUNT(*) FROM due WHERE progress = '0'"
               " AND due_time > UTC_TIMESTAMP(6) AND claim_time = due_time") == 1;
  }));
  EXPECT_EQ(Done("a"), 4);
}

TEST_F(Due, AKindWithOneTaskIsThereFromTheStart) {
  std::atomic<int> ran = 0;
  for (int i = 0; i < 2; ++i) {
    Scheduler scheduler(Options());
    scheduler.HandleStanding("sweep", [&](const Slice&) -> absl::StatusOr<Next> {
      ++ran;
      return Next::After(absl::Hours(1), "");
    });
    scheduler.Start({journal::Tokens("test")});
    ASSERT_TRUE(Becomes([&] {
      return Count(
                 "SELECT COUNT(*) FROM due WHERE attempts = 0 AND claim_time > UTC_TIMESTAMP(6)") ==
             1;
    }));
  }
  EXPECT_EQ(ran, 1);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM journal_entry"), 0) << "nothing changed";
}

TEST_F(Due, OfAKindThatIsWantedThereIsOneTaskWheneverItIs) {
  std::atomic<int> wanted = 3, ran = 0;
  Scheduler scheduler(Options());
  scheduler.HandleWanted(
      "follow",
      [&](const Slice&) -> absl::StatusOr<Next> {
        ++ran;
        return --wanted > 0 ? Next::Now("") : Next::Done();
      },
      [&] { return wanted > 0; });
  scheduler.Start({journal::Tokens("test")});
  ASSERT_TRUE(Becomes([&] { return wanted == 0 && Left() == 0; }));
  EXPECT_EQ(ran, 3);
  wanted = 1;
  ASSERT_TRUE(Becomes([&] { return ran == 4 && Left() == 0; }));
}

TEST_F(Due, AnAttemptThatFindsNoRoomIsNotCountedButSeen) {
  MakeThing("a");
  ASSERT_OK(Store({"count", "a", "", absl::InfinitePast()}));
  std::atomic<bool> full = true;
  std::atomic<int> attempts = 0;
  absl::Mutex mutex;
  std::string last_error;
  Scheduler scheduler(Options());
  scheduler.Handle("count", [&](const Slice& slice) -> absl::StatusOr<Next> {
    attempts += slice.attempt;
    {
      const absl::MutexLock lock(&mutex);
      last_error = slice.last_error;
    }
    if (full) return Error(sql::error::kFull);
    return Counting(slice.task, Next::Done());
  });
  scheduler.Start({journal::Tokens("test")});
  const auto failed = [&] {
    return Count(
               "SELECT COUNT(*) FROM due WHERE attempts = 0 AND last_error = 'DATABASE_FULL'"
               " AND claim_time > UTC_TIMESTAMP(6) + INTERVAL 59 MINUTE") == 1;
  };
  for (const int tries : {1, 2}) {
    ASSERT_TRUE(Becomes([&] { return attempts == tries && failed(); }));
    if (tries == 2) full = false;
    LetClaim();
  }
  ASSERT_TRUE(Becomes([&] { return Left() == 0; }));
  EXPECT_EQ(attempts, 3) << "each is the first";
  EXPECT_EQ(Done("a"), 1);
  const absl::MutexLock lock(&mutex);
  EXPECT_EQ(last_error, "DATABASE_FULL");
}

TEST_F(Due, WhatFailsIsTriedAgainLaterAndSeen) {
  MakeThing("a");
  ASSERT_OK(Store({"count", "a", "", absl::InfinitePast()}));
  std::atomic<bool> fails = true;
  std::atomic<int> attempt = 0;
  Scheduler scheduler(Options());
  scheduler.Handle("count", [&](const Slice& slice) -> absl::StatusOr<Next> {
    attempt = slice.attempt;
    Next next = Counting(slice.task, Next::After(absl::Hours(1), ""));
    if (!fails) return next;
    return std::move(next).Writing([](journal::Transaction& tx) -> absl::Status {
      RETURN_IF_ERROR(tx.Execute(kCount, {"a"}).status());
      return Error(sql::error::kTimeout);
    });
  });
  scheduler.Start({journal::Tokens("test")});
  for (int tries : {1, 2}) {
    // It waits an hour, then two.
    ASSERT_TRUE(Becomes([&] {
      return Count(absl::StrCat("SELECT COUNT(*) FROM due WHERE attempts = ", tries,
                                " AND claim_time > UTC_TIMESTAMP(6) + INTERVAL ", 60 * tries - 1,
                                " MINUTE AND last_error <> ''")) == 1;
    }));
    EXPECT_EQ(attempt, tries);
    ASSERT_EQ(Work().size(), 1);
    EXPECT_EQ(Work()[0].kind(), "count");
    EXPECT_EQ(Work()[0].count(), 1);
    EXPECT_EQ(Work()[0].failing_count(), 1);
    EXPECT_EQ(Work()[0].last_error(), "STATEMENT_TIMEOUT");
    if (tries == 2) fails = false;
    LetClaim();
  }
  ASSERT_TRUE(Becomes([&] { return Count("SELECT attempts FROM due") == 0; }));
  EXPECT_EQ(Done("a"), 1);
  EXPECT_EQ(Work()[0].failing_count(), 0);
  EXPECT_EQ(Work()[0].last_error(), "");
}

// Neither what the database nor what a stop has ended is held against the work.
TEST_F(Due, AnAttemptThatIsInterruptedIsNotCounted) {
  ASSERT_OK(Store({"work", "a", "", absl::InfinitePast()}));
  std::atomic<bool> away = true;
  std::atomic<int> attempt = 0;
  absl::Notification runs;
  Scheduler scheduler(Options());
  scheduler.Handle("work", [&](const Slice& slice) -> absl::StatusOr<Next> {
    attempt = slice.attempt;
    if (away) return Error(sql::error::kUnavailable);
    runs.Notify();
    EXPECT_TRUE(Becomes([&] { return slice.cancelled(); }));
    return absl::CancelledError("the slice is to end");
  });
  scheduler.Start({journal::Tokens("test")});
  const auto uncounted = [&](const std::string& reason) {
    return Count(absl::StrCat("SELECT COUNT(*) FROM due WHERE attempts = 0 AND holder = ''"
                              " AND last_error = '",
                              reason, "'")) == 1;
  };
  ASSERT_TRUE(Becomes([&] { return uncounted("DATABASE_UNAVAILABLE"); }));
  away = false;
  LetClaim();
  runs.WaitForNotification();
  scheduler.Stop();
  EXPECT_EQ(attempt, 1);
  EXPECT_TRUE(uncounted("CANCELLED"));
}

TEST_F(Due, IsDoneOnceByTwoProcesses) {
  constexpr int kTasks = 100;
  for (int i = 0; i < kTasks; ++i) {
    MakeThing(absl::StrCat("t", i));
    ASSERT_OK(Store({"count", absl::StrCat("t", i), "", absl::InfinitePast()}));
  }
  std::vector<std::unique_ptr<Scheduler>> processes;
  std::atomic<int> by[2] = {0, 0};
  for (int i : {0, 1}) {
    processes.push_back(std::make_unique<Scheduler>(Options()));
    processes.back()->Handle("count", [&, i](const Slice& slice) -> absl::StatusOr<Next> {
      ++by[i];
      // Neither is alone with the work.
      const bool both = by[i] > 1 || Becomes([&] { return by[1 - i] > 0; });
      EXPECT_TRUE(both);
      return Counting(slice.task, Next::Done());
    });
  }
  for (const auto& process : processes) process->Start({journal::Tokens("test")});
  ASSERT_TRUE(Becomes([&] { return Left() == 0; }));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM thing WHERE n = 1"), kTasks);
  EXPECT_EQ(by[0] + by[1], kTasks);
}

TEST_F(Due, ACommitWhoseOutcomeIsLostIsNeitherForgottenNorRepeated) {
  if (target_.socket.empty()) GTEST_SKIP() << "the proxy stands on a socket";
  using Loss = Proxy::Loss;
  for (const Loss loss : {Loss::kAnswer, Loss::kRequest}) {
    Proxy proxy(target_.socket);
    const std::string id = loss == Loss::kAnswer ? "stored" : "not stored";
    SCOPED_TRACE(id);
    MakeThing(id);
    ASSERT_OK(Store({"count", id, "", absl::InfinitePast()}));
    Scheduler::Options options = Options();
    options.target.socket = proxy.socket();
    Scheduler scheduler(options);
    scheduler.Handle("count", [&](const Slice& slice) -> absl::StatusOr<Next> {
      if (slice.last_error.empty()) proxy.LoseNextCommit(loss);
      return Counting(slice.task, Next::Done());
    });
    scheduler.Start({journal::Tokens("test")});
    if (loss == Loss::kRequest) {
      // Nor is it counted against the work.
      ASSERT_TRUE(Becomes([&] {
        return Count(
                   "SELECT COUNT(*) FROM due WHERE last_error ="
                   " 'OUTCOME_UNKNOWN_WITHOUT_REQUEST_ID' AND attempts = 0") == 1;
      }));
      LetClaim();
    }
    ASSERT_TRUE(Becomes([&] { return Left() == 0; }));
    EXPECT_EQ(Done(id), 1);
  }
}

// How many slices of its one kind ended so.
int64_t Ended(const Scheduler& scheduler, const std::string& outcome) {
  const auto slices = scheduler.Metrics().at(0);
  for (const auto& metric : slices.metric) {
    if (metric.label.back().value == outcome) return static_cast<int64_t>(metric.counter.value);
  }
  return -1;
}

// One that stands still in the middle of a slice, until it is let go.
class Frozen {
 public:
  Frozen(Scheduler::Options options, std::function<Next(const Task&)> next)
      : scheduler_(std::move(options)) {
    scheduler_.Handle("count",
                      [this, next = std::move(next)](const Slice& slice) -> absl::StatusOr<Next> {
                        if (!stands_.HasBeenNotified()) stands_.Notify();
                        goes_on_.WaitForNotification();
                        return next(slice.task);
                      });
    scheduler_.Start({journal::Tokens("test")});
    stands_.WaitForNotification();
  }
  ~Frozen() {
    if (!goes_on_.HasBeenNotified()) goes_on_.Notify();
  }
  void GoOn() { goes_on_.Notify(); }
  int64_t lost() const { return Ended(scheduler_, "lost"); }

 private:
  absl::Notification stands_, goes_on_;
  Scheduler scheduler_;
};

// Of a short lease, and of what may take as long as it likes.
Scheduler::Options ShortLease(Scheduler::Options options) {
  options.lease = absl::Seconds(1);
  options.longest_slice = absl::Hours(1);
  return options;
}

TEST_F(Due, IsWhoseItIsForAsLongAsItRunsOnAShortLease) {
  MakeThing("a");
  ASSERT_OK(Store({"count", "a", "", absl::InfinitePast()}));
  Frozen works(ShortLease(Options()),
               [](const Task& task) { return Counting(task, Next::Done()); });
  const int64_t version = Count("SELECT version FROM due");
  const int64_t first = Count("SELECT CAST(1e6 * UNIX_TIMESTAMP(claim_time) AS SIGNED) FROM due");
  EXPECT_EQ(
      Count("SELECT COUNT(*) FROM due WHERE claim_time > UTC_TIMESTAMP(6) + INTERVAL 1 MINUTE"), 0)
      << "who dies holds it no longer, however long it may take";
  std::atomic<int> taken = 0;
  Scheduler other(ShortLease(Options()));
  other.Handle("count", [&](const Slice&) -> absl::StatusOr<Next> {
    ++taken;
    return Next::Done();
  });
  other.Start({journal::Tokens("test")});
  ASSERT_TRUE(Becomes([&] {
    return Count("SELECT CAST(1e6 * UNIX_TIMESTAMP(claim_time) AS SIGNED) FROM due") >
           first + absl::ToInt64Microseconds(absl::Seconds(1));
  }));
  EXPECT_EQ(Count("SELECT version FROM due"), version);
  works.GoOn();
  ASSERT_TRUE(Becomes([&] { return Left() == 0; }));
  EXPECT_EQ(Done("a"), 1);
  EXPECT_EQ(taken, 0);
}

TEST_F(Due, WhoTakesLongerThanHeMayLosesIt) {
  MakeThing("a");
  ASSERT_OK(Store({"count", "a", "", absl::InfinitePast()}));
  Scheduler::Options options = ShortLease(Options());
  options.longest_slice = absl::Milliseconds(500);
  Frozen hangs(options, [](const Task& task) { return Counting(task, Next::Done()); });
  Scheduler other(Options());
  other.Handle("count", [](const Slice& slice) -> absl::StatusOr<Next> {
    return Counting(slice.task, Next::Done());
  });
  other.Start({journal::Tokens("test")});
  ASSERT_TRUE(Becomes([&] { return Left() == 0; }));
  hangs.GoOn();
  ASSERT_TRUE(Becomes([&] { return hangs.lost() == 1; }));
  EXPECT_EQ(Done("a"), 1);
}

TEST_F(Due, WhoLosesItWhileItRunsIsToldSo) {
  MakeThing("a");
  ASSERT_OK(Store({"count", "a", "", absl::InfinitePast()}));
  absl::Notification runs;
  Scheduler scheduler(ShortLease(Options()));
  scheduler.Handle("count", [&](const Slice& slice) -> absl::StatusOr<Next> {
    runs.Notify();
    EXPECT_TRUE(Becomes(slice.cancelled));
    return absl::CancelledError("it is another's");
  });
  scheduler.Start({journal::Tokens("test")});
  runs.WaitForNotification();
  ASSERT_OK(Mutate([](journal::Transaction& tx) { return Cancel(tx, "count", "a"); }));
  ASSERT_TRUE(Becomes([&] { return Ended(scheduler, "lost") == 1; }));
  EXPECT_EQ(Ended(scheduler, "failed"), 0);
}

TEST_F(Due, WhoStoodStillLosesItsTaskAndStoresNothing) {
  MakeThing("a");
  ASSERT_OK(Store({"count", "a", "first", absl::InfinitePast()}));
  Frozen frozen(Options(), [](const Task& task) { return Counting(task, Next::Done()); });
  EXPECT_EQ(Count("SELECT COUNT(*) FROM due WHERE holder <> ''"), 1);
  LetClaim();  // its lease ends
  {
    Scheduler other(Options());
    other.Handle("count", [](const Slice& slice) -> absl::StatusOr<Next> {
      return Counting(slice.task, Next::After(absl::Hours(1), "second"));
    });
    other.Start({journal::Tokens("test")});
    ASSERT_TRUE(Becomes([&] { return Done("a") == 1; }));
  }
  frozen.GoOn();
  ASSERT_TRUE(Becomes([&] { return frozen.lost() == 1; }));
  EXPECT_EQ(Done("a"), 1);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM due WHERE progress = 'second'"), 1);
}

TEST_F(Due, WhoStoodStillDoesNotTakeATaskOfTheSameKeyForHis) {
  MakeThing("a");
  const auto count = [](const Task& task) { return Counting(task, Next::Done()); };
  ASSERT_OK(Store({"count", "a", "first", absl::InfinitePast()}));
  Frozen first(Options(), count);
  ASSERT_OK(Mutate([](journal::Transaction& tx) { return Cancel(tx, "count", "a"); }));
  ASSERT_OK(Store({"count", "a", "second", absl::InfinitePast()}));
  Frozen second(Options(), count);
  first.GoOn();
  ASSERT_TRUE(Becomes([&] { return first.lost() == 1; }));
  EXPECT_EQ(Done("a"), 0);
  second.GoOn();
  ASSERT_TRUE(Becomes([&] { return Left() == 0; }));
  EXPECT_EQ(Done("a"), 1);
}

TEST_F(Due, WhatIsScheduledAnewWhileItRunsRunsAnew) {
  MakeThing("a");
  ASSERT_OK(Store({"count", "a", "old", absl::InfinitePast()}));
  std::set<std::string> seen;
  Frozen frozen(Options(), [&](const Task& task) {
    seen.insert(task.progress);
    return Counting(task, Next::Done());
  });
  ASSERT_OK(Store({"count", "a", "new", absl::InfinitePast()}));
  frozen.GoOn();
  ASSERT_TRUE(Becomes([&] { return Left() == 0; }));
  EXPECT_EQ(Done("a"), 1) << "what the old one did is not stored";
  EXPECT_THAT(seen, ElementsAre("new", "old"));
}

// Neither is it waited for that a slice ends.
TEST_F(Due, TheMetricsTellOfItWhileASliceRuns) {
  MakeThing("a");
  ASSERT_OK(Store({"count", "a", "", absl::InfinitePast()}));
  Scheduler::Options options = Options();
  options.metrics_pause = absl::Milliseconds(2);
  absl::Notification runs, goes_on;
  Scheduler scheduler(options);
  scheduler.Handle("count", [&](const Slice& slice) -> absl::StatusOr<Next> {
    runs.Notify();
    goes_on.WaitForNotification();
    return Counting(slice.task, Next::Done());
  });
  scheduler.Start({journal::Tokens("test")});
  runs.WaitForNotification();
  ASSERT_OK(Store({"of another version", "b", "", absl::InfinitePast()}));
  EXPECT_TRUE(Becomes([&] {
    const auto metrics = scheduler.Metrics();  // the second one is of counts
    return absl::c_any_of(metrics.at(1).metric, [](const prometheus::ClientMetric& metric) {
      return metric.label.at(0).value == "of another version" && metric.gauge.value == 1;
    });
  }));
  goes_on.Notify();
}

// What failed by our fault is found by the log alone: whose task it was, and what was wrong.
TEST_F(Due, WhatFailsIsLoggedWithItsKeyAndItsCause) {
  for (const char* key : {"fault", "statement"}) {
    ASSERT_OK(Store({"count", key, "", absl::InfinitePast()}));
  }
  ::testing::internal::CaptureStderr();
  {
    Scheduler scheduler(Options());
    scheduler.Handle("count", [&](const Slice& slice) -> absl::StatusOr<Next> {
      if (slice.task.key == "fault") return absl::InternalError("a column is missing");
      return slice.session.Number({"test.wrong", "SELECT no_such FROM thing"}).status();
    });
    scheduler.Start({journal::Tokens("test")});
    EXPECT_TRUE(Becomes([&] {
      return Count("SELECT COUNT(*) FROM due WHERE last_error <> '' AND holder = ''") == 2;
    }));
  }
  const std::string log = ::testing::internal::GetCapturedStderr();
  for (const char* part : {R"("event":"due_work_failed","kind":"count","key":"fault")",
                           R"("key":"statement")", "a column is missing", "no_such"}) {
    EXPECT_THAT(log, ::testing::HasSubstr(part));
  }
}

TEST_F(Due, OfAKindThatIsNotKnownWaitsAndIsSeen) {
  ASSERT_OK(Store({"of another version", "a", "", absl::InfinitePast()}));
  MakeThing("b");
  ASSERT_OK(Store({"count", "b", "", absl::InfinitePast()}));
  Scheduler scheduler(Options());
  scheduler.Handle("count", [](const Slice&) -> absl::StatusOr<Next> { return Next::Done(); });
  scheduler.Start({journal::Tokens("test")});
  ASSERT_TRUE(Becomes([&] { return Left() == 1; }));
  ASSERT_EQ(Work().size(), 1);
  EXPECT_EQ(Work()[0].kind(), "of another version");
}

}  // namespace
}  // namespace puente::due
