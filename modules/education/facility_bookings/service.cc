#include "modules/education/facility_bookings/service.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/serve.h"
#include "modules/education/errors.h"
#include "modules/education/facilities/resource.h"
#include "modules/education/facilities/use.h"
#include "modules/education/facility_bookings/resource.h"
#include "modules/education/facility_bookings/rules.h"
#include "modules/education/facility_bookings/store.h"
#include "modules/education/ids.h"
#include "modules/education/organizations/service.h"
#include "modules/education/sharing_agreements/resource.h"
#include "puente/education/v1/facility_booking.grpc.pb.h"

namespace puente::education {
namespace {

using Booking = v1::FacilityBooking;

// What rests on the facility, which is guarded first: whoever changes it, or books it too, waits.
absl::StatusOr<v1::Facility> GuardOpen(const Call& call, journal::Transaction& tx,
                                       const Booking& booking) {
  ASSIGN_OR_RETURN(v1::Facility facility, resource::GuardFirst(tx, Facilities(), booking.facility(),
                                                               "facility_booking.facility"));
  if (facility.state() != v1::FACILITY_STATE_OPEN) {
    return resource::StateWrong(Facilities(), Facilities().state_wrong(), call.verb(), facility,
                                {v1::FACILITY_STATE_OPEN});
  }
  RETURN_IF_ERROR(InvalidFields(CheckBooking(booking, facility, call.start)));
  return facility;
}

// The agreement that is in force on all days of a booking; it stays so while this is written.
absl::StatusOr<v1::SharingAgreement> FindAgreement(journal::Transaction& tx,
                                                   const Booking& booking) {
  const std::string first = absl::FormatCivilTime(ToCivilDay(booking.begin_date())),
                    last = absl::FormatCivilTime(ToCivilDay(booking.end_date()));
  ASSIGN_OR_RETURN(
      const std::vector<v1::SharingAgreement> agreements,
      resource::Select(tx, SharingAgreements(), "education.sharing.in_force",
                       "FORCE INDEX (of_guest) WHERE facility = ? AND guest = ? AND state = 2"
                       " AND begin_date <= ? AND end_date >= ?",
                       {booking.facility(), booking.booker(), first, last}));
  if (agreements.empty()) {
    return Error(error::kFacilityNotShared, "name"_is(booking.facility()),
                 "booker"_is(booking.booker()), "first"_is(first), "last"_is(last));
  }
  resource::internal::GuardAsRead(tx, SharingAgreements(), agreements.front());
  return agreements.front();
}

// All bookings of the facility wait for one another, so that none is overlooked.
absl::Status CheckWeeks(journal::Transaction& tx, const v1::SharingAgreement& agreement,
                        const Booking& booking) {
  if (agreement.weekly_minutes_most() == 0) return absl::OkStatus();
  const BookedTime wanted = TimeOf(booking);
  const absl::CivilDay first = MondayOf(wanted.first), last = MondayOf(wanted.last);
  ASSIGN_OR_RETURN(std::vector<BookedTime> times, store::BookedBy(tx, agreement, first, last + 6));
  times.push_back(wanted);
  for (absl::CivilDay monday = first; monday <= last; monday += 7) {
    const int minutes = MinutesOfWeek(times, monday);
    if (minutes <= agreement.weekly_minutes_most()) continue;
    return Error(error::kWeeklyMinutesUsed, "name"_is(agreement.name()),
                 "week"_is(absl::FormatCivilTime(monday)), "minutes"_is(minutes),
                 "most"_is(agreement.weekly_minutes_most()));
  }
  return absl::OkStatus();
}

// An organization whose facility it is, or who books, must be registered.
absl::Status CheckParty(const Call& call, journal::Transaction& tx, const std::string& path,
                        absl::string_view field) {
  const std::optional<std::string> organization = OrganizationOfPath(path);
  return organization ? CheckRegistered(call, tx, *organization, field) : absl::OkStatus();
}

// What rests on whose it is and who books.
absl::Status CheckParties(const Call& call, journal::Transaction& tx, const v1::Facility& facility,
                          Booking& booking) {
  RETURN_IF_ERROR(CheckParty(call, tx, booking.booker(), "facility_booking.booker"));
  if (booking.booker() == facility.owner()) return absl::OkStatus();
  RETURN_IF_ERROR(CheckParty(call, tx, facility.owner(), "facility_booking.facility"));
  ASSIGN_OR_RETURN(const v1::SharingAgreement agreement, FindAgreement(tx, booking));
  booking.set_sharing_agreement(agreement.name());
  return CheckWeeks(tx, agreement, booking);
}

// There is no update: what is prepared is new.
absl::Status Book(const Call& call, journal::Transaction& tx, const Booking*, Booking& booking) {
  ASSIGN_OR_RETURN(const v1::Facility facility, GuardOpen(call, tx, booking));
  booking.set_host(facility.owner());
  RETURN_IF_ERROR(CheckParties(call, tx, facility, booking));
  booking.set_state(v1::FACILITY_BOOKING_STATE_BOOKED);
  return TakeSeats(tx, facility, booking);
}

absl::Status CancelFacilityBooking(const Call& call, journal::Transaction& tx,
                                   const Booking& before, Booking& after) {
  RETURN_IF_ERROR(CheckNotBegun(before, call.start));
  after.set_cancel_party(call.caller.path == before.booker() ? v1::BOOKING_PARTY_BOOKER
                                                             : v1::BOOKING_PARTY_HOST);
  RETURN_IF_ERROR(resource::GuardFirst(tx, Facilities(), before.facility(), "name").status());
  return FreeSeats(tx, before);
}

// Who books what for when: nobody else can make it, as only its booker may write it.
std::string IdInFiles(const Booking& booking) {
  const auto number = [](int64_t number) { return absl::StrCat(number); };
  return crypto::UuidOf(crypto::TaggedSha256(
      "puente-facility-booking/1",
      {booking.facility(), booking.booker(),
       absl::FormatCivilTime(ToCivilDay(booking.begin_date())),
       absl::FormatCivilTime(ToCivilDay(booking.end_date())), number(booking.start_minute()),
       number(booking.end_minute()), number(booking.seats()), number(booking.purpose()),
       booking.microcredential_version()}));
}

std::optional<Violation> RefuseId(absl::string_view) { return Against(rule::kIdOfPuente); }

absl::StatusOr<OwnerProof> BookFacility(const Call& call, journal::Transaction& tx,
                                        const v1::BookFacilityRequest& request, Booking& booked,
                                        const resource::RecordWriter& writer) {
  const resource::Ids ids = {crypto::Uuid4()};
  booked = request.facility_booking();
  booked.set_name(FacilityBookings().pattern().Format(ids));
  booked.clear_host();  // so that only who books may
  return writer.Create(call, tx, ids, booked);
}

resource::RecordWriter Serve(calls::Host& host) {
  return resource::Serve<Booking>(
      host, FacilityBookings(),
      {.prepare = &Book,
       .verbs = {{.verb = "CancelFacilityBooking", .prepare = &CancelFacilityBooking}},
       .in_files = {.id = &IdInFiles, .check_id = &RefuseId},
       .creation = "BookFacility"});
}

}  // namespace

ServedFacilityBookings::ServedFacilityBookings(calls::Host& host) : writer_(Serve(host)) {
  host.Serve<v1::FacilityBookingService>().MutateOwned<&BookFacility>(writer_);
}

}  // namespace puente::education
