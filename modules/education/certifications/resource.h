#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/certification.pb.h"

namespace puente::education {

// certifications/{certification}
const resource::Resource<v1::Certification>& Certifications();

}  // namespace puente::education
