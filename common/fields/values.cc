#include "common/fields/values.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "common/context/values.h"
#include "common/fields/rules.h"
#include "common/names/text.h"

namespace puente::fields {
namespace {

constexpr int kNanosPerCentavo = 10'000'000;
constexpr int kNanosPerUnit = 1'000'000'000;
constexpr int64_t kMostUnits = INT64_MAX / 100 - 1;

bool IsPlainAscii(absl::string_view text) {
  return absl::c_all_of(text, [](unsigned char c) { return absl::ascii_isprint(c); });
}

}  // namespace

std::optional<std::string> Cleaned(absl::string_view text) {
  if (IsPlainAscii(text) && absl::StripAsciiWhitespace(text).size() == text.size()) {
    return std::nullopt;
  }
  std::optional<std::string> normal = Normalize(text);
  return normal && *normal != text ? normal : std::nullopt;
}

std::optional<Violation> CheckText(absl::string_view text) {
  if (IsPlainAscii(text) || Normalize(text)) return std::nullopt;
  return Against(rule::kText);
}

std::optional<Violation> CheckUuid4(absl::string_view text) {
  constexpr absl::string_view kForm = "xxxxxxxx-xxxx-4xxx-Nxxx-xxxxxxxxxxxx";
  bool fits = text.size() == kForm.size();
  for (size_t i = 0; fits && i < kForm.size(); ++i) {
    const char c = absl::ascii_tolower(static_cast<unsigned char>(text[i]));
    switch (kForm[i]) {
      case 'x':
        fits = absl::ascii_isxdigit(static_cast<unsigned char>(c));
        break;
      case 'N':
        fits = c == '8' || c == '9' || c == 'a' || c == 'b';
        break;
      default:
        fits = c == kForm[i];
    }
  }
  if (fits) return std::nullopt;
  return Against(rule::kUuid4);
}

std::optional<Violation> CheckDate(const google::protobuf::Message& message) {
  if (ToDay(static_cast<const google::type::Date&>(message))) return std::nullopt;
  return Against(rule::kDate);
}

std::optional<Violation> CheckMoney(const google::protobuf::Message& message) {
  const auto& money = static_cast<const google::type::Money&>(message);
  if (money.currency_code() != "MXN") {
    return Against(rule::kCurrency);
  }
  if (money.units() > kMostUnits) return Against(rule::kTooLarge, "most"_is(kMostUnits));
  if (money.units() < -kMostUnits) return Against(rule::kTooSmall, "least"_is(-kMostUnits));
  const bool same_sign =
      money.units() == 0 || money.nanos() == 0 || (money.units() > 0) == (money.nanos() > 0);
  if (!same_sign || money.nanos() <= -kNanosPerUnit || money.nanos() >= kNanosPerUnit ||
      money.nanos() % kNanosPerCentavo != 0) {
    return Against(rule::kMoney);
  }
  return std::nullopt;
}

}  // namespace puente::fields
