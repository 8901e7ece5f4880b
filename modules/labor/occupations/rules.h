// Occupations: their ids, and the releases that may hold them.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/status/violation.h"
#include "puente/labor/v1/occupation.pb.h"
#include "puente/labor/v1/vocabulary_release.pb.h"

namespace puente::labor::rules {

// The id that an occupation of this code has in every release: "11-1011.00" is "11-1011-00".
std::string OccupationId(absl::string_view code);

// An occupation has a label in one of the languages.
std::vector<Violation> CheckOccupation(const v1::Occupation& occupation, const std::string& path);

// Whether an occupation with this id may be in the release. OCCUPATION_ID_OF_ANOTHER_CODE,
// RECORD_KIND_MIXED.
absl::Status CheckFitsRelease(const v1::Occupation& occupation, absl::string_view id,
                              const v1::VocabularyRelease& release);

}  // namespace puente::labor::rules
