#pragma once

#include "common/resource/spec.h"
#include "puente/labor/v1/released_skill.pb.h"

namespace puente::labor {

// vocabularyReleases/{vocabulary_release}/skills/{skill}
const resource::Resource<v1::ReleasedSkill>& ReleasedSkills();

}  // namespace puente::labor
