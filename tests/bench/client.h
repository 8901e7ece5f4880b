// Closed-loop clients: so many calls in flight, each followed by the next.
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
#include "tests/bench/process.h"

namespace puente::bench {

// Keeps calls in flight on a stub's asynchronous method for so long; returns answers a second.
//   Flood<Request, Response>(64, seconds, start, make)
// start(i, context, request, response, done) begins call i; make(i, request) fills it in.
template <class Request, class Response>
class Flood {
 public:
  using Start = std::function<void(int, grpc::ClientContext*, const Request*, Response*,
                                   std::function<void(grpc::Status)>)>;
  using Make = std::function<void(int64_t, Request&)>;

  Flood(int in_flight, Start start, Make make)
      : start_(std::move(start)), make_(std::move(make)), calls_(in_flight) {}

  double Rate(double seconds) {
    stop_ = false;
    done_ = 0;
    const absl::Time start = absl::Now();
    {
      absl::MutexLock lock(&mutex_);
      running_ = static_cast<int>(calls_.size());
    }
    for (size_t i = 0; i < calls_.size(); ++i) Next(static_cast<int>(i));
    absl::SleepFor(absl::Seconds(seconds));
    stop_ = true;
    const absl::Duration took = absl::Now() - start;
    const int64_t done = done_;
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](int* running) { return *running == 0; }, &running_));
    return static_cast<double>(done) / absl::ToDoubleSeconds(took);
  }

 private:
  struct Running {
    std::unique_ptr<grpc::ClientContext> context;
    Request request;
    Response response;
  };

  void Next(int i) {
    Running& call = calls_[i];
    call.context = std::make_unique<grpc::ClientContext>();
    call.context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    make_(number_.fetch_add(1, std::memory_order_relaxed), call.request);
    start_(i, call.context.get(), &call.request, &call.response,
           [this, i](const grpc::Status& status) { Ended(i, status); });
  }

  void Ended(int i, const grpc::Status& status) {
    if (!status.ok()) Die("a call failed: " + status.error_message());
    done_.fetch_add(1, std::memory_order_relaxed);
    if (!stop_.load(std::memory_order_relaxed)) return Next(i);
    absl::MutexLock lock(&mutex_);
    --running_;
  }

  const Start start_;
  const Make make_;
  std::vector<Running> calls_;
  std::atomic<int64_t> number_ = 0;
  std::atomic<int64_t> done_ = 0;
  std::atomic<bool> stop_ = false;
  absl::Mutex mutex_;
  int running_ ABSL_GUARDED_BY(mutex_) = 0;
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
  std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
  return times[times.size() / 2];
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
