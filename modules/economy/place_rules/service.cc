#include "modules/economy/place_rules/service.h"

#include "common/resource/dated.h"
#include "common/resource/serve.h"
#include "modules/economy/errors.h"
#include "modules/economy/place_rules/resource.h"

namespace puente::economy {
namespace {

absl::Status Prepare(const Call&, journal::Transaction& tx, const v1::PlaceRule*,
                     v1::PlaceRule& after) {
  return resource::CheckBegin(tx, PlaceRules(), after, error::kPlaceRuleBeginTaken,
                              "place_rule.begin_date", " AND organization = ?",
                              {after.organization()});
}

}  // namespace

v1::PlaceRule UsualPlaceRule() {
  v1::PlaceRule rule;
  rule.set_held_most(200);
  rule.set_hold_hours(72);
  rule.set_another_place_days(15);
  rule.set_pause_days(30);
  rule.set_end_days(5);
  return rule;
}

absl::StatusOr<v1::PlaceRule> PlaceRuleOf(sql::Session& session, const std::string& organization,
                                          absl::CivilDay day) {
  const std::string text = absl::FormatCivilTime(day);
  ASSIGN_OR_RETURN(const auto found,
                   resource::Select(session, PlaceRules(), "economy.place_rule.of", kWhichCounts,
                                    {organization, text}));
  return found.empty() ? UsualPlaceRule() : found.front();
}

void ServePlaceRules(calls::Host& host) {
  resource::Serve(host, PlaceRules(), {.prepare = &Prepare});
}

}  // namespace puente::economy
