#include "common/crypto/secret_key.h"

#include <sodium.h>

#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"

namespace puente::crypto {
namespace {

// Every allocation of libsodium takes four pages, so keys share some.
constexpr size_t kKeysTogether = 1024;

// What is free holds zeros.
class Slots {
 public:
  static Slots& Shared() {
    static auto* slots = new Slots;
    return *slots;
  }

  unsigned char* Take() {
    const absl::MutexLock lock(&mutex_);
    if (free_.empty()) Grow();
    unsigned char* const slot = free_.back();
    free_.pop_back();
    return slot;
  }

  void GiveBack(unsigned char* slot) {
    sodium_memzero(slot, SecretKey::kBytes);
    const absl::MutexLock lock(&mutex_);
    free_.push_back(slot);
  }

 private:
  Slots() {
    if (sodium_init() < 0) std::abort();  // without it memory has no guards
  }

  void Grow() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    auto* const block =
        static_cast<unsigned char*>(sodium_allocarray(kKeysTogether, SecretKey::kBytes));
    if (block == nullptr) std::abort();  // no memory
    sodium_memzero(block, kKeysTogether * SecretKey::kBytes);
    for (size_t i = 0; i < kKeysTogether; ++i) free_.push_back(block + i * SecretKey::kBytes);
  }

  absl::Mutex mutex_;
  std::vector<unsigned char*> free_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

SecretKey::SecretKey() : bytes_(Slots::Shared().Take()) {}

SecretKey SecretKey::Random() {
  SecretKey key;
  randombytes_buf(key.bytes_, kBytes);
  return key;
}

SecretKey::~SecretKey() {
  if (bytes_ != nullptr) Slots::Shared().GiveBack(bytes_);
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(std::exchange(other.bytes_, nullptr)) {}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

}  // namespace puente::crypto
