#include "common/names/rfc.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"

namespace puente {
namespace {

// A character's value is its place here; # stands for Ñ, which is two bytes in UTF-8.
constexpr absl::string_view kAlphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ #";
constexpr size_t kLength = 13;

}  // namespace

bool RfcCheckDigitFits(absl::string_view rfc) {
  if (absl::StrContains(rfc, '#')) return false;
  std::string text = absl::StrReplaceAll(rfc, {{"Ñ", "#"}});
  if (text.size() == kLength - 1) text.insert(0, " ");  // of a legal person
  if (text.size() != kLength) return false;
  int sum = 0;
  for (size_t i = 0; i + 1 < kLength; ++i) {
    const size_t value = kAlphabet.find(text[i]);
    if (value == kAlphabet.npos) return false;
    sum += static_cast<int>(value * (kLength - i));
  }
  const int rest = 11 - sum % 11;
  return text.back() == (rest == 11 ? '0' : rest == 10 ? 'A' : static_cast<char>('0' + rest));
}

}  // namespace puente
