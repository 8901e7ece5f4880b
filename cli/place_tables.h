// Places where people learn, and reservations of them, as tables of 80 columns.
#pragma once

#include <map>
#include <string>

#include "cli/labels.h"
#include "cli/table.h"
#include "google/protobuf/repeated_field.h"
#include "puente/economy/v1/place_reservation.pb.h"
#include "puente/economy/v1/training_place.pb.h"

namespace puente::cli {

// As far as the caller is told, by the name of the place.
using SeatsOfPlaces = std::map<std::string, economy::v1::PlaceAvailability>;
Table TableOfPlaces(Language language,
                    const google::protobuf::RepeatedPtrField<economy::v1::TrainingPlace>& places,
                    const SeatsOfPlaces& seats);

// Places that were found for somebody, in their order.
Table TableOfMatches(Language language,
                     const google::protobuf::RepeatedPtrField<economy::v1::PlaceMatch>& matches);

// By whom a learner is known: a company knows its own pseudonym alone.
Table TableOfReservations(
    Language language,
    const google::protobuf::RepeatedPtrField<economy::v1::PlaceReservation>& reservations);

}  // namespace puente::cli
