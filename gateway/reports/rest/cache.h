// Answers that are kept as they were sent, so that one that is asked for again costs no more than
// its bytes.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "gateway/reports/rest/answer.h"

namespace puente::gateway::reports {

// An answer with its tag, and its body as gzip, "" where that is not shorter.
struct KeptAnswer {
  Answer answer;
  std::string tag;
  std::string zipped;
};
std::shared_ptr<const KeptAnswer> Kept(Answer answer);

// Bounded by bytes, those of keys included, which callers write; the oldest go first. Answers of
// what was published when they were made: the key has to say that.
class AnswerCache {
 public:
  explicit AnswerCache(size_t most_bytes) : most_bytes_(most_bytes) {}

  std::shared_ptr<const KeptAnswer> Find(const std::string& key);
  void Keep(const std::string& key, std::shared_ptr<const KeptAnswer> answer);

 private:
  // What an entry takes beside its texts, about.
  static constexpr size_t kEntryBytes = 512;
  // The key is there twice.
  static size_t SizeOf(const std::string& key, const KeptAnswer& answer) {
    return kEntryBytes + 2 * key.size() + answer.answer.body.size() + answer.zipped.size();
  }

  const size_t most_bytes_;
  absl::Mutex mutex_;
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<std::string> order_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, std::shared_ptr<const KeptAnswer>> kept_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace puente::gateway::reports
