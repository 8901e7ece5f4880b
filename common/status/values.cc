#include "common/status/values.h"

#include "absl/strings/ascii.h"
#include "common/status/text.h"

namespace puente {
namespace {

constexpr size_t kMostShownBytes = 200;

}  // namespace

std::string Cut(absl::string_view value) {
  const absl::string_view beginning = Beginning(value, kMostShownBytes);
  return absl::StrCat(beginning, beginning.size() < value.size() ? "…" : "");
}

std::string Fill(absl::string_view text, const Metadata& values) {
  std::string filled;
  while (!text.empty()) {
    const size_t dollar = text.find('$');
    absl::StrAppend(&filled, text.substr(0, dollar));
    if (dollar == text.npos) break;
    text.remove_prefix(dollar + 1);
    size_t length = 0;
    while (length < text.size() && (absl::ascii_isalnum(text[length]) || text[length] == '_')) {
      ++length;
    }
    const absl::string_view key = text.substr(0, length);
    for (const auto& [name, value] : values) {
      if (name == key) absl::StrAppend(&filled, Cut(value));
    }
    text.remove_prefix(length);
  }
  return filled;
}

}  // namespace puente
