// Occupations of releases as they are stored.
#pragma once

#include "common/resource/spec.h"

namespace puente::labor::store {

// vocabularyReleases/{vocabulary_release}/occupations/{occupation}
const resource::Spec& OccupationSpec();

}  // namespace puente::labor::store
