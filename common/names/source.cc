#include "common/names/source.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"

namespace puente {
namespace {

bool IsLetterOrDigit(char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c); }

}  // namespace

bool IsSource(absl::string_view text) {
  return !text.empty() && text.size() <= kMostSource && IsLetterOrDigit(text.front()) &&
         absl::c_all_of(text, [](char c) { return IsLetterOrDigit(c) || c == '.' || c == '-'; });
}

std::string SourceOfPath(absl::string_view path) { return absl::StrReplaceAll(path, {{"/", "."}}); }

}  // namespace puente
