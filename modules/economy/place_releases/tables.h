// What is released of training places and of stays there.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "common/releases/releaser.h"

namespace puente::economy {

// Seats that are offered, by state, sector, quarter in which the offer begins, and
// TrainingPlaceState. Everybody can read each offer, so that every sum is told.
inline constexpr absl::string_view kOfferTable = "place_offers";
// Offered seats of places that are not closed, by skill and state; those of a place for each skill.
inline constexpr absl::string_view kSkillTable = "place_skills";
// Stays by state, sector, quarter in which they begin, and StayStage.
inline constexpr absl::string_view kStayTable = "place_stays";

const ::puente::releases::Family& PlaceFamily();

// Dimensions of offers and stays after the state.
inline constexpr int kPlaceSector = 1;
inline constexpr int kPlaceQuarter = 2;
inline constexpr int kPlaceStage = 3;
// Of skills, after the skill.
inline constexpr int kSkillState = 1;

// The sector to which a SCIAN class belongs, as INEGI publishes it: "31-33" of "3344"; "" of a
// class that says none.
std::string SectorOf(absl::string_view scian_class);

}  // namespace puente::economy
