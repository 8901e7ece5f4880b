#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/place_reservation.pb.h"

namespace puente::economy {

// placeReservations/{place_reservation}
const resource::Resource<v1::PlaceReservation>& PlaceReservations();

}  // namespace puente::economy
