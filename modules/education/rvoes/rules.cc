#include "modules/education/rvoes/rules.h"

#include "absl/time/civil_time.h"
#include "common/context/values.h"
#include "common/fields/rules.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

absl::CivilDay First(const v1::Rvoe& rvoe) { return ToCivilDay(rvoe.start_date()); }

absl::CivilDay Last(const v1::Rvoe& rvoe) {
  return rvoe.has_end_date() ? ToCivilDay(rvoe.end_date()) : absl::CivilDay::max();
}

}  // namespace

bool Overlap(const v1::Rvoe& one, const v1::Rvoe& other) {
  return First(one) <= Last(other) && First(other) <= Last(one);
}

bool CoversBeginning(const v1::Rvoe& rvoe, absl::CivilDay day) {
  return First(rvoe) <= day && day <= Last(rvoe);
}

bool LetsFinish(const v1::Rvoe& rvoe, absl::CivilDay day) {
  return day <= (rvoe.has_finish_by() ? ToCivilDay(rvoe.finish_by()) : Last(rvoe));
}

std::vector<Violation> CheckEnd(const v1::Rvoe& before, const v1::Rvoe& after) {
  if (Last(after) < First(before)) {
    return {Against(puente::rule::kNotBefore, "other"_is("start_date")).At("end_date")};
  }
  if (Last(after) > Last(before)) {
    return {
        Against(rule::kAfterLastDay, "end"_is(absl::FormatCivilTime(Last(before)))).At("end_date")};
  }
  return {};
}

}  // namespace puente::education
