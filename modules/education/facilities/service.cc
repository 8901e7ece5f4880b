#include "modules/education/facilities/service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/journal/projection.h"
#include "common/resource/serve.h"
#include "modules/education/campuses/resource.h"
#include "modules/education/errors.h"
#include "modules/education/facilities/resource.h"
#include "modules/education/facilities/rules.h"
#include "modules/education/facilities/use.h"
#include "modules/education/facility_bookings/store.h"
#include "modules/education/ids.h"
#include "modules/education/organizations/resource.h"
#include "modules/education/organizations/service.h"
#include "modules/education/teaching/sites.h"
#include "puente/education/v1/facility.grpc.pb.h"

namespace puente::education {
namespace {

// An organization must be there, and one that writes itself may while it applies or is registered.
// Companies are Economy's to know.
absl::Status CheckOwnerMayWrite(const Call& call, journal::Transaction& tx,
                                const v1::Facility& facility) {
  const std::optional<std::string> organization = OrganizationOfPath(facility.owner());
  if (!organization) return absl::OkStatus();
  RETURN_IF_ERROR(resource::Get(tx, Organizations(), *organization, "facility.owner").status());
  return CheckMayWrite(call, tx, *organization, "facility.owner");
}

// A facility at a campus is in the campus's state, which stays so while this is written.
absl::Status CheckStateOfCampus(journal::Transaction& tx, const v1::Facility& facility) {
  if (facility.campus().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const v1::Campus campus,
                   resource::Guard(tx, Campuses(), facility.campus(), "facility.campus"));
  if (campus.state_code() == facility.state_code()) return absl::OkStatus();
  return InvalidFields({Against(rule::kStateOfCampus, "state"_is(campus.state_code()))
                            .At("facility.state_code")
                            .Reading({"facility.campus"})});
}

absl::CivilMinute MinuteOf(const Call& call) {
  return absl::ToCivilMinute(call.start, MexicoCity());
}

// Of a part of a day that is not over, if it is today.
absl::Status Booked(const Call& call, journal::Transaction& tx, const std::string& facility,
                    DayPart part) {
  const absl::CivilMinute now = MinuteOf(call);
  if (part.day == absl::CivilDay(now)) {
    part.start_minute = std::max(part.start_minute, MinuteOfDay(now));
  }
  ASSIGN_OR_RETURN(const std::string booking, store::FirstBooking(tx, facility, part));
  return Error(error::kFacilityBooked, "name"_is(facility), "booking"_is(booking),
               "day"_is(absl::FormatCivilTime(part.day)));
}

// What is booked stays as it is.
absl::Status KeepBooked(const Call& call, journal::Transaction& tx, const v1::Facility& before,
                        const v1::Facility& after) {
  if (KeepsBookings(before, after)) return absl::OkStatus();
  const absl::CivilMinute now = MinuteOf(call);
  ASSIGN_OR_RETURN(const std::vector<DayPart> booked, BookedDays(tx, after.name(), now));
  const std::optional<DayPart> left_out = FirstLeftOut(after, booked);
  if (left_out) return Booked(call, tx, after.name(), *left_out);
  ASSIGN_OR_RETURN(const std::optional<DayPart> over,
                   FirstOver(tx, after.name(), now, after.capacity()));
  return over ? Booked(call, tx, after.name(), *over) : absl::OkStatus();
}

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Facility* before,
                     v1::Facility& after) {
  if (before != nullptr) {
    // Whoever books waits, and finds the facility changed. All write it before its owner's row.
    RETURN_IF_ERROR(resource::GuardFirst(tx, Facilities(), after.name(), "facility.name").status());
  }
  RETURN_IF_ERROR(CheckOwnerMayWrite(call, tx, after));
  RETURN_IF_ERROR(CheckStateOfCampus(tx, after));
  if (before != nullptr) RETURN_IF_ERROR(KeepBooked(call, tx, *before, after));
  return teaching::FindFacility(tx, after);
}

absl::Status PauseOrOpen(const Call& call, journal::Transaction& tx, const v1::Facility& before,
                         v1::Facility&) {
  return CheckOwnerMayWrite(call, tx, before);
}

absl::Status Follow(const Call&, journal::Transaction& tx, const v1::Facility& after) {
  return teaching::FindFacility(tx, after);
}

absl::Status CloseFacility(const Call& call, journal::Transaction& tx, const v1::Facility&,
                           v1::Facility& after) {
  RETURN_IF_ERROR(resource::GuardFirst(tx, Facilities(), after.name(), "name").status());
  ASSIGN_OR_RETURN(const std::vector<DayPart> booked, BookedDays(tx, after.name(), MinuteOf(call)));
  return booked.empty() ? absl::OkStatus() : Booked(call, tx, after.name(), booked.front());
}

absl::StatusOr<v1::GetFacilityUseResponse> GetFacilityUse(
    const Call&, sql::Session& session, const v1::GetFacilityUseRequest& request) {
  using Answer = v1::GetFacilityUseResponse;
  RETURN_IF_ERROR(InvalidFields(CheckDaysAsked(request)));
  const absl::CivilDay first = ToCivilDay(request.begin_date()),
                       last = ToCivilDay(request.end_date());
  return session.Snapshot<Answer>([&](sql::Session& snapshot) -> absl::StatusOr<Answer> {
    ASSIGN_OR_RETURN(const v1::Facility facility,
                     resource::Get(snapshot, Facilities(), request.name()));
    ASSIGN_OR_RETURN(const Use use, ReadUse(snapshot, facility.name(), first, last));
    Answer answer;
    answer.set_facility(facility.name());
    answer.set_state(facility.state());
    answer.set_capacity(facility.capacity());
    for (const v1::FreeSeats& interval : FreeIntervals(facility, first, last, use)) {
      *answer.add_intervals() = interval;
    }
    ASSIGN_OR_RETURN(*answer.mutable_freshness_token(), journal::HeadToken(snapshot, "education"));
    return answer;
  });
}

}  // namespace

void ServeFacilities(calls::Host& host) {
  host.Serve<v1::FacilityService>().Read<&GetFacilityUse>();
  resource::Serve(
      host, Facilities(),
      {.check = &CheckFacility,
       .prepare = &Prepare,
       .verbs = {{.verb = "PauseFacility", .prepare = &PauseOrOpen, .stored = &Follow},
                 {.verb = "OpenFacility", .prepare = &PauseOrOpen, .stored = &Follow},
                 {.verb = "CloseFacility", .prepare = &CloseFacility, .stored = &Follow}}});
}

}  // namespace puente::education
