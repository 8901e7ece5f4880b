#include "common/resource/page.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"

namespace puente::resource {
namespace {

constexpr size_t kMostTokenBytes = 2000;
constexpr size_t kCheckBytes = 12;

std::string Check(std::vector<absl::string_view> binding, absl::string_view content) {
  binding.push_back(content);
  return crypto::TaggedSha256("puente-page/1", binding).substr(0, kCheckBytes);
}

}  // namespace

int PageSize(int requested) {
  return requested == 0 ? kDefaultPageSize : std::min(requested, kMostPageSize);
}

std::string MakePageToken(const std::vector<absl::string_view>& binding,
                          const std::vector<std::string>& cursor) {
  std::string content;
  for (const std::string& value : cursor) absl::StrAppend(&content, value.size(), ":", value);
  return absl::WebSafeBase64Escape(absl::StrCat(Check(binding, content), content));
}

absl::StatusOr<std::vector<std::string>> ParsePageToken(
    const std::vector<absl::string_view>& binding, absl::string_view token, size_t columns) {
  std::string plain;
  if (token.size() > kMostTokenBytes || !absl::WebSafeBase64Unescape(token, &plain) ||
      plain.size() < kCheckBytes) {
    return Error(error::kInvalidPageToken);
  }
  absl::string_view content = absl::string_view(plain).substr(kCheckBytes);
  if (Check(binding, content) != plain.substr(0, kCheckBytes)) {
    return Error(error::kInvalidPageToken);
  }
  std::vector<std::string> cursor;
  while (!content.empty()) {
    const size_t colon = content.find(':');
    uint32_t size = 0;
    if (colon == content.npos || !absl::SimpleAtoi(content.substr(0, colon), &size) ||
        size > content.size() - colon - 1) {
      return Error(error::kInvalidPageToken);
    }
    cursor.emplace_back(content.substr(colon + 1, size));
    content.remove_prefix(colon + 1 + size);
  }
  // Base64 has several spellings of the same bytes; only ours is one.
  if (cursor.size() != columns || MakePageToken(binding, cursor) != token)
    return Error(error::kInvalidPageToken);
  return cursor;
}

}  // namespace puente::resource
