// A load is taken back: its vacancies close, a chunk at a time, as due work.
#pragma once

#include "absl/status/statusor.h"
#include "common/due/task.h"

namespace puente::labor {

// Of due work; its key is the load's id.
inline constexpr char kTakeBack[] = "vacancy_loads.take_back";

// Closes what a chunk of the load has stored and nobody has changed since.
absl::StatusOr<due::Next> TakeBackChunk(const due::Slice& slice);

}  // namespace puente::labor
