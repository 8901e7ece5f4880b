#include "gateway/reports/rest/cache.h"

#include <zlib.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"

namespace puente::gateway::reports {
namespace {

// As gzip without name and time; "" if zlib fails.
std::string Zipped(const std::string& bytes) {
  z_stream stream{};
  constexpr int kGzip = 15 + 16;
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return "";
  }
  std::string zipped(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(zipped.data());
  stream.avail_out = static_cast<uInt>(zipped.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  zipped.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return zipped;
}

// zlib counts in 32 bits.
constexpr size_t kMostZipped = 1u << 30;

}  // namespace

std::shared_ptr<const KeptAnswer> Kept(Answer answer) {
  auto kept = std::make_shared<KeptAnswer>();
  kept->tag = absl::BytesToHexString(crypto::Sha256(answer.body).substr(0, 16));
  // Errors are short, and compressed by the library.
  if (answer.status == 200 && answer.body.size() < kMostZipped) kept->zipped = Zipped(answer.body);
  if (kept->zipped.size() >= answer.body.size()) kept->zipped.clear();
  kept->answer = std::move(answer);
  return kept;
}

std::shared_ptr<const KeptAnswer> AnswerCache::Find(const std::string& key) {
  absl::MutexLock lock(&mutex_);
  const auto found = kept_.find(key);
  return found == kept_.end() ? nullptr : found->second;
}

void AnswerCache::Keep(const std::string& key, std::shared_ptr<const KeptAnswer> answer) {
  const size_t size = SizeOf(*answer);
  if (size > most_bytes_ / 2) return;
  absl::MutexLock lock(&mutex_);
  if (!kept_.emplace(key, std::move(answer)).second) return;
  order_.push_back(key);
  bytes_ += size;
  while (bytes_ > most_bytes_) {
    const auto oldest = kept_.find(order_.front());
    bytes_ -= SizeOf(*oldest->second);
    kept_.erase(oldest);
    order_.pop_front();
  }
}

}  // namespace puente::gateway::reports
