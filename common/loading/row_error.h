// What is wrong with a row of a file, and how an answer says it.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "puente/type/v1/row_error.pb.h"

namespace puente::loading {

// What is wrong with a value: a rule and what to do about it.
struct RowRule {
  absl::string_view rule;  // UPPER_SNAKE
  absl::string_view es;
  absl::string_view en;
};

inline constexpr RowRule kRequired{"REQUIRED", "Es obligatorio; complételo.",
                                   "It is required; fill it in."};

// A value as an error shows it: at most 80 characters, and UTF-8 whatever it was.
std::string CutValue(absl::string_view value);

// An error of a row.
type::v1::RowError MakeRowError(int64_t line, absl::string_view field, absl::string_view value,
                                const RowRule& rule, Locale locale);

}  // namespace puente::loading
