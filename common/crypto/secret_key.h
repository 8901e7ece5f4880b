// Keys in memory that is never written to disk nor to a core file, and wiped when it is given back.
#pragma once

#include <cstddef>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace puente::crypto {

// 32 bytes in memory of libsodium: with guard pages around it, locked where the process may lock so
// much (RLIMIT_MEMLOCK), excluded from core files in any case. Whoever copies them out of it is on
// his own.
class SecretKey {
 public:
  static constexpr size_t kBytes = 32;

  SecretKey();  // zeros
  static SecretKey Random();

  ~SecretKey();
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;

  absl::string_view view() const { return {reinterpret_cast<const char*>(bytes_), kBytes}; }
  absl::Span<unsigned char> bytes() { return {bytes_, kBytes}; }

 private:
  unsigned char* bytes_;  // nullptr once moved from
};

}  // namespace puente::crypto
