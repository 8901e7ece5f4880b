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

// Extracts are read once, by who keeps what they say, and soon: their files go after a week. That
// there was one, and its digest, is known for longer, by whoever asks what a report rests on.
inline constexpr char kForgetting[] = "figures.forget";
inline constexpr absl::Duration kFileKept = absl::Hours(7 * 24);
inline constexpr absl::Duration kKept = absl::Hours(400 * 24);

// Takes away the oldest file, or the oldest extract, whose time is over.
absl::StatusOr<due::Next> ForgetOldest(const due::Slice& slice);

// Null if there is none of this name.
const Table* FindTable(const Tables& tables, absl::string_view name);

}  // namespace puente::extracts
