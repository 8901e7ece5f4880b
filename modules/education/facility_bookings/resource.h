#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/facility_booking.pb.h"

namespace puente::education {

// facilityBookings/{facility_booking}
const resource::Resource<v1::FacilityBooking>& FacilityBookings();

}  // namespace puente::education
