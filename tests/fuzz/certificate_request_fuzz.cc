// Requests for certificates: what is taken has a key that may be signed.

#include "absl/strings/string_view.h"
#include "cli/registry/authority.h"
#include "common/status/error.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto request = puente::registry::ReadRequest(text, {"company/acme", {}, ""}, {});
  if (!request.ok()) {
    FUZZ_CHECK(puente::Reason(request.status()) == "INVALID_FIELDS");
  } else {
    FUZZ_CHECK(request->key != nullptr && EVP_PKEY_get_bits(request->key.get()) >= 256);
  }
  return 0;
}
