#include "common/personal/key_cache.h"

#include "absl/time/clock.h"

namespace puente::personal {

PersonKey KeyCache::Find(const std::string& person) {
  const absl::MutexLock lock(&mutex_);
  DropOld(absl::Now());
  const auto found = by_person_.find(person);
  return found == by_person_.end() ? nullptr : found->second->key;
}

int64_t KeyCache::drops() const {
  const absl::MutexLock lock(&mutex_);
  return drops_;
}

void KeyCache::Add(const std::string& person, PersonKey key, int64_t drops_before) {
  const absl::MutexLock lock(&mutex_);
  if (drops_ != drops_before || by_person_.contains(person)) return;
  const absl::Time now = absl::Now();
  entries_.push_back({person, std::move(key), now + lifetime_});
  by_person_[person] = std::prev(entries_.end());
  DropOld(now);
}

void KeyCache::Drop(const std::string& person) {
  const absl::MutexLock lock(&mutex_);
  ++drops_;
  const auto found = by_person_.find(person);
  if (found == by_person_.end()) return;
  entries_.erase(found->second);
  by_person_.erase(found);
}

size_t KeyCache::size() const {
  const absl::MutexLock lock(&mutex_);
  return entries_.size();
}

void KeyCache::DropOld(absl::Time now) {
  while (!entries_.empty() && (entries_.size() > most_ || entries_.front().end <= now)) {
    by_person_.erase(entries_.front().person);
    entries_.pop_front();
  }
}

}  // namespace puente::personal
