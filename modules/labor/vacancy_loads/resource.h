#pragma once

#include "common/resource/spec.h"
#include "puente/labor/v1/vacancy_load.pb.h"

namespace puente::labor {

// vacancyLoads/{vacancy_load}
const resource::Resource<v1::VacancyLoad>& VacancyLoads();

}  // namespace puente::labor
