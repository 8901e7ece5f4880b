// puente.economy.v1.PlaceRuleService, and the rule that counts for somebody.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/calls/host.h"
#include "common/sql/session.h"
#include "puente/economy/v1/place_rule.pb.h"

namespace puente::economy {

// What counts where no rule does.
v1::PlaceRule UsualPlaceRule();

// Picks the one that counts for an organization on a day, of place_rule: its own before that of
// all.
inline constexpr absl::string_view kWhichCounts =
    " FORCE INDEX (by_begin) WHERE organization IN (?, '') AND begin_date <= ?"
    " ORDER BY organization DESC, begin_date DESC LIMIT 1";

// That of the organization on a day, else that of all, else the usual one.
absl::StatusOr<v1::PlaceRule> PlaceRuleOf(sql::Session& session, const std::string& organization,
                                          absl::CivilDay day);

void ServePlaceRules(calls::Host& host);

}  // namespace puente::economy
