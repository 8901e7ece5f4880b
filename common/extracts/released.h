// Tables that are told from releases (common/releases): a row a told cell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/extracts/reading.h"
#include "common/releases/serving.h"

namespace puente::extracts {

// The last release of the kind of records that counts, which the table is then said to be from;
// nothing before the first.
absl::StatusOr<std::optional<releases::Release>> LastRelease(Reading& reading,
                                                             const releases::Source& source);

// Calls each(cell) for all told cells of a table of a release, by key.
absl::Status EachCell(Reading& reading, const releases::Release& release, absl::string_view table,
                      absl::FunctionRef<void(const releases::store::ToldCell&)> each);

// The codes of a cell, of so many dimensions: what is about all is kAll.
std::vector<std::string> CodesOf(const releases::store::ToldCell& cell, size_t dimensions);

}  // namespace puente::extracts
