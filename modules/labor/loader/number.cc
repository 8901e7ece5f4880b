#include "modules/labor/loader/number.h"

#include <utf8proc.h>

#include <cstring>

#include "absl/strings/ascii.h"
#include "google/type/date.pb.h"
#include "modules/labor/values.h"

namespace puente::labor::loader {
namespace {

constexpr int kMostDigits = 15;

}  // namespace

std::optional<int64_t> Decimal::Times(int factor) const {
  int64_t divisor = 1;
  for (int i = 0; i < scale; ++i) divisor *= 10;
  const int64_t product = digits * factor;
  if (product % divisor != 0) return std::nullopt;
  return product / divisor;
}

std::optional<Decimal> ParseDecimal(absl::string_view text, char decimal_mark, char group_mark) {
  Decimal number;
  int digits = 0;
  int group = -1;  // digits since the last group mark; -1: there was none
  bool fraction = false;
  for (const char c : text) {
    if (absl::ascii_isdigit(c)) {
      if (++digits > kMostDigits) return std::nullopt;
      number.digits = number.digits * 10 + (c - '0');
      number.scale += fraction;
      if (!fraction && group >= 0) ++group;
    } else if (c == decimal_mark && !fraction && digits > 0 && (group == -1 || group == 3)) {
      fraction = true;
    } else if (c == group_mark && group_mark != 0 && !fraction && digits > 0 &&
               (group == 3 || (group == -1 && digits <= 3))) {
      group = 0;
    } else {
      return std::nullopt;
    }
  }
  const bool whole = !fraction && digits > 0 && (group == -1 || group == 3);
  if (!whole && !(fraction && number.scale > 0)) return std::nullopt;
  return number;
}

std::optional<absl::CivilDay> ParseDay(absl::string_view text, absl::string_view format) {
  if (text.size() != format.size()) return std::nullopt;
  google::type::Date date;
  for (size_t i = 0; i < format.size(); ++i) {
    const bool digit = absl::ascii_isdigit(text[i]);
    const int value = text[i] - '0';
    if (format[i] == 'Y' && digit) {
      date.set_year(date.year() * 10 + value);
    } else if (format[i] == 'M' && digit) {
      date.set_month(date.month() * 10 + value);
    } else if (format[i] == 'D' && digit) {
      date.set_day(date.day() * 10 + value);
    } else if (format[i] != text[i] || absl::ascii_isalpha(format[i])) {
      return std::nullopt;
    }
  }
  return ToDay(date);
}

size_t Utf8Size(absl::string_view text) {
  if (text.empty()) return 0;
  utf8proc_int32_t code_point = 0;
  const utf8proc_ssize_t size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  return size > 0 ? static_cast<size_t>(size) : 0;
}

Encoding EncodingOf(absl::string_view text) {
  Encoding encoding = Encoding::kAscii;
  while (!text.empty()) {
    // Most of most files is ASCII: eight bytes at a time.
    uint64_t block = 0;
    while (text.size() >= sizeof(block)) {
      std::memcpy(&block, text.data(), sizeof(block));
      if ((block & 0x8080808080808080u) != 0) break;
      text.remove_prefix(sizeof(block));
    }
    if (text.empty()) break;
    const size_t size = Utf8Size(text);
    if (size == 0) return Encoding::kBroken;
    if (size > 1) encoding = Encoding::kUtf8;
    text.remove_prefix(size);
  }
  return encoding;
}

}  // namespace puente::labor::loader
