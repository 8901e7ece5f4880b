#include "common/names/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace puente {
namespace {

std::optional<std::string> Map(absl::string_view text, int options) {
  utf8proc_uint8_t* out = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                             static_cast<utf8proc_ssize_t>(text.size()), &out,
                                             static_cast<utf8proc_option_t>(options));
  if (size < 0) return std::nullopt;
  std::string result(reinterpret_cast<char*>(out), static_cast<size_t>(size));
  std::free(out);
  return result;
}

bool IsAscii(absl::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

// Valid UTF-8 of code points below U+0300 alone, as Spanish is written: what is composed already,
// since combining marks begin there (Unicode's NFC_Quick_Check is Yes for all of them).
bool IsComposedLatin(absl::string_view text) {
  constexpr unsigned char kFirstLead = 0xC2, kLastLead = 0xCB;  // U+0080 to U+02FF
  for (size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) continue;
    if (lead < kFirstLead || lead > kLastLead || ++i == text.size()) return false;
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return false;
  }
  return true;
}

bool HasControls(absl::string_view text) {
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
        c == 0x7F) {
      return true;
    }
  }
  return false;
}

bool IsSpace(utf8proc_int32_t point) {
  const utf8proc_category_t category = utf8proc_category(point);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP || (point < 0x80 && absl::ascii_isspace(point));
}

// Valid UTF-8 without white space at either end.
std::string Trimmed(absl::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  size_t first = 0, last = 0;  // of what stays
  for (size_t at = 0; at < text.size();) {
    utf8proc_int32_t point = 0;
    const size_t start = at;
    at += static_cast<size_t>(
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point));
    if (IsSpace(point)) continue;
    if (last == 0) first = start;
    last = at;
  }
  return std::string(text.substr(first, last - first));
}

}  // namespace

std::optional<std::string> Normalize(absl::string_view text) {
  if (HasControls(text)) return std::nullopt;
  if (IsAscii(text)) return std::string(absl::StripAsciiWhitespace(text));
  if (IsComposedLatin(text)) return Trimmed(text);
  const std::optional<std::string> normal = Map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  if (!normal) return std::nullopt;
  return Trimmed(*normal);
}

std::string Fold(absl::string_view text) {
  if (IsAscii(text)) {
    std::string folded = absl::AsciiStrToLower(text);
    absl::RemoveExtraAsciiWhitespace(&folded);
    return folded;
  }
  // ñ is a letter of its own in Spanish: it is kept by folding the pieces around it.
  const std::optional<std::string> lower =
      Map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  if (!lower) return std::string(text);
  constexpr absl::string_view kEnye = "ñ";
  std::string folded;
  absl::string_view rest = *lower;
  while (true) {
    const size_t enye = rest.find(kEnye);
    if (auto piece =
            Map(rest.substr(0, enye), UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK)) {
      folded += *piece;
    }
    if (enye == rest.npos) break;
    absl::StrAppend(&folded, kEnye);
    rest.remove_prefix(enye + kEnye.size());
  }
  absl::RemoveExtraAsciiWhitespace(&folded);
  return folded;
}

std::string Slug(absl::string_view text) {
  constexpr size_t kMost = 200;
  const std::string plain =
      Map(Fold(text), UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK)
          .value_or(std::string(text));  // of ñ too
  std::string slug;
  for (const char c : plain) {
    if (absl::ascii_isalnum(c)) {
      slug += absl::ascii_tolower(c);
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  slug.resize(std::min(slug.size(), kMost));
  while (absl::EndsWith(slug, "-")) slug.pop_back();
  return slug;
}

std::string ReplaceNonUtf8(absl::string_view bytes) {
  const auto* const at = reinterpret_cast<const utf8proc_uint8_t*>(bytes.data());
  std::string text;
  for (size_t i = 0; i < bytes.size();) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t size =
        utf8proc_iterate(at + i, static_cast<utf8proc_ssize_t>(bytes.size() - i), &point);
    absl::StrAppend(&text, size > 0 ? bytes.substr(i, static_cast<size_t>(size)) : "\uFFFD");
    i += size > 0 ? static_cast<size_t>(size) : 1;
  }
  return text;
}

size_t CodePoints(absl::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

}  // namespace puente
