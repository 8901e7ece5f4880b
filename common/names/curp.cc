#include "common/names/curp.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/names/text.h"

namespace puente {
namespace {

constexpr size_t kLength = 18;
constexpr absl::string_view kVowels = "AEIOU";
// A character's value in the sum is its place here; # stands for Ñ, which no CURP has.
constexpr absl::string_view kAlphabet = "0123456789ABCDEFGHIJKLMN#OPQRSTUVWXYZ";

// By INEGI code, from 01 on.
constexpr absl::string_view kStates[] = {
    "AS", "BC", "BS", "CC", "CL", "CM", "CS", "CH", "DF", "DG", "GT", "GR", "HG", "JC", "MC", "MN",
    "MS", "NT", "NL", "OC", "PL", "QT", "QR", "SP", "SL", "SR", "TC", "TS", "TL", "VZ", "YN", "ZS"};
constexpr absl::string_view kAbroad = "NE";

bool IsVowel(char c) { return absl::StrContains(kVowels, c); }
bool IsConsonant(char c) { return absl::ascii_isupper(c) && !IsVowel(c); }

bool InitialsFit(absl::string_view curp) {
  const absl::string_view initials = curp.substr(0, 4);
  return std::all_of(initials.begin(), initials.end(), absl::ascii_isupper) &&
         (IsVowel(initials[1]) || initials[1] == 'X');
}

// The century follows from the character that tells alike persons apart.
std::optional<absl::CivilDay> BirthDate(absl::string_view curp) {
  const absl::string_view digits = curp.substr(4, 6);
  if (!std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit)) return std::nullopt;
  const auto two = [&](size_t at) { return (digits[at] - '0') * 10 + digits[at + 1] - '0'; };
  const int century = absl::ascii_isdigit(curp[16]) ? 1900 : 2000;
  const absl::CivilDay day(century + two(0), two(2), two(4));
  // A day that does not exist becomes another.
  if (day.month() != two(2) || day.day() != two(4)) return std::nullopt;
  return day;
}

std::optional<Sex> SexOf(char c) {
  switch (c) {
    case 'H':
      return Sex::kMan;
    case 'M':
      return Sex::kWoman;
    case 'X':
      return Sex::kNonBinary;
    default:
      return std::nullopt;
  }
}

std::optional<std::string> StateOf(absl::string_view code) {
  if (code == kAbroad) return "";
  const auto* const found = std::find(std::begin(kStates), std::end(kStates), code);
  if (found == std::end(kStates)) return std::nullopt;
  return absl::StrCat(absl::Dec(found - std::begin(kStates) + 1, absl::kZeroPad2));
}

char CheckDigit(absl::string_view curp) {
  size_t sum = 0;
  for (size_t i = 0; i + 1 < kLength; ++i) sum += kAlphabet.find(curp[i]) * (kLength - i);
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

std::variant<Curp, Violation> ParseCurp(absl::string_view text) {
  const std::string curp = absl::AsciiStrToUpper(Normalize(text).value_or(std::string(text)));
  if (CodePoints(curp) != kLength) return Against(rule::kCurpLength);
  if (!std::all_of(curp.begin(), curp.end(), absl::ascii_isalnum)) {
    return Against(rule::kCurpCharacters);
  }
  if (!InitialsFit(curp)) return Against(rule::kCurpInitials);
  const std::optional<absl::CivilDay> birth_date = BirthDate(curp);
  if (!birth_date) return Against(rule::kCurpBirthDate);
  const std::optional<Sex> sex = SexOf(curp[10]);
  if (!sex) return Against(rule::kCurpSex);
  std::optional<std::string> state = StateOf(absl::string_view(curp).substr(11, 2));
  if (!state) return Against(rule::kCurpState);
  if (!std::all_of(curp.begin() + 13, curp.begin() + 16, IsConsonant)) {
    return Against(rule::kCurpConsonants);
  }
  if (curp.back() != CheckDigit(curp)) return Against(rule::kCurpCheckDigit);
  return Curp{curp, *birth_date, *sex, *std::move(state)};
}

bool TellsCurp(absl::string_view text) {
  for (size_t begin = 0, end = 0; begin < text.size(); begin = end + 1) {
    end = begin;
    while (end < text.size() && absl::ascii_isalnum(static_cast<unsigned char>(text[end]))) ++end;
    if (end - begin != kLength) continue;
    const auto parsed = ParseCurp(text.substr(begin, kLength));
    const auto* wrong = std::get_if<Violation>(&parsed);
    if (wrong == nullptr || wrong->rule == rule::kCurpCheckDigit.rule) return true;
  }
  return false;
}

}  // namespace puente
