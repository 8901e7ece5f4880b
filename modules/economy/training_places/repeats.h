// Offers that repeat one another: the same company's, of the same title, state, municipality,
// occupation, skills and days, offered by somebody else than the one before: the company, or a
// chamber for it. The first that was written leads, and the others are joined under it: its seats
// are all that there are (docs/decisions/0064).
#pragma once

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "common/journal/write.h"
#include "puente/economy/v1/training_place.pb.h"

namespace puente::economy {

// Joins new places that repeat what is offered already, or one another.
absl::Status JoinRepeats(journal::Transaction& tx, absl::Span<v1::TrainingPlace* const> fresh);

// A place that others can be joined under no more, or by what it says now: nobody who offers
// changes another's by changing his own, so that it joins nothing itself.
absl::Status ChangeRepeats(journal::Transaction& tx, const v1::TrainingPlace& after);

}  // namespace puente::economy
