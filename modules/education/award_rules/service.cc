#include "modules/education/award_rules/service.h"

#include "common/resource/dated.h"
#include "common/resource/serve.h"
#include "modules/education/award_rules/resource.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

absl::Status Prepare(const Call&, journal::Transaction& tx, const v1::AwardRule*,
                     v1::AwardRule& after) {
  return resource::CheckBegin(tx, AwardRules(), after, error::kAwardRuleBeginTaken,
                              "award_rule.begin_date");
}

}  // namespace

void ServeAwardRules(calls::Host& host) {
  resource::Serve(host, AwardRules(), {.prepare = &Prepare});
}

}  // namespace puente::education
