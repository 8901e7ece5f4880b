// On which days an award may be issued, and what it then rests on.
#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/violation.h"
#include "puente/education/v1/assessment.pb.h"
#include "puente/education/v1/award.pb.h"
#include "puente/education/v1/certification.pb.h"
#include "puente/education/v1/enrolment.pb.h"
#include "puente/education/v1/rvoe.pb.h"

namespace puente::education {

// Whether it is in the way of another one of its enrolment: neither revoked nor replaced.
bool IsLive(const v1::Award& award);

// Of a new one, whose name is set: ID_OF_PERSON, OF_ANOTHER_ORGANIZATION, AFTER_TODAY.
std::vector<Violation> CheckNew(const v1::Award& award, absl::CivilDay today);
// BEFORE_ASSESSMENT; NOT_BEFORE the beginning of the enrolment.
std::vector<Violation> CheckIssue(const v1::Award& award, const v1::Assessment& assessment);
std::vector<Violation> CheckIssue(const v1::Award& award, const v1::Enrolment& enrolment);

// Takes over what its assessment says of learning at companies.
void SetWorkplace(const v1::Assessment& assessment, v1::Award& award);

// Of a version's, the one on which an award of this day rests for who began on another, in a state:
// the one that holds and began first. Null if none does.
const v1::Certification* HoldingFor(const std::vector<v1::Certification>& certifications,
                                    absl::CivilDay began, absl::CivilDay day,
                                    absl::string_view state_code);
// Of a campus, the one under which the enrolment began, if it lets finish on a day. Null if there
// is none.
const v1::Rvoe* CoveringFor(const std::vector<v1::Rvoe>& rvoes, const v1::Enrolment& enrolment,
                            absl::CivilDay day);

// When its last day has passed; never of one without, or that is in force no more for good.
absl::Time OverFrom(const v1::Award& award);
void Expire(v1::Award& award);

}  // namespace puente::education
