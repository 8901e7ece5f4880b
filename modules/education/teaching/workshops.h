// Facilities as campuses would use them.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "modules/education/teaching/means.h"

namespace puente::education::teaching {

// Adds the campuses' own facilities and those within reach of each, and by which agreements it may
// use these: told to the two sides and to Education alone, as GetSharingAgreement does.
absl::Status WriteWorkshops(const Question& question, const std::vector<v1::TeachingSite*>& sites);

}  // namespace puente::education::teaching
