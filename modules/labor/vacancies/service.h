// puente.labor.v1.VacancyService.
#pragma once

#include <map>
#include <string>

#include "common/calls/host.h"
#include "modules/labor/loader/profile.h"
#include "modules/labor/standards/standards.h"

namespace puente::labor {

// What the service judges and loads by. Constant while it serves.
struct VacancyRules {
  rules::Standards standards;
  std::map<std::string, loader::Profile> profiles;  // by id
};

// The rules must outlive the server.
void ServeVacancies(calls::Host& host, const VacancyRules& rules);

}  // namespace puente::labor
