#include "common/workers/pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <functional>
#include <thread>

#include "absl/synchronization/notification.h"
#include "common/status/error.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::workers {
namespace {

using testing::Becomes;

constexpr absl::Duration kLimit = absl::Seconds(20);

class Job final : public Pool::Task {
 public:
  explicit Job(std::function<void()> work = [] {}) : work_(std::move(work)) {}
  void Run(sql::Session*) override {
    work_();
    ran_ = true;
    done_.Notify();
  }
  void Drop(const absl::Status& why) override {
    dropped_ = why;
    done_.Notify();
  }
  bool Wait() { return done_.WaitForNotificationWithTimeout(kLimit); }
  bool ran() const { return ran_; }
  const absl::Status& dropped() const { return dropped_; }

 private:
  const std::function<void()> work_;
  bool ran_ = false;
  absl::Status dropped_;
  absl::Notification done_;
};

absl::Time Later() { return absl::Now() + absl::Hours(1); }

Pool::Options Workers(int count) {
  Pool::Options options;
  options.workers = count;
  return options;
}

TEST(Pool, RefusesWhileTheQueuesHeadIsOldAndRecoversAfterTheStall) {
  Pool::Options options = Workers(1);
  options.most_wait = absl::Milliseconds(30);
  Pool pool(options);
  absl::Notification stall;
  Job stalled([&] { stall.WaitForNotification(); });
  Job waiting;
  ASSERT_OK(pool.Submit(&stalled, Pool::Lane::kNormal, Later()));
  ASSERT_TRUE(Becomes([&] { return pool.load().busy == 1; }));
  ASSERT_OK(pool.Submit(&waiting, Pool::Lane::kNormal, Later()));
  ASSERT_TRUE(Becomes([&] { return pool.load().oldest > options.most_wait; }));
  Job refused;
  for (int i = 0; i < 100; ++i) {
    const absl::Status status = pool.Submit(&refused, Pool::Lane::kNormal, Later());
    ASSERT_EQ(Reason(status), "OVERLOADED");
    ASSERT_TRUE(status.GetPayload("type.googleapis.com/google.rpc.RetryInfo").has_value());
  }
  EXPECT_EQ(pool.load().refused, 100);
  stall.Notify();
  ASSERT_TRUE(waiting.Wait());
  Job after;
  ASSERT_OK(pool.Submit(&after, Pool::Lane::kNormal, Later()));
  ASSERT_TRUE(after.Wait());
  EXPECT_TRUE(after.ran());
}

TEST(Pool, RefusesOnlyWhoHasTooLittleTimeToWait) {
  Pool::Options options = Workers(1);
  options.most_wait = absl::Hours(1);
  Pool pool(options);
  absl::Notification stall;
  Job stalled([&] { stall.WaitForNotification(); });
  Job waiting, hasty, patient;
  ASSERT_OK(pool.Submit(&stalled, Pool::Lane::kNormal, Later()));
  ASSERT_TRUE(Becomes([&] { return pool.load().busy == 1; }));
  ASSERT_OK(pool.Submit(&waiting, Pool::Lane::kNormal, Later()));
  constexpr absl::Duration kWaited = absl::Milliseconds(40);
  ASSERT_TRUE(Becomes([&] { return pool.load().oldest > kWaited; }));
  EXPECT_EQ(Reason(pool.Submit(&hasty, Pool::Lane::kNormal, absl::Now() + 2 * kWaited)),
            "OVERLOADED");
  EXPECT_OK(pool.Submit(&patient, Pool::Lane::kNormal, Later()));
  stall.Notify();
  EXPECT_TRUE(patient.Wait());
  EXPECT_TRUE(patient.ran());
}

TEST(Pool, RefusesMoreThanFit) {
  Pool::Options options = Workers(1);
  options.most_waiting = 3;
  options.most_wait = absl::Hours(1);
  Pool pool(options);
  absl::Notification stall;
  Job stalled([&] { stall.WaitForNotification(); });
  ASSERT_OK(pool.Submit(&stalled, Pool::Lane::kNormal, Later()));
  ASSERT_TRUE(Becomes([&] { return pool.load().busy == 1; }));
  std::deque<Job> jobs(4);
  for (int i = 0; i < 3; ++i) ASSERT_OK(pool.Submit(&jobs[i], Pool::Lane::kNormal, Later()));
  EXPECT_EQ(Reason(pool.Submit(&jobs[3], Pool::Lane::kNormal, Later())), "OVERLOADED");
  stall.Notify();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(jobs[i].Wait());
}

TEST(Pool, DropsWhatIsTooLateWithoutRunningIt) {
  Pool pool(Workers(1));
  absl::Notification stall;
  Job stalled([&] { stall.WaitForNotification(); });
  ASSERT_OK(pool.Submit(&stalled, Pool::Lane::kNormal, Later()));
  Job late;
  const absl::Time deadline = absl::Now() + absl::Milliseconds(5);
  ASSERT_OK(pool.Submit(&late, Pool::Lane::kNormal, deadline));
  ASSERT_TRUE(Becomes([&] { return absl::Now() > deadline; }));
  stall.Notify();
  ASSERT_TRUE(late.Wait());
  EXPECT_FALSE(late.ran());
  EXPECT_EQ(Reason(late.dropped()), "DEADLINE_EXCEEDED");
}

// Runs in a batch with others of the same number.
class Member final : public Pool::Task {
 public:
  explicit Member(const int& number) : number_(number) {}
  void Run(sql::Session*) override { ADD_FAILURE() << "alone, though of a batch"; }
  void RunBatch(sql::Session*, absl::Span<Task* const> tasks) override {
    for (Task* task : tasks) {
      auto& member = static_cast<Member&>(*task);
      EXPECT_EQ(&member.number_, &number_);
      member.ran_with_ = static_cast<int>(tasks.size());
      member.done_.Notify();
    }
  }
  void Drop(const absl::Status& why) override {
    dropped_ = why;
    done_.Notify();
  }
  const void* batch() const override { return &number_; }
  bool Wait() { return done_.WaitForNotificationWithTimeout(kLimit); }
  int ran_with() const { return ran_with_; }  // 0: it did not run
  const absl::Status& dropped() const { return dropped_; }

