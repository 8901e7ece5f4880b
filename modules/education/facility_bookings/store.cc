#include "modules/education/facility_bookings/store.h"

#include "absl/strings/str_cat.h"
#include "common/sql/row.h"
#include "common/status/macros.h"

namespace puente::education::store {
namespace {

// BOOKED is state 1. A booking that touches a day began at most kMostDaysBooked - 1 days before.
constexpr sql::Query kFirst{
    "education.facility_bookings.first",
    "SELECT id FROM facility_booking FORCE INDEX (by_days) WHERE facility = ? AND state = 1"
    " AND begin_date BETWEEN ? AND ? AND end_date >= ? AND start_minute < ? AND end_minute > ?"
    " ORDER BY begin_date, id LIMIT 1"};
constexpr sql::Query kBookedBy{
    "education.facility_bookings.by",
    "SELECT begin_date, end_date, end_minute - start_minute FROM facility_booking"
    " FORCE INDEX (by_guest) WHERE facility = ? AND booker = ? AND state = 1"
    " AND begin_date BETWEEN ? AND ? AND end_date >= ? AND sharing_agreement = ?"};

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

}  // namespace

absl::StatusOr<std::string> FirstBooking(sql::Session& session, const std::string& facility,
                                         const DayPart& part) {
  std::string booking;
  const std::string first = Text(part.day - (kMostDaysBooked - 1)), day = Text(part.day);
  RETURN_IF_ERROR(session.Each(kFirst,
                               {facility, first, day, day, part.end_minute, part.start_minute},
                               [&](const sql::Row& row) {
                                 booking = absl::StrCat("facilityBookings/", row.Text(0));
                                 return absl::OkStatus();
                               }));
  return booking;
}

absl::StatusOr<std::vector<BookedTime>> BookedBy(sql::Session& session,
                                                 const v1::SharingAgreement& agreement,
                                                 absl::CivilDay first, absl::CivilDay last) {
  std::vector<BookedTime> times;
  const std::string from = Text(first - (kMostDaysBooked - 1)), to = Text(last),
                    touches = Text(first);
  RETURN_IF_ERROR(session.Each(
      kBookedBy, {agreement.facility(), agreement.guest(), from, to, touches, agreement.name()},
      [&](const sql::Row& row) {
        times.push_back({row.Day(0), row.Day(1), static_cast<int>(row.Int64(2))});
        return absl::OkStatus();
      }));
  return times;
}

}  // namespace puente::education::store
