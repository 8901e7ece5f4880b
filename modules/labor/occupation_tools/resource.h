#pragma once

#include "common/resource/spec.h"
#include "puente/labor/v1/occupation_tool.pb.h"

namespace puente::labor {

// vocabularyReleases/{vocabulary_release}/tools/{tool}
const resource::Resource<v1::OccupationTool>& OccupationTools();

}  // namespace puente::labor