 private:
  const int& number_;
  int ran_with_ = 0;
  absl::Status dropped_;
  absl::Notification done_;
};

TEST(Pool, RunsWhatIsOfOneBatchAsOneTask) {
  Pool pool(Workers(1));
  absl::Notification stall;
  Job stalled([&] { stall.WaitForNotification(); });
  ASSERT_OK(pool.Submit(&stalled, Pool::Lane::kNormal, Later()));
  ASSERT_TRUE(Becomes([&] { return pool.load().busy == 1; }));
  const int one = 1, two = 2;
  std::deque<Member> ones, twos;
  std::deque<Job> jobs;
  for (int i = 0; i < 20; ++i) {
    ASSERT_OK(pool.Submit(&ones.emplace_back(one), Pool::Lane::kNormal, Later()));
    if (i >= 3) continue;
    ASSERT_OK(pool.Submit(&twos.emplace_back(two), Pool::Lane::kNormal, Later()));
    ASSERT_OK(pool.Submit(&jobs.emplace_back(), Pool::Lane::kNormal, Later()));
  }
  Member late(one);
  const absl::Time deadline = absl::Now() + absl::Milliseconds(5);
  ASSERT_OK(pool.Submit(&late, Pool::Lane::kNormal, deadline));
  ASSERT_TRUE(Becomes([&] { return absl::Now() > deadline; }));
  EXPECT_EQ(pool.load().waiting, 27);
  stall.Notify();
  for (Job& job : jobs) ASSERT_TRUE(job.Wait());
  for (Member& member : twos) {
    ASSERT_TRUE(member.Wait());
    EXPECT_EQ(member.ran_with(), 3);
  }
  for (size_t i = 0; i < ones.size(); ++i) {
    ASSERT_TRUE(ones[i].Wait());
    EXPECT_EQ(ones[i].ran_with(), i < 16 ? 16 : 4) << i;  // the late one is of the second batch
  }
  ASSERT_TRUE(late.Wait());
  EXPECT_EQ(late.ran_with(), 0);
  EXPECT_EQ(Reason(late.dropped()), "DEADLINE_EXCEEDED");
  EXPECT_TRUE(Becomes([&] { return pool.load().dropped == 1; }));
  EXPECT_EQ(pool.load().waiting, 0);
  // The queue is whole: what comes behind its last one runs.
  Job after;
  ASSERT_OK(pool.Submit(&after, Pool::Lane::kNormal, Later()));
  EXPECT_TRUE(after.Wait());
}

TEST(Pool, RunsAsManyTogetherAsItIsTold) {
  Pool::Options options = Workers(1);
  options.most_together = 2;
  Pool pool(options);
  absl::Notification stall;
  Job stalled([&] { stall.WaitForNotification(); });
  ASSERT_OK(pool.Submit(&stalled, Pool::Lane::kNormal, Later()));
  ASSERT_TRUE(Becomes([&] { return pool.load().busy == 1; }));
  const int one = 1;
  std::deque<Member> members;
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK(pool.Submit(&members.emplace_back(one), Pool::Lane::kNormal, Later()));
  }
  stall.Notify();
  for (size_t i = 0; i < members.size(); ++i) {
    ASSERT_TRUE(members[i].Wait());
    EXPECT_EQ(members[i].ran_with(), i < 2 ? 2 : 1) << i;
  }
}

