// Resource names: what is parsed is what was written.

#include "common/names/pattern.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const puente::NamePattern patterns[] = {
      puente::NamePattern("vacancies/{vacancy}"),
      puente::NamePattern("microcredentials/{microcredential}/versions/{version#}")};
  const absl::string_view name(reinterpret_cast<const char*>(data), size);
  for (const puente::NamePattern& pattern : patterns) {
    const auto ids = pattern.Parse(name);
    if (!ids.ok()) continue;
    FUZZ_CHECK(ids->size() == pattern.id_count());
    for (const std::string& id : *ids) FUZZ_CHECK(puente::IsResourceId(id));
    FUZZ_CHECK(pattern.Format(*ids) == name);
    FUZZ_CHECK(pattern.ParseWithWildcard(name, "name").ok());
  }
  return 0;
}
