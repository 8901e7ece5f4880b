// What an enrolment must say, whatever else there is.
#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "puente/education/v1/enrolment.pb.h"

namespace puente::education {

// CAMPUS_NEEDED for a program without one.
std::vector<Violation> CheckCampus(const v1::Enrolment& enrolment, const std::string& path);

// Of a new one, whose name is set: ID_OF_PERSON, OF_ANOTHER_ORGANIZATION, AFTER_TODAY.
std::vector<Violation> CheckNew(const v1::Enrolment& enrolment, absl::CivilDay today);
// AFTER_TODAY if it begins later.
std::vector<Violation> CheckBegin(const v1::Enrolment& enrolment, absl::CivilDay today);
// Of one that was ended: REQUIRED, NOT_BEFORE its beginning, AFTER_TODAY.
std::vector<Violation> CheckEnd(const v1::Enrolment& ended, absl::CivilDay today);

// Whether it may be assessed, and an award rest on it.
inline const std::vector<int> kMayBeAssessed = {v1::ENROLMENT_STATE_ENROLLED,
                                                v1::ENROLMENT_STATE_COMPLETED};

}  // namespace puente::education
