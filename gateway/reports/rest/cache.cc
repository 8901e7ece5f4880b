#include "gateway/reports/rest/cache.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "common/http/gzip.h"

namespace puente::gateway::reports {
namespace {

constexpr int kEffort = 6;  // once for all who ask

}  // namespace

std::shared_ptr<const KeptAnswer> Kept(Answer answer) {
  auto kept = std::make_shared<KeptAnswer>();
  kept->tag = absl::BytesToHexString(crypto::Sha256(answer.body).substr(0, 16));
  // Errors are short, and compressed by the library.
  if (answer.status == 200) kept->zipped = http::Zipped(answer.body, kEffort);
  kept->answer = std::move(answer);
  return kept;
}

std::shared_ptr<const KeptAnswer> AnswerCache::Find(const std::string& key) {
  absl::MutexLock lock(&mutex_);
  const auto found = kept_.find(key);
  return found == kept_.end() ? nullptr : found->second;
}

void AnswerCache::Keep(const std::string& key, std::shared_ptr<const KeptAnswer> answer) {
  const size_t size = SizeOf(key, *answer);
  if (size > most_bytes_ / 2) return;
  absl::MutexLock lock(&mutex_);
  if (!kept_.emplace(key, std::move(answer)).second) return;
  order_.push_back(key);
  bytes_ += size;
  while (bytes_ > most_bytes_) {
    const auto oldest = kept_.find(order_.front());
    bytes_ -= SizeOf(oldest->first, *oldest->second);
    kept_.erase(oldest);
    order_.pop_front();
  }
}

}  // namespace puente::gateway::reports
