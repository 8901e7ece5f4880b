#include "modules/education/minor_limits/service.h"

#include "common/resource/dated.h"
#include "common/resource/serve.h"
#include "modules/education/errors.h"
#include "modules/education/minor_limits/resource.h"
#include "modules/education/minor_limits/rules.h"

namespace puente::education {
namespace {

absl::Status Prepare(const Call&, journal::Transaction& tx, const v1::MinorLimit*,
                     v1::MinorLimit& after) {
  return resource::CheckBegin(tx, MinorLimits(), after, error::kMinorLimitBeginTaken,
                              "minor_limit.begin_date", " AND from_age = ?", {after.from_age()});
}

}  // namespace

void ServeMinorLimits(calls::Host& host) {
  resource::Serve(host, MinorLimits(), {.check = &CheckAges, .prepare = &Prepare});
}

}  // namespace puente::education
