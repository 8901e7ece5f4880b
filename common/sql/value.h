// A parameter of a statement.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace puente::sql {

// Null, an integer, or bytes. A Value made of a string_view does not own the bytes.
class Value {
 public:
  Value() = default;  // NULL
  template <class Number, std::enable_if_t<std::is_integral_v<Number>, int> = 0>
  Value(Number number) : content_(static_cast<int64_t>(number)) {}       // NOLINT
  Value(absl::string_view text) : content_(text) {}                      // NOLINT
  Value(const char* text) : content_(absl::string_view(text)) {}         // NOLINT
  Value(const std::string& text) : content_(absl::string_view(text)) {}  // NOLINT
  Value(std::string&& text) : content_(std::move(text)) {}               // NOLINT
  // UTC, to the microsecond.
  Value(absl::Time time) : content_(FormatTime(time)) {}  // NOLINT

  bool is_null() const { return std::holds_alternative<std::monostate>(content_); }
  const int64_t* number() const { return std::get_if<int64_t>(&content_); }
  // The bytes; empty for NULL and numbers.
  absl::string_view text() const {
    if (const auto* view = std::get_if<absl::string_view>(&content_)) return *view;
    if (const auto* owned = std::get_if<std::string>(&content_)) return *owned;
    return "";
  }

 private:
  static std::string FormatTime(absl::Time time) {
    return absl::FormatTime("%Y-%m-%d %H:%M:%E6S", time, absl::UTCTimeZone());
  }
  std::variant<std::monostate, int64_t, absl::string_view, std::string> content_;
};

}  // namespace puente::sql
