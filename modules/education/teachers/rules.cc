#include "modules/education/teachers/rules.h"

#include <cstdint>

namespace puente::education {
namespace {

// To the nearest, halves up.
int BasisPoints(int part, int whole) {
  const int64_t twice = 2 * int64_t{10'000} * part + whole;
  return static_cast<int>(twice / (2 * int64_t{whole}));
}

}  // namespace

v1::GetTeacherCoverageResponse TellCoverage(absl::Span<const TeacherShare> shares,
                                            bool may_know_all) {
  v1::GetTeacherCoverageResponse answer;
  TeacherShare told;
  for (const TeacherShare& share : shares) {
    if (!may_know_all && share.teachers < kFewestTold) continue;
    told.teachers += share.teachers;
    told.up_to_date += share.up_to_date;
  }
  if (told.teachers == 0 && !shares.empty()) {
    answer.set_state(v1::TEACHER_COVERAGE_STATE_HIDDEN);
    return answer;
  }
  answer.set_teacher_count(told.teachers);
  answer.set_up_to_date_count(told.up_to_date);
  if (told.teachers == 0) {
    answer.set_state(v1::TEACHER_COVERAGE_STATE_NONE);
    return answer;
  }
  answer.set_state(v1::TEACHER_COVERAGE_STATE_SHOWN);
  answer.set_share_basis_points(BasisPoints(told.up_to_date, told.teachers));
  return answer;
}

}  // namespace puente::education
