#include "common/workers/pool.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/workers/errors.h"

namespace puente::workers {
namespace {

// Before who was refused comes again.
constexpr absl::Duration kLeastRetry = absl::Milliseconds(100);

}  // namespace

void Pool::Queue::Push(Task* task) {
  task->next_ = nullptr;
  (last == nullptr ? first : last->next_) = task;
  last = task;
  ++size;
}

void Pool::Queue::Pop(size_t most, std::vector<Task*>& tasks) {
  const void* batch = first->batch();
  Task* before = nullptr;  // the last one that stays
  Task** link = &first;
  for (int looked = 0; looked < kMostLooked && *link != nullptr; ++looked) {
    Task* const task = *link;
    if (tasks.empty() || (batch != nullptr && task->batch() == batch)) {
      *link = task->next_;
      if (task == last) last = before;
      --size;
      tasks.push_back(task);
      if (batch == nullptr || tasks.size() == most) return;
    } else {
      before = task;
      link = &task->next_;
    }
  }
}

Pool::Pool(Options options) : options_(std::move(options)) {
  for (int i = 0; i < options_.workers; ++i) threads_.emplace_back([this] { Work(); });
}

Pool::~Pool() { Stop(); }

absl::Status Pool::Admit(Lane lane, absl::Time now, absl::Time deadline) {
  if (stopping_) return Error(error::kShuttingDown);
  if (lane == Lane::kStream || normal_.first == nullptr) return absl::OkStatus();
  const absl::Duration oldest = now - normal_.first->queued_;
  const absl::Duration most = std::min(options_.most_wait, (deadline - now) / 2);
  if (oldest <= most && normal_.size < options_.most_waiting) {
    return absl::OkStatus();
  }
  ++refused_;
  return RetryableError(
      error::kOverloaded, std::max(most, kLeastRetry),
      "what"_is(absl::StrCat(normal_.size, " calls are waiting, the oldest since ",
                             absl::ToInt64Milliseconds(oldest), " ms")));
}

absl::Status Pool::Submit(Task* task, Lane lane, absl::Time deadline) {
  const absl::Time now = absl::Now();
  absl::MutexLock lock(&mutex_);
  absl::Status admitted = Admit(lane, now, deadline);
  if (!admitted.ok()) return admitted;
  task->queued_ = now;
  task->deadline_ = deadline;
  (lane == Lane::kNormal ? normal_ : stream_).Push(task);
  Wake();
  return absl::OkStatus();
}

void Pool::Rest() {
  Idle self;
  self.below = std::exchange(idle_, &self);
  while (!self.woken) self.wake.Wait(&mutex_);
}

void Pool::Wake() {
  if (idle_ == nullptr) return;
  Idle* last = std::exchange(idle_, idle_->below);
  last->woken = true;
  last->wake.Signal();
}

Pool::Queue* Pool::Next() {
  const bool stream_may = stream_.first != nullptr && !stream_runs_;
  if (normal_.first == nullptr) return stream_may ? &stream_ : nullptr;
  // Whoever waits longer, so that neither lane starves the other, even with one worker.
  return stream_may && stream_.first->queued_ < normal_.first->queued_ ? &stream_ : &normal_;
}

int Pool::Run(std::vector<Task*>& tasks, bool stopping, sql::Session* session) {
  const absl::Time now = absl::Now();
  const auto drop = [&](Task* task) {
    const bool late = task->deadline_ <= now;
    if (stopping || late) {
      task->Drop(stopping ? Error(error::kShuttingDown) : Error(error::kDeadlineExceeded));
    }
    return stopping || late;
  };
  const auto dropped = static_cast<int>(std::erase_if(tasks, drop));
  // They may be gone afterwards.
  if (!tasks.empty()) tasks.front()->RunBatch(session, tasks);
  return dropped;
}

void Pool::Work() {
  std::optional<sql::Session> session;
  std::vector<Task*> tasks;
  if (options_.database) session.emplace(*options_.database);
  mutex_.Lock();
  while (true) {
    Queue* queue = Next();
    if (queue == nullptr) {
      if (stopping_) break;
      Rest();
      continue;
    }
    tasks.clear();
    queue->Pop(options_.most_together, tasks);
    const bool stream = queue == &stream_;
    const bool stopping = stopping_;
    stream_runs_ = stream_runs_ || stream;
    ++busy_;
    mutex_.Unlock();
    const int dropped = Run(tasks, stopping, session ? &*session : nullptr);
    mutex_.Lock();
    --busy_;
    dropped_ += dropped;
    if (stream) {
      stream_runs_ = false;
      if (stream_.first != nullptr) Wake();
    }
  }
  mutex_.Unlock();
}

void Pool::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    while (idle_ != nullptr) Wake();
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

Pool::Load Pool::load() const {
  const absl::Time now = absl::Now();
  absl::MutexLock lock(&mutex_);
  Load load;
  load.waiting = normal_.size + stream_.size;
  if (normal_.first != nullptr) load.oldest = now - normal_.first->queued_;
  load.busy = busy_;
  load.workers = options_.workers;
  load.refused = refused_;
  load.dropped = dropped_;
  return load;
}

}  // namespace puente::workers
