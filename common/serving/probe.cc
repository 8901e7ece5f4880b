#include "common/serving/probe.h"

#include "absl/time/clock.h"

namespace puente::serving {

Probe::Probe(Options options) : options_(std::move(options)), thread_([this] { Loop(); }) {}

Probe::~Probe() {
  {
    absl::MutexLock lock(&mutex_);
    stop_ = true;
  }
  thread_.join();
}

void Probe::Loop() {
  while (true) {
    absl::Status answer = options_.ask();
    absl::MutexLock lock(&mutex_);
    last_ = std::move(answer);
    answered_ = absl::Now();
    if (mutex_.AwaitWithTimeout(absl::Condition(&stop_), options_.pause)) return;
  }
}

absl::Status Probe::status() const {
  absl::MutexLock lock(&mutex_);
  return absl::Now() - answered_ > options_.fresh ? options_.unanswered : last_;
}

}  // namespace puente::serving
