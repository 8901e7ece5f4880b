// What a client sends as gzip: it becomes as many bytes as it said beforehand, which are zipped to
// what is read as the same again, or nothing.
#include "common/http/gzip.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kMost = 1 << 20;
  const std::string input(reinterpret_cast<const char*>(data), size);
  const size_t before = puente::http::SizeBefore(input);
  if (before > kMost) return 0;
  const auto bytes = puente::http::Unzipped(input);
  if (!bytes) return 0;
  FUZZ_CHECK(bytes->size() == before);
  const std::string zipped = puente::http::Zipped(*bytes, 1);
  FUZZ_CHECK(zipped.empty() || puente::http::Unzipped(zipped) == bytes);
  return 0;
}
