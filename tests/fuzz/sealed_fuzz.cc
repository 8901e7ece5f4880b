// Sealed values: what is given to Open() is refused unless it was sealed, and one that was sealed
// opens as it was and in no other form.

#include "common/personal/sealing.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto* key = new puente::crypto::SecretKey;  // zeros, so that runs are alike
  constexpr puente::personal::Place kPlace{"persons/1", "curp"};
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  FUZZ_CHECK(!puente::personal::Open(*key, kPlace, input).ok());

  std::string sealed = puente::personal::Seal(*key, kPlace, input);
  const auto opened = puente::personal::Open(*key, kPlace, sealed);
  FUZZ_CHECK(opened.ok() && *opened == input);
  // The input chooses where it is moved to, and the bit that is flipped.
  FUZZ_CHECK(input == kPlace.record ||
             !puente::personal::Open(*key, {input, kPlace.field}, sealed).ok());
  FUZZ_CHECK(input == kPlace.field ||
             !puente::personal::Open(*key, {kPlace.record, input}, sealed).ok());
  size_t bit = size;
  for (size_t i = 0; i < size; ++i) bit = bit * 31 + data[i];
  bit %= 8 * sealed.size();
  sealed[bit / 8] = static_cast<char>(sealed[bit / 8] ^ (1 << (bit % 8)));
  FUZZ_CHECK(!puente::personal::Open(*key, kPlace, sealed).ok());
  return 0;
}
