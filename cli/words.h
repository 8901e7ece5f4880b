// Words of both languages for the values of an enum.
#pragma once

#include <cstddef>

#include "cli/labels.h"

namespace puente::cli {

struct Word {
  int value;
  Label label;
};

// "?" of a number that has no word, as one that this client does not know.
template <size_t count>
const Label& Find(const Word (&words)[count], int value) {
  static constexpr Label kUnknown{"?", "?"};
  for (const Word& word : words) {
    if (word.value == value) return word.label;
  }
  return kUnknown;
}

}  // namespace puente::cli
