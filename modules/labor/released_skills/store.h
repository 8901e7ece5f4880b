// The skills that a release froze, as they are stored.
#pragma once

#include "absl/status/statusor.h"
#include "common/journal/write.h"
#include "common/resource/spec.h"
#include "puente/labor/v1/vocabulary_release.pb.h"

namespace puente::labor::store {

// Copies the living skills of a kind into a release. How many there were.
absl::StatusOr<int64_t> FreezeSkills(journal::Transaction& tx, const v1::VocabularyRelease& release,
                                     absl::Time now);

}  // namespace puente::labor::store
