// Registries of principals: what is taken answers about everybody without falling over, and knows
// nobody whom it does not list.

#include <cstring>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/context/text_proto.h"
#include "common/identity/principals.h"
#include "common/identity/registry.pb.h"
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
  puente::identity::RegistryFile file;
  FUZZ_CHECK(!puente::ParseText(text, file));
  for (const char* caller : {"gateway", "agency/labor", "company/acme", "authority/09/stps"}) {
    const absl::string_view kind = absl::string_view(caller).substr(0, strcspn(caller, "/"));
    const bool listed = absl::c_any_of(file.principals(), [&](const auto& principal) {
      return principal.path() == caller || principal.path() == absl::StrCat(kind, "/*");
    });
    const absl::Status known = (*principals)->CheckCaller(caller);
    FUZZ_CHECK(listed != (puente::Reason(known) == "CALLER_NOT_REGISTERED"));
    const auto roles = (*principals)->RolesOf(caller, "ana");
    FUZZ_CHECK(!roles.ok() || (listed && !roles->empty()));
  }
  return 0;
}
