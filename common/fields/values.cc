#include "common/fields/values.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "common/context/values.h"
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

std::optional<Fault> CheckText(absl::string_view text) {
  if (IsPlainAscii(text) || Normalize(text)) return std::nullopt;
  return Fault{"TEXT", "debe ser UTF-8 sin caracteres de control.",
               "must be UTF-8 without control characters."};
}

std::optional<Fault> CheckUuid4(absl::string_view text) {
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
  return Fault{"UUID4", "debe ser un UUID de versión 4.", "must be a version 4 UUID."};
}

std::optional<Fault> CheckDate(const google::protobuf::Message& message) {
  if (ToDay(static_cast<const google::type::Date&>(message))) return std::nullopt;
  return Fault{"DATE", "debe ser una fecha completa del calendario, de 1900 a 2200.",
               "must be a complete calendar date, from 1900 to 2200."};
}

std::optional<Fault> CheckMoney(const google::protobuf::Message& message) {
  const auto& money = static_cast<const google::type::Money&>(message);
  if (money.currency_code() != "MXN") {
    return Fault{"CURRENCY", "debe estar en MXN.", "must be in MXN."};
  }
  if (money.units() > kMostUnits || money.units() < -kMostUnits) {
    return Fault{"TOO_LARGE", "es una cantidad demasiado grande; indique una menor.",
                 "is too large an amount; give a smaller one."};
  }
  const bool same_sign =
      money.units() == 0 || money.nanos() == 0 || (money.units() > 0) == (money.nanos() > 0);
  if (!same_sign || money.nanos() <= -kNanosPerUnit || money.nanos() >= kNanosPerUnit ||
      money.nanos() % kNanosPerCentavo != 0) {
    return Fault{
        "MONEY",
        "debe expresarse en centavos enteros, con nanos menores que una unidad y del mismo signo.",
        "must be in whole centavos, with nanos of less than one unit and of the same sign."};
  }
  return std::nullopt;
}

}  // namespace puente::fields
