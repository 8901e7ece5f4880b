#pragma once

#include "common/resource/spec.h"
#include "puente/science/v1/innovation_project.pb.h"

namespace puente::science {

// innovationProjects/{innovation_project}
const resource::Resource<v1::InnovationProject>& InnovationProjects();

}  // namespace puente::science
