// Messages from their text form.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "cli/printer.h"
#include "tests/testing/text.h"

namespace puente::cli {

using ::puente::testing::Of;

// What `print` writes in plain form.
template <class Print>
std::string Plain(Language language, Print print) {
  std::ostringstream out;
  Printer printer(out, language, /*plain=*/true);
  print(printer);
  return out.str();
}

}  // namespace puente::cli
