#pragma once

#include "common/resource/spec.h"
#include "puente/labor/v1/vocabulary_release.pb.h"

namespace puente::labor {

// vocabularyReleases/{vocabulary_release}
const resource::Resource<v1::VocabularyRelease>& VocabularyReleases();

}  // namespace puente::labor
