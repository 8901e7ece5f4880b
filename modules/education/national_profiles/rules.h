// What a national profile asks of microcredentials, whoever stores it.
#pragma once

#include <string>
#include <vector>

#include "common/status/error.h"
#include "common/status/violation.h"
#include "puente/education/v1/microcredential.pb.h"
#include "puente/education/v1/national_profile.pb.h"

namespace puente::education {

// Of requirements that nothing could be held against: PROFILE_FIELD, PROFILE_PATTERN,
// PROFILE_RANGE, and REQUIRED values.
std::vector<Violation> CheckRequirements(const v1::NationalProfile& profile,
                                         const std::string& path);

// Every departure of a version from a profile, in the profile's order, with remedies in this
// language: Spanish where the profile has no English.
v1::ProfileReport Report(const v1::NationalProfile& profile,
                         const v1::MicrocredentialVersion& version, Locale locale);

}  // namespace puente::education
