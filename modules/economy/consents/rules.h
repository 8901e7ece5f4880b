// By which consents a chamber acts for a company.
#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "puente/economy/v1/consent.pb.h"

namespace puente::economy {

// Whether one of a company's consents to a chamber is in force on a day and says this.
bool Allow(const std::vector<v1::Consent>& consents, v1::ConsentAct act, absl::CivilDay day);

}  // namespace puente::economy
