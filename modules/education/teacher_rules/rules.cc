#include "modules/education/teacher_rules/rules.h"

namespace puente::education {

absl::CivilDay FirstDayThatCounts(const v1::TeacherRule& rule, absl::CivilDay day) {
  // The 29th of February is the 1st of March in a year without one: what ended on a 28th is over on
  // that day, as its last day has come.
  return absl::CivilDay(day.year() - rule.valid_years(), day.month(), day.day());
}

}  // namespace puente::education
