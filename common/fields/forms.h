// What the patterns of the contract ask for, in words: an expression is for machines.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace puente::fields {

// How a text must look, as it goes on after "must be" and "debe ser".
struct Form {
  std::string es;
  std::string en;
};

// Of a pattern that has no words, as those of layouts of files, the expression itself; all of the
// contract have.
Form FormOf(absl::string_view pattern);

}  // namespace puente::fields
