// How a place fits what is looked for: the one rule of FindPlaces, which leaves out what misses
// anything, and of ExplainPlace, which says what.
#pragma once

#include <vector>

#include "puente/economy/v1/training_place.pb.h"

namespace puente::economy {

v1::Nearness NearnessOf(const v1::PlaceProfile& profile, const v1::TrainingPlace& place);

// The first skill wanted that is learned there, by its place among those wanted; -1 if none is.
int FirstMet(const v1::PlaceProfile& profile, const v1::TrainingPlace& place);

// Everything that is in the way, with so many seats free.
std::vector<v1::PlaceMiss> MissesOf(const v1::PlaceProfile& profile, const v1::TrainingPlace& place,
                                    int free);

// All of it but `free`, which not everybody is told.
v1::PlaceMatch MatchOf(const v1::PlaceProfile& profile, const v1::TrainingPlace& place, int free);

}  // namespace puente::economy
