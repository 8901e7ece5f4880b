#include "modules/education/facility_bookings/resource.h"

namespace puente::education {

const resource::Resource<v1::FacilityBooking>& FacilityBookings() {
  // It begins with BookFacility, BOOKED.
  static const resource::Resource<v1::FacilityBooking> facility_bookings({
      .table = "facility_booking",
      .lists = {{.by = {"host"}, .order = {"begin_date"}, .index = "by_host"},
                {.by = {"host"},
                 .order = {"begin_date desc"},
                 .index = "by_host",
                 .order_by = "begin_date desc"},
                {.by = {"host", "facility"}, .order = {"begin_date"}, .index = "by_facility"},
                {.by = {"host", "facility"},
                 .order = {"begin_date desc"},
                 .index = "by_facility",
                 .order_by = "begin_date desc"},
                {.by = {"booker"}, .order = {"begin_date"}, .index = "by_booker"},
                {.by = {"booker"},
                 .order = {"begin_date desc"},
                 .index = "by_booker",
                 .order_by = "begin_date desc"},
                {.by = {"booker", "state"}, .order = {"begin_date"}, .index = "by_booker_state"},
                {.by = {"booker", "state"},
                 .order = {"begin_date desc"},
                 .index = "by_booker_state",
                 .order_by = "begin_date desc"}},
      .hides = true,
      .states = {{.verb = "CancelFacilityBooking",
                  .from = {v1::FACILITY_BOOKING_STATE_BOOKED},
                  .to = v1::FACILITY_BOOKING_STATE_CANCELLED}},
      .over = {v1::FACILITY_BOOKING_STATE_CANCELLED},
  });
  return facility_bookings;
}

}  // namespace puente::education
