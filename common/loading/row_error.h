// What is wrong with a row of a file, and how an answer says it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "common/status/violation.h"
#include "puente/type/v1/row_error.pb.h"

namespace puente::loading {

// What is wrong with a value; null if nothing is. Rows are many, and most are right.
using Wrong = std::unique_ptr<const Violation>;

template <Key... keys>
Wrong Breaks(CompleteFor<RuleSpec, keys...> rule, Value<keys>... values) {
  return std::make_unique<const Violation>(Against(rule, std::move(values)...));
}

// A value as an error shows it: at most 80 characters, and UTF-8 whatever it was.
std::string CutValue(absl::string_view value);

// An error of a row.
type::v1::RowError MakeRowError(int64_t line, absl::string_view field, absl::string_view value,
                                const Violation& wrong, Locale locale);

}  // namespace puente::loading
