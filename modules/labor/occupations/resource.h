#pragma once

#include "common/resource/spec.h"
#include "puente/labor/v1/occupation.pb.h"

namespace puente::labor {

// vocabularyReleases/{vocabulary_release}/occupations/{occupation}
const resource::Resource<v1::Occupation>& Occupations();

}  // namespace puente::labor
