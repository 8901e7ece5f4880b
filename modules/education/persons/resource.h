#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/person.pb.h"

namespace puente::education {

// persons/{person}
const resource::Resource<v1::Person>& Persons();

}  // namespace puente::education
