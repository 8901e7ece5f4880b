// CURPs of nobody: of persons born abroad on the first of January 1900.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace puente::testing {

// The n-th, below 4,084,101.
inline std::string MadeUpCurp(int n) {
  constexpr absl::string_view kConsonants = "BCDFGHJKLMNPQRSTVWXYZ";
  // In the order of the register's own table, in which Ñ follows N.
  constexpr absl::string_view kDigits = "0123456789ABCDEFGHIJKLMN.OPQRSTUVWXYZ";
  const auto consonant = [&] {
    const char c = kConsonants[static_cast<size_t>(n) % kConsonants.size()];
    n /= static_cast<int>(kConsonants.size());
    return c;
  };
  std::string curp = "XX";
  curp += consonant();
  curp += consonant();
  curp += "000101MNE";
  for (int i = 0; i < 3; ++i) curp += consonant();
  curp += '0';
  size_t sum = 0;
  for (size_t i = 0; i < curp.size(); ++i) sum += kDigits.find(curp[i]) * (18 - i);
  return curp + static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace puente::testing
