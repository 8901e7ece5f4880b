// puente.labor.v1.VacancyService.
#pragma once

#include "common/calls/host.h"
#include "common/loading/profile.h"
#include "modules/labor/standards/standards.h"

namespace puente::labor {

// What the service judges and loads by. Constant while it serves.
struct VacancyRules {
  rules::Standards standards;
  loading::Profiles profiles;
};

// The rules must outlive the server.
void ServeVacancies(calls::Host& host, const VacancyRules& rules);

}  // namespace puente::labor
