#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/place_enrolment.pb.h"

namespace puente::education {

// placeEnrolments/{place_enrolment}
const resource::Resource<v1::PlaceEnrolment>& PlaceEnrolments();

}  // namespace puente::education
