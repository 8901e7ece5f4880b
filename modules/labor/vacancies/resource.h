#pragma once

#include "common/resource/spec.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor {

// vacancies/{vacancy}
const resource::Resource<v1::Vacancy>& Vacancies();

}  // namespace puente::labor
