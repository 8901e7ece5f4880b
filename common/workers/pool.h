// Workers: threads with a database connection each, which hold calls only while they compute.
#pragma once

#include <optional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/sql/session.h"

namespace puente::workers {

class Pool {
 public:
  // How far into the queue tasks of a batch are looked for.
  static constexpr int kMostLooked = 64;

  struct Options {
    int workers = 4;
    // Most tasks of one batch that are run as one.
    size_t most_together = 16;
    // Each worker's connection; without it tasks get no session.
    std::optional<sql::Target> database;
    // A new task of the normal lane is refused while the oldest one waiting has waited for more
    // than half of the time that the new one has left: it would wait as long, and the other half is
    // for its turn. Nor does one wait behind those that are older than this. An average over
    // admitted tasks would stay high for good once everything is refused.
    absl::Duration most_wait = absl::Seconds(1);
    // And while so many wait.
    int most_waiting = 4096;
  };

  enum class Lane {
    kNormal,
    kStream,  // slices of streams: at most one worker at a time; never refused
  };

  // One piece of work. Its owner keeps it alive until Run() or Drop() is called, one of which is,
  // once.
  class Task {
   public:
    // On a worker. `session` is null in a pool without a database.
    virtual void Run(sql::Session* session) = 0;
    // Instead of Run(): the deadline has passed, or the pool stops.
    virtual void Drop(const absl::Status& why) = 0;
    // Tasks that wait at the same time and give the same, not null, are run as one, by RunBatch()
    // of one of them in place of Run() of each.
    virtual const void* batch() const { return nullptr; }
    virtual void RunBatch(sql::Session* session, absl::Span<Task* const> tasks) {
      for (Task* const task : tasks) task->Run(session);
    }

   protected:
    ~Task() = default;

   private:
    friend class Pool;
    Task* next_ = nullptr;
    absl::Time queued_;
    absl::Time deadline_;
  };

  explicit Pool(Options options);
  ~Pool();  // as Stop()
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // OVERLOADED, with RetryInfo, or SHUTTING_DOWN if the task is not taken; then neither Run() nor
  // Drop() is called.
  absl::Status Submit(Task* task, Lane lane, absl::Time deadline);

  // Drops what waits and returns when the workers are done with what they run.
  void Stop();

  struct Load {
    int waiting = 0;
    absl::Duration oldest;
    int busy = 0;
    int workers = 0;
    int64_t refused = 0;  // since the start
    int64_t dropped = 0;
  };
  Load load() const;

 private:
  struct Queue {
    Task* first = nullptr;
    Task* last = nullptr;
    int size = 0;
    void Push(Task* task);
    // The first, and of those behind it what runs in its batch, so many at most.
    void Pop(size_t most, std::vector<Task*>& tasks);
  };

  // One worker at rest.
  struct Idle {
    absl::CondVar wake;
    bool woken = false;
    Idle* below = nullptr;
  };

  void Work();
  // Outside the lock. Returns how many were dropped.
  static int Run(std::vector<Task*>& tasks, bool stopping, sql::Session* session);
  void Rest() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Wake() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);  // nothing if nobody is at rest
  absl::Status Admit(Lane lane, absl::Time now, absl::Time deadline)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The queue whose head is next to run; null if there is none for now.
  Queue* Next() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Options options_;
  mutable absl::Mutex mutex_;
  Queue normal_ ABSL_GUARDED_BY(mutex_);
  Queue stream_ ABSL_GUARDED_BY(mutex_);
  bool stream_runs_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  // A stack: who went to rest last is woken first. Its connection's thread, statements and caches
  // are warm; taking turns, as a condition variable's queue does, has each of them go cold.
  Idle* idle_ ABSL_GUARDED_BY(mutex_) = nullptr;
  int busy_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t refused_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t dropped_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<std::thread> threads_;
};

}  // namespace puente::workers
