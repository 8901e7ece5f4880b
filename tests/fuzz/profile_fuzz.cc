// Profiles: usable or refused with a place.

#include "common/names/pattern.h"
#include "common/status/error.h"
#include "modules/labor/vacancies/file.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto profile = puente::loading::ParseProfile(
      puente::labor::VacancyLayout(), absl::string_view(reinterpret_cast<const char*>(data), size),
      "profile.json");
  if (!profile.ok()) {
    FUZZ_CHECK(puente::Reason(profile.status()) == "INVALID_PROFILE");
    FUZZ_CHECK(!puente::MetadataOf(profile.status(), "place").empty());
    return 0;
  }
  FUZZ_CHECK(puente::IsResourceId(profile->id));
  FUZZ_CHECK(profile->delimiter != profile->quote);
  FUZZ_CHECK(profile->columns.size() >= 3);
  return 0;
}
