// Clients: so many calls in flight, each followed by the next; or so many calls a second, whatever
// becomes of them.
#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "tests/bench/measure.h"
#include "tests/bench/process.h"

namespace puente::bench {

// Makes calls with a stub's asynchronous method, in `in_flight` slots.
//   Flood<Request, Response>(64, start, make)
// start(i, context, request, response, done) begins a call in slot i; make(n, request) fills in the
// n-th request.
template <class Request, class Response>
class Flood {
 public:
  using Start = std::function<void(int, grpc::ClientContext*, const Request*, Response*,
                                   std::function<void(grpc::Status)>)>;
  using Make = std::function<void(int64_t, Request&)>;

  Flood(int in_flight, Start start, Make make)
      : start_(std::move(start)), make_(std::move(make)), slots_(in_flight) {}

  // Closed loop: every slot is in flight, its call followed by the next.
  Load Closed(double seconds) {
    const absl::Time start = absl::Now();
    closed_ = true;
    for (size_t i = 0; i < slots_.size(); ++i) Call(Take(), absl::Now());
    absl::SleepFor(absl::Seconds(seconds));
    closed_ = false;
    return Ended(start);
  }

  // Open loop: calls are due at a fixed rate. A call's time counts from when it was due, also while
  // all slots are in flight, so that a stall is seen by all whom it holds up.
  Load Open(double per_second, double seconds) {
    const absl::Time start = absl::Now();
    const auto count = static_cast<int64_t>(per_second * seconds);
    for (int64_t i = 0; i < count; ++i) {
      const absl::Time due = start + absl::Seconds(static_cast<double>(i) / per_second);
      absl::SleepFor(due - absl::Now());
      Call(Take(), due);
    }
    return Ended(start);
  }

  double Rate(double seconds) { return Closed(seconds).rate; }

 private:
  struct Slot {
    std::unique_ptr<grpc::ClientContext> context;
    Request request;
    Response response;
    absl::Time due;
    std::vector<double> times;  // in milliseconds
  };

  // A free slot; waits for one.
  int Take() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &Flood::SomeFree));
    const int slot = free_.back();
    free_.pop_back();
    return slot;
  }

  void Call(int i, absl::Time due) {
    Slot& slot = slots_[i];
    slot.due = due;
    slot.context = std::make_unique<grpc::ClientContext>();
    slot.context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    make_(number_.fetch_add(1, std::memory_order_relaxed), slot.request);
    start_(i, slot.context.get(), &slot.request, &slot.response,
           [this, i](const grpc::Status& status) { Answered(i, status); });
  }

  void Answered(int i, const grpc::Status& status) {
    if (!status.ok()) Die("a call failed: " + status.error_message());
    const absl::Time now = absl::Now();
    slots_[i].times.push_back(absl::ToDoubleMilliseconds(now - slots_[i].due));
    if (closed_.load(std::memory_order_relaxed)) return Call(i, now);
    absl::MutexLock lock(&mutex_);
    free_.push_back(i);
  }

  // Waits for the calls in flight. Those of a closed loop that are answered after its end count
  // with the time that they took.
  Load Ended(absl::Time start) {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &Flood::AllFree));
    const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
    std::vector<double> times;
    for (Slot& slot : slots_) {
      times.insert(times.end(), slot.times.begin(), slot.times.end());
      slot.times.clear();
    }
    return {static_cast<double>(times.size()) / seconds, Percentile(times, 0.5),
            Percentile(times, 0.99)};
  }

  bool SomeFree() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return !free_.empty(); }
  bool AllFree() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return free_.size() == slots_.size(); }
  static std::vector<int> Numbers(int count) {
    std::vector<int> numbers;
    for (int i = 0; i < count; ++i) numbers.push_back(i);
    return numbers;
  }

  const Start start_;
  const Make make_;
  std::vector<Slot> slots_;
  std::atomic<int64_t> number_ = 0;
  std::atomic<bool> closed_ = false;
  absl::Mutex mutex_;
  std::vector<int> free_ ABSL_GUARDED_BY(mutex_) = Numbers(static_cast<int>(slots_.size()));
};

// Calls one after the other for so long; the median of their times in milliseconds.
inline double MedianMilliseconds(double seconds, const std::function<void()>& call) {
  std::vector<double> times;
  const absl::Time end = absl::Now() + absl::Seconds(seconds);
  do {
    const absl::Time start = absl::Now();
    call();
    times.push_back(absl::ToDoubleMilliseconds(absl::Now() - start));
  } while (absl::Now() < end || times.size() < 5);
  return Percentile(std::move(times), 0.5);
}

// One call, or the end of the benchmark.
template <class Stub, class Request, class Response>
Response Ask(Stub& stub,
             grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
             const Request& request) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) Die("a call failed: " + status.error_message());
  return response;
}

}  // namespace puente::bench