TEST(Pool, TakesTheLastOfTheQueueAlongAndLosesNobody) {
  Pool pool(Workers(1));
  absl::Notification stall, stall_between;
  Job stalled([&] { stall.WaitForNotification(); });
  ASSERT_OK(pool.Submit(&stalled, Pool::Lane::kNormal, Later()));
  ASSERT_TRUE(Becomes([&] { return pool.load().busy == 1; }));
  const int one = 1;
  Member first(one), last(one);
  Job between([&] { stall_between.WaitForNotification(); }), behind, after;
  ASSERT_OK(pool.Submit(&first, Pool::Lane::kNormal, Later()));
  ASSERT_OK(pool.Submit(&between, Pool::Lane::kNormal, Later()));
  ASSERT_OK(pool.Submit(&behind, Pool::Lane::kNormal, Later()));
  ASSERT_OK(pool.Submit(&last, Pool::Lane::kNormal, Later()));
  stall.Notify();
  ASSERT_TRUE(last.Wait());
  EXPECT_EQ(last.ran_with(), 2);
  // `behind` is the last one now, and still waits.
  ASSERT_OK(pool.Submit(&after, Pool::Lane::kNormal, Later()));
  stall_between.Notify();
  for (Job* job : {&between, &behind, &after}) EXPECT_TRUE(job->Wait());
}

TEST(Pool, GivesStreamsOneWorkerAtMost) {
  Pool pool(Workers(3));
  absl::Notification stall;
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  std::deque<Job> slices;
  for (int i = 0; i < 20; ++i) {
    slices.emplace_back([&] {
      most = std::max(most.load(), ++running);
      stall.WaitForNotificationWithTimeout(absl::Milliseconds(2));
      --running;
    });
  }
  for (Job& slice : slices) ASSERT_OK(pool.Submit(&slice, Pool::Lane::kStream, Later()));
  // The others answer meanwhile.
  Job read;
  ASSERT_OK(pool.Submit(&read, Pool::Lane::kNormal, Later()));
  ASSERT_TRUE(read.Wait());
  EXPECT_FALSE(slices.back().ran());
  for (Job& slice : slices) ASSERT_TRUE(slice.Wait());
  EXPECT_EQ(most, 1);
}

TEST(Pool, OfOneWorkerStarvesNeitherLane) {
  Pool pool(Workers(1));
  std::atomic<bool> stop = false;
  std::atomic<int> streams = 0;
  // A stream that always has a next slice.
  std::function<void()> again;
  std::deque<Job> slices;
  absl::Mutex mutex;
  again = [&] {
    ++streams;
    if (stop) return;
    absl::MutexLock lock(&mutex);
    slices.emplace_back(again);
    const absl::Status taken = pool.Submit(&slices.back(), Pool::Lane::kStream, Later());
    ASSERT_TRUE(taken.ok() || stop) << taken;
  };
  Job first(again);
  ASSERT_OK(pool.Submit(&first, Pool::Lane::kStream, Later()));
  for (int i = 0; i < 50; ++i) {
    Job read;
    ASSERT_OK(pool.Submit(&read, Pool::Lane::kNormal, Later()));
    ASSERT_TRUE(read.Wait());
  }
  stop = true;
  EXPECT_GT(streams, 1);
  pool.Stop();
}

TEST(Pool, DropsWhatWaitsWhenItStops) {
  Pool pool(Workers(1));
  absl::Notification stall;
  Job stalled([&] { stall.WaitForNotification(); });
  ASSERT_OK(pool.Submit(&stalled, Pool::Lane::kNormal, Later()));
  ASSERT_TRUE(Becomes([&] { return pool.load().busy == 1; }));
  Job waiting;
  ASSERT_OK(pool.Submit(&waiting, Pool::Lane::kNormal, Later()));
  std::thread stop([&] { pool.Stop(); });
  std::deque<Job> late;
  ASSERT_TRUE(Becomes([&] {
    return Reason(pool.Submit(&late.emplace_back(), Pool::Lane::kNormal, Later())) ==
           "SHUTTING_DOWN";
  }));
  stall.Notify();
  stop.join();
  EXPECT_FALSE(waiting.ran());
  EXPECT_EQ(Reason(waiting.dropped()), "SHUTTING_DOWN");
}

}  // namespace
}  // namespace puente::workers
