#include "cli/width.h"

#include <utf8proc.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace puente::cli {
namespace {

constexpr utf8proc_int32_t kReplacement = 0xFFFD;

// Takes the next code point off `text`; bytes that are none count as U+FFFD, one each.
utf8proc_int32_t Next(absl::string_view& text) {
  utf8proc_int32_t point = kReplacement;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &point);
  if (length <= 0) {
    length = 1;
    point = kReplacement;
  }
  text.remove_prefix(static_cast<size_t>(length));
  return point;
}

void Append(std::string& out, utf8proc_int32_t point) {
  utf8proc_uint8_t bytes[4];
  const auto length = utf8proc_encode_char(point, bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(length));
}

bool IsControl(utf8proc_int32_t point) {
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    case UTF8PROC_CATEGORY_CF:
      // Bidirectional controls reorder what stands around them.
      return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    default:
      return false;
  }
}

}  // namespace

size_t DisplayWidth(absl::string_view text) {
  size_t width = 0;
  while (!text.empty()) width += static_cast<size_t>(utf8proc_charwidth(Next(text)));
  return width;
}

std::string Printable(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const utf8proc_int32_t point = Next(text);
    Append(out, IsControl(point) ? ' ' : point);
  }
  return out;
}

std::string Fit(absl::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width == 0) return "";
  std::string out;
  size_t used = 0;
  while (!text.empty()) {
    const utf8proc_int32_t point = Next(text);
    const auto more = static_cast<size_t>(utf8proc_charwidth(point));
    if (used + more > width - 1) break;
    used += more;
    Append(out, point);
  }
  return out + "…";
}

std::vector<std::string> Wrapped(absl::string_view text, size_t width) {
  std::vector<std::string> lines;
  for (const absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    if (!lines.empty() && DisplayWidth(lines.back()) + 1 + DisplayWidth(word) <= width) {
      absl::StrAppend(&lines.back(), " ", word);
    } else {
      lines.emplace_back(word);
    }
  }
  return lines;
}

std::string PadRight(absl::string_view text, size_t width) {
  std::string out(text);
  const size_t used = DisplayWidth(text);
  if (used < width) out.append(width - used, ' ');
  return out;
}

std::string PadLeft(absl::string_view text, size_t width) {
  const size_t used = DisplayWidth(text);
  return std::string(used < width ? width - used : 0, ' ') + std::string(text);
}

}  // namespace puente::cli
