// The file of an extract, line by line: the same of the same. No SQL, no clock.
#pragma once

#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/extracts/reading.h"
#include "common/extracts/table.h"

namespace puente::extracts {

// Calls line() for each in the order of the file, with its line feed; sorts rows. INTERNAL where a
// table's reader did not say what its table declares.
absl::Status MakeLines(Extracted& extracted, const std::vector<CodeList>& own_lists,
                       absl::FunctionRef<absl::Status(absl::string_view)> line);

// A table as clients see it.
api::v1::FigureTable AsContract(const Table& table);

}  // namespace puente::extracts
