#pragma once

#include "common/context/call.h"
#include "common/resource/spec.h"
#include "puente/labor/v1/vocabulary_release.pb.h"

namespace puente::labor {

// vocabularyReleases/{vocabulary_release}
const resource::Resource<v1::VocabularyRelease>& VocabularyReleases();

// VOCABULARY_RELEASE_NOT_DRAFT, of calls that fill a release.
absl::Status CheckDraft(const Call& call, const v1::VocabularyRelease& release);

}  // namespace puente::labor
