// Whether a campus could teach what is asked for: the one rule of CheckFeasibility.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "puente/economy/v1/training_place.pb.h"
#include "puente/education/v1/teaching.pb.h"
#include "puente/gateway/v1/feasibility.pb.h"

namespace puente::council {

// What is asked for, with what is not said filled in.
struct Wanted {
  std::vector<std::string> skills;
  std::set<std::string> room_skills;
  int seat_count = 1;
  int learners_per_teacher = 30;
  int training_place_count = 0;
};

// What is known of training places, for all campuses alike.
struct PlacesKnown {
  // Whether so many are free as are wanted; if that isn't known, why.
  bool known = false;
  gateway::v1::FeasibilityGapReason reason = gateway::v1::FEASIBILITY_GAP_REASON_UNSPECIFIED;
  int lacking = 0;  // if it is known
};

// Leaves, of what was found, the places of the state asked for. Those of others come after them, so
// that of that state there are no more where one is found.
void KeepOfState(economy::v1::FindPlacesResponse& found);

// Leaves, of what was found, the places of this kind: real campuses have no use for generated ones.
void KeepOfKind(type::v1::RecordKind kind, economy::v1::FindPlacesResponse& found);

// Of the places of the state that were found, at most one page; null without an answer of Economy.
// `asked`: whether it was asked.
PlacesKnown KnownOf(const Wanted& wanted, const economy::v1::FindPlacesResponse* found, bool asked);

// `has_rule`: whether Education has a rule by which teachers are up to date.
gateway::v1::CampusFeasibility Judge(const Wanted& wanted, const education::v1::TeachingSite& site,
                                     bool has_rule, const PlacesKnown& places);

}  // namespace puente::council
