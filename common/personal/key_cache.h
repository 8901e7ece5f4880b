// Opened keys of persons, few and not for long: each is wiped at the first look after its time, or
// when another takes its place, once whoever holds it lets go.
#pragma once

#include <list>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/crypto/secret_key.h"

namespace puente::personal {

using PersonKey = std::shared_ptr<const crypto::SecretKey>;

// Thread-safe.
class KeyCache {
 public:
  KeyCache(size_t most, absl::Duration lifetime) : most_(most), lifetime_(lifetime) {}

  // nullptr if it is not there.
  PersonKey Find(const std::string& person);
  // To be asked before a key is read that is then added: what is dropped meanwhile stays out.
  int64_t drops() const;
  void Add(const std::string& person, PersonKey key, int64_t drops_before);
  void Drop(const std::string& person);
  size_t size() const;

 private:
  struct Entry {
    std::string person;
    PersonKey key;
    absl::Time end;
  };

  void DropOld(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t most_;
  const absl::Duration lifetime_;
  mutable absl::Mutex mutex_;
  std::list<Entry> entries_ ABSL_GUARDED_BY(mutex_);  // oldest first
  absl::flat_hash_map<std::string, std::list<Entry>::iterator> by_person_ ABSL_GUARDED_BY(mutex_);
  int64_t drops_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace puente::personal
