// What is wrong with a vacancy, and what follows from what it states.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "modules/labor/standards/standards.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor::rules {

// What is wrong with a vacancy beyond what its fields declare: a day after `today`, a wage of
// nothing, an origin without its code. Paths begin with `path`.
std::vector<Violation> Check(const v1::Vacancy& vacancy, absl::CivilDay today,
                             absl::string_view path = "vacancy");
// The first of these alone, at the field's name.
std::vector<Violation> CheckDay(const v1::Vacancy& vacancy, absl::CivilDay today);

// Sets what the server says of a new vacancy: state, posts (one unless stated), supplier (the
// caller's path, "supplier/portal"), quality; clears all other output fields but the name.
void Complete(v1::Vacancy& vacancy, absl::string_view supplier, const Standards& standards);

}  // namespace puente::labor::rules
