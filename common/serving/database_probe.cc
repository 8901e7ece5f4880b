#include "common/serving/database_probe.h"

#include "common/sql/error.h"

namespace puente::serving {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(500);
constexpr absl::Duration kFresh = absl::Seconds(2);

}  // namespace

DatabaseProbe::DatabaseProbe(sql::Target target)
    : connection_(std::move(target)), last_ok_(absl::Now()), thread_([this] { Loop(); }) {}

DatabaseProbe::~DatabaseProbe() {
  {
    absl::MutexLock lock(&mutex_);
    stop_ = true;
  }
  thread_.join();
}

void DatabaseProbe::Loop() {
  while (true) {
    absl::Status answered = connection_.Ping();
    absl::MutexLock lock(&mutex_);
    last_ = std::move(answered);
    if (last_.ok()) last_ok_ = absl::Now();
    if (mutex_.AwaitWithTimeout(absl::Condition(&stop_), kPause)) return;
  }
}

absl::Status DatabaseProbe::status() const {
  absl::MutexLock lock(&mutex_);
  if (!last_.ok()) return last_;
  return absl::Now() - last_ok_ > kFresh ? Error(sql::error::kUnavailable) : absl::OkStatus();
}

}  // namespace puente::serving
