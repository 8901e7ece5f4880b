#include "common/calls/compose.h"

namespace puente::calls::internal {

void AbandonList::Add(std::function<void()> told) {
  {
    absl::MutexLock lock(&mutex_);
    if (state_ == kClosed) return;
    if (state_ == kOpen) {
      told_.push_back(std::move(told));
      return;
    }
  }
  told();
}

void AbandonList::Abandon() {
  std::vector<std::function<void()>> told;
  {
    absl::MutexLock lock(&mutex_);
    if (state_ != kOpen) return;
    state_ = kAbandoned;
    told.swap(told_);
  }
  for (const auto& tell : told) tell();
}

void AbandonList::Close() {
  std::vector<std::function<void()>> forgotten;  // destroyed outside the lock
  absl::MutexLock lock(&mutex_);
  if (state_ == kOpen) state_ = kClosed;
  forgotten.swap(told_);
}

}  // namespace puente::calls::internal
