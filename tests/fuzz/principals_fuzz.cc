// Registries of principals: what is taken answers about everybody without falling over, and knows
// nobody whom it does not list.

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/identity/principals.h"
#include "common/status/error.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto principals = puente::identity::Principals::Parse(text);
  if (!principals.ok()) {
    FUZZ_CHECK(puente::Reason(principals.status()) == "REGISTRY_INVALID");
    FUZZ_CHECK(!puente::MetadataOf(principals.status(), "where").empty());
    return 0;
  }
  FUZZ_CHECK((*principals)->serial() >= 1);
  FUZZ_CHECK(!(*principals)->CheckCaller("").ok());
  FUZZ_CHECK(!(*principals)->CheckCaller("*").ok());
  FUZZ_CHECK(!(*principals)->CheckCaller("person/ana").ok());
  for (const char* caller : {"gateway", "agency/labor", "company/acme", "authority/09/stps"}) {
    const absl::Status known = (*principals)->CheckCaller(caller);
    // A text that does not spell a kind, be it in escapes, can't list it.
    const bool spelled = absl::string_view(text).find("path") != text.npos;
    FUZZ_CHECK(spelled || puente::Reason(known) == "CALLER_NOT_REGISTERED");
    const auto roles = (*principals)->RolesOf(caller, "ana");
    FUZZ_CHECK(!roles.ok() || !roles->empty());
    FUZZ_CHECK(!roles.ok() || puente::Reason(known) != "CALLER_NOT_REGISTERED");
  }
  return 0;
}
