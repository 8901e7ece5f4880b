// Tools of occupations as they are stored.
#pragma once

#include "common/resource/spec.h"

namespace puente::labor::store {

// vocabularyReleases/{vocabulary_release}/tools/{tool}
const resource::Spec& OccupationToolSpec();

}  // namespace puente::labor::store
