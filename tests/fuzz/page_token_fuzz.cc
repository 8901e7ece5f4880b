// Page tokens: one that is accepted is one that was made, for this list.

#include "common/resource/page.h"
#include "tests/fuzz/target.h"

// The first byte says how many columns the cursor has.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  using puente::resource::MakePageToken;
  using puente::resource::ParsePageToken;
  const std::vector<absl::string_view> binding = {"/test.Service/List", "agency/labor", "",
                                                  "a = b"};
  const std::vector<absl::string_view> other = {"/test.Service/List", "agency/labor", "a = b", ""};
  const size_t columns = data[0] % 4;
  const absl::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  // As a token.
  if (const auto cursor = ParsePageToken(binding, text, columns); cursor.ok()) {
    FUZZ_CHECK(cursor->size() == columns);
    FUZZ_CHECK(MakePageToken(binding, *cursor) == text);
    FUZZ_CHECK(!ParsePageToken(other, text, columns).ok());
  }
  // As what a cursor holds, cut into columns.
  std::vector<std::string> cursor;
  for (size_t i = 0; i < columns; ++i) {
    cursor.emplace_back(text.substr(text.size() * i / columns, text.size() / columns));
  }
  const std::string made = MakePageToken(binding, cursor);
  const auto parsed = ParsePageToken(binding, made, columns);
  // Longer ones are refused: no key is as long.
  if (made.size() <= 2000) FUZZ_CHECK(parsed.ok() && *parsed == cursor);
  FUZZ_CHECK(!ParsePageToken(binding, made + "A", columns).ok());
  FUZZ_CHECK(!ParsePageToken(binding, made, columns + 1).ok());
  return 0;
}
