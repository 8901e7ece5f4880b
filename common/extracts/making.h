// What an extract's due work does: reads all of its tables at one moment, and keeps their file.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/due/task.h"
#include "common/extracts/table.h"
#include "common/journal/journal.h"

namespace puente::extracts {

inline constexpr char kTask[] = "figures.extract";
// The longest that one may take.
inline constexpr absl::Duration kLongest = absl::Minutes(10);

// The one slice of the task, whose key is the extract's id. It does all anew after it failed, so
// that whatever happens there is one whole file, or none. `tables` are by name.
absl::StatusOr<due::Next> MakeExtract(const journal::Journal& journal, const due::Slice& slice,
                                      const Tables& tables);

// Null if there is none of this name.
const Table* FindTable(const Tables& tables, absl::string_view name);

}  // namespace puente::extracts
