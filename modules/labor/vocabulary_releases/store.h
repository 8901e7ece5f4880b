// Releases of the vocabulary as they are stored.
#pragma once

#include "common/resource/spec.h"

namespace puente::labor::store {

// vocabularyReleases/{vocabulary_release}
const resource::Spec& VocabularyReleaseSpec();

}  // namespace puente::labor::store
