#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/enrolment.pb.h"

namespace puente::education {

// organizations/{organization}/enrolments/{enrolment}
const resource::Resource<v1::Enrolment>& Enrolments();

}  // namespace puente::education
