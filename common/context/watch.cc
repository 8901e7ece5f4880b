#include "common/context/watch.h"

namespace puente {

Watch::Watch(std::function<std::string()> stamp) : stamp_(std::move(stamp)), seen_(stamp_()) {}

Watch::~Watch() { Stop(); }

void Watch::Start(std::function<absl::Status()> read,
                  std::function<void(const absl::Status&)> told) {
  thread_ =
      std::thread([this, read = std::move(read), told = std::move(told)] { Look(read, told); });
}

void Watch::Look(const std::function<absl::Status()>& read,
                 const std::function<void(const absl::Status&)>& told) {
  absl::Status last;  // what was told
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kLook)) return;
    }
    std::string stamp = stamp_();
    if (last.ok() && stamp == seen_) continue;
    seen_ = std::move(stamp);  // before reading: a change meanwhile is seen the next time
    const absl::Status done = read();
    if (!done.ok() && done == last) continue;
    told(last = done);
  }
}

void Watch::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

}  // namespace puente
