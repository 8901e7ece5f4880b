#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/competence_standard.pb.h"

namespace puente::education {

// competenceStandards/{competence_standard}
const resource::Resource<v1::CompetenceStandard>& CompetenceStandards();

}  // namespace puente::education
