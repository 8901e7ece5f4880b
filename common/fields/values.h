// Checks of single values, apart from where they stand in a request.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "common/status/violation.h"
#include "google/protobuf/message.h"

namespace puente::fields {

// What is wrong with a value does not say where it stands.

// The text in NFC and without white space at either end. Nothing if it is so already, or no text.
std::optional<std::string> Cleaned(absl::string_view text);
// As Normalize() takes it: visible UTF-8 without control characters other than tab and line breaks.
std::optional<Violation> CheckText(absl::string_view text);
// A UUID of version 4.
std::optional<Violation> CheckUuid4(absl::string_view text);
// A google.type.Date that is a whole day of the calendar, 1900 to 2200.
std::optional<Violation> CheckDate(const google::protobuf::Message& date);
// A google.type.Money in MXN and whole centavos that fits in an int64 of centavos.
std::optional<Violation> CheckMoney(const google::protobuf::Message& money);

}  // namespace puente::fields
