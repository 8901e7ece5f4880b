#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/teacher.pb.h"

namespace puente::education {

// organizations/{organization}/teachers/{teacher}
const resource::Resource<v1::Teacher>& Teachers();

}  // namespace puente::education
