// Lines of the operators' log: what is taken is written and read again as the same.

#include "absl/strings/string_view.h"
#include "cli/registry/edits.h"
#include "cli/registry/folder.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto change = puente::registry::ParseChange(text)) {
    const std::string line = puente::registry::LineOf(*change);
    FUZZ_CHECK(line.find('\n') == line.npos);
    const auto again = puente::registry::ParseChange(line);
    FUZZ_CHECK(again.has_value() && puente::registry::LineOf(*again) == line);
  }
  // How persons are written, likewise from outside.
  const auto person = puente::registry::ParsePerson(text);
  FUZZ_CHECK(!person.ok() || (person->roles_size() > 0 && !person->id().empty()));
  return 0;
}
