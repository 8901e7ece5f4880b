// Whether text fits a terminal of 80 columns.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_split.h"
#include "cli/width.h"

namespace puente::cli {

inline void ExpectFits(const std::string& text) {
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    EXPECT_LE(DisplayWidth(line), 80) << line;
  }
}

}  // namespace puente::cli
