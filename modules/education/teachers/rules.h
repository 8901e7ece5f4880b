// Shares of teachers, and who is told them.
#pragma once

#include "absl/types/span.h"
#include "puente/education/v1/teacher.pb.h"

namespace puente::education {

// Fewest teachers of an organization whose share others are told.
inline constexpr int kFewestTold = 10;

// Of the teachers of a program at one organization.
struct TeacherShare {
  int teachers = 0;
  int up_to_date = 0;
};

// What somebody is told of these organizations together, which all have teachers. Who may not know
// all is told the sum of those alone whose own share he may be told: a sum less what is told of
// others would give one that is hidden.
v1::GetTeacherCoverageResponse TellCoverage(absl::Span<const TeacherShare> shares,
                                            bool may_know_all);

}  // namespace puente::education
