// Numbers, dates and characters read from text, exactly.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace puente::loading {

// digits / 10^scale, as written.
struct Decimal {
  int64_t digits = 0;
  int scale = 0;

  // The product, if it is a whole number; factor at most 1,000.
  std::optional<int64_t> Times(int factor) const;
};

// "12500.50" with the marks given (group_mark 0: none; groups are of three digits). Not negative,
// no exponent, at most 15 digits. Nothing if it is anything else.
std::optional<Decimal> ParseDecimal(absl::string_view text, char decimal_mark, char group_mark);

// A day of the calendar written exactly in a format of YYYY, MM, DD and other characters.
std::optional<absl::CivilDay> ParseDay(absl::string_view text, absl::string_view format);

// Bytes of the first character of a text; 0 if it is not UTF-8.
size_t Utf8Size(absl::string_view text);

enum class Encoding { kAscii, kUtf8, kBroken };
// kUtf8 if there are characters beyond ASCII.
Encoding EncodingOf(absl::string_view text);

}  // namespace puente::loading
