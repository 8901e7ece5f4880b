// Vacancies as they are stored.
#pragma once

#include "common/resource/spec.h"

namespace puente::labor::store {

// vacancies/{vacancy}
const resource::Spec& VacancySpec();

}  // namespace puente::labor::store
