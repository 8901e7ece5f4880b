#include "console/connect/query.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"

namespace puente::console {
namespace {

std::optional<std::string> Unescaped(absl::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain.push_back(text[i] == '+' ? ' ' : text[i]);
      continue;
    }
    if (i + 2 >= text.size() || !absl::ascii_isxdigit(text[i + 1]) ||
        !absl::ascii_isxdigit(text[i + 2])) {
      return std::nullopt;
    }
    plain += absl::HexStringToBytes(text.substr(i + 1, 2));
    i += 2;
  }
  return plain;
}

}  // namespace

absl::string_view PathOf(absl::string_view target) { return target.substr(0, target.find('?')); }

std::optional<std::map<std::string, std::string>> QueryOf(absl::string_view target) {
  std::map<std::string, std::string> parameters;
  const size_t mark = target.find('?');
  if (mark == target.npos) return parameters;
  for (absl::string_view part : absl::StrSplit(target.substr(mark + 1), '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    auto name = Unescaped(pair.first), value = Unescaped(pair.second);
    if (!name || !value || !parameters.emplace(*std::move(name), *std::move(value)).second) {
      return std::nullopt;
    }
  }
  return parameters;
}

}  // namespace puente::console
