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

// Embeddings, overrides and isolates of writing direction, after which text reads otherwise than it
// is stored: U+202A to U+202E, U+2066 to U+2069.
bool IsDirection(unsigned char second, unsigned char third) {
  return (second == 0x80 && third >= 0xAA && third <= 0xAE) ||
         (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

// Also those beyond ASCII, U+0080 to U+009F, and of writing direction.
bool HasControls(absl::string_view text) {
  const auto byte = [&](size_t i) {
    return static_cast<unsigned char>(i < text.size() ? text[i] : '\0');
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const unsigned char c = byte(i);
    if (c < 0x20 ? c != '\t' && c != '\n' && c != '\r' : c == 0x7F) return true;
    if (c == 0xC2 && byte(i + 1) >= 0x80 && byte(i + 1) < 0xA0) return true;
    if (c == 0xE2 && IsDirection(byte(i + 1), byte(i + 2))) return true;
  }
  return false;
}

bool IsSpace(utf8proc_int32_t point) {
  const utf8proc_category_t category = utf8proc_category(point);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

// Whether there is nothing to see in UTF-8 text, though it is more than white space: format
// characters alone, such as U+200B.
bool IsInvisible(absl::string_view text) {
  bool has_format = false;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (auto left = static_cast<utf8proc_ssize_t>(text.size()); left > 0;) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t size = utf8proc_iterate(at, left, &point);
    if (size <= 0) return false;
    const bool is_format = utf8proc_category(point) == UTF8PROC_CATEGORY_CF;
    const bool is_space =
        point < 0x80 ? absl::ascii_isspace(static_cast<unsigned char>(point)) : IsSpace(point);
    if (!is_format && !is_space) return false;
    has_format = has_format || is_format;
    at += size;
    left -= size;
  }
  return has_format;
}

// The bytes of the white space that `text`, which is not empty, begins with; 0 if it is none.
size_t SpaceSize(absl::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return absl::ascii_isspace(first) ? 1 : 0;
  utf8proc_int32_t point = 0;
  const utf8proc_ssize_t size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &point);
  return size > 0 && IsSpace(point) ? static_cast<size_t>(size) : 0;
}

// With one space in place of each run of white space, and none at either end.
std::string OneSpaced(absl::string_view text) {
  std::string spaced;
  for (text = Trim(text); !text.empty();) {
    const size_t size = SpaceSize(text);
    if (size == 0) {
      spaced += text.front();
    } else if (spaced.back() != ' ') {
      spaced += ' ';
    }
    text.remove_prefix(std::max<size_t>(size, 1));
  }
  return spaced;
}

}  // namespace

std::optional<std::string> Normalize(absl::string_view text) {
  if (HasControls(text)) return std::nullopt;
  if (IsAscii(text)) return std::string(absl::StripAsciiWhitespace(text));
  if (IsInvisible(text)) return std::nullopt;
  if (IsComposedLatin(text)) return std::string(Trim(text));
  const std::optional<std::string> normal = Map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  if (!normal) return std::nullopt;
  return std::string(Trim(*normal));
}

absl::string_view Trim(absl::string_view text) {
  while (!text.empty()) {
    const size_t size = SpaceSize(text);
    if (size == 0) break;
    text.remove_prefix(size);
  }
  while (!text.empty()) {
    size_t last = text.size() - 1;  // where the last character begins
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    const size_t size = text.size() - last;
    if (SpaceSize(text.substr(last)) != size) break;
    text.remove_suffix(size);
  }
  return text;
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
  return OneSpaced(folded);
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
