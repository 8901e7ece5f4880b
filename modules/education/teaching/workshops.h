// Facilities as a campus would use them.
#pragma once

#include "absl/status/status.h"
#include "modules/education/teaching/means.h"

namespace puente::education::teaching {

// Adds a campus's own facilities and those within reach, and by which agreements it may use these:
// told to the two sides and to Education alone, as GetSharingAgreement does.
absl::Status WriteWorkshops(const Question& question, v1::TeachingSite& site);

}  // namespace puente::education::teaching
