// Facilities as their tests see them: school utt and company acme have some, school uaq is a guest.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/values.h"
#include "puente/education/v1/campus.grpc.pb.h"
#include "puente/education/v1/facility.grpc.pb.h"
#include "puente/education/v1/facility_booking.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/sharing_agreement.grpc.pb.h"
#include "tests/education/party.h"
#include "tests/testing/wait.h"

namespace puente::education::testing {

using Places = v1::FacilityService::Stub;
using Bookings = v1::FacilityBookingService::Stub;
using Sharing = v1::SharingAgreementService::Stub;

inline constexpr char kEveryDay[] =
    " weekdays: WEEKDAY_MONDAY weekdays: WEEKDAY_TUESDAY weekdays: WEEKDAY_WEDNESDAY"
    " weekdays: WEEKDAY_THURSDAY weekdays: WEEKDAY_FRIDAY weekdays: WEEKDAY_SATURDAY"
    " weekdays: WEEKDAY_SUNDAY ";

// From minute to minute of each day, in days from today on.
struct When {
  int first = 1, last = 1, start = 600, end = 720;
};

class Facilities : public ::testing::Test {
 protected:
  Facilities() {
    for (const char* id : {"utt", "uaq"}) {
      EXPECT_OK(ministry.Ask(
          &v1::OrganizationService::Stub::CreateOrganization,
          absl::StrCat("organization_id: '", id, "' organization { legal_name: 'Escuela'",
                       " kind: ORGANIZATION_KIND_UNIVERSITY control: ORGANIZATION_CONTROL_PUBLIC",
                       " state_code: '29'", kProvenance, "}")));
    }
  }

  static std::string NameOf(const std::string& id) { return absl::StrCat("facilities/", id); }

  // Open every day from 8 to 20, of its own caller, unless `more` says otherwise.
  absl::StatusOr<v1::Facility> Add(Party& party, const std::string& id, int capacity,
                                   const std::string& more = "") {
    std::string fields = more + (party.caller() == kMinistry ? kProvenance : "");
    const auto unless_said = [&](const std::string& field, const std::string& text) {
      if (!absl::StrContains(more, field)) absl::StrAppend(&fields, " ", text);
    };
    unless_said("owner:", absl::StrCat("owner: '", party.caller(), "'"));
    unless_said("opens_minute:", "opens_minute: 480");
    unless_said("closes_minute:", "closes_minute: 1200");
    unless_said("weekdays:", kEveryDay);
    return party.Ask(&Places::CreateFacility,
                     absl::StrCat("facility_id: '", id, "' facility { kind: FACILITY_KIND_WORKSHOP",
                                  " title_es: 'Taller' state_code: '29' capacity: ", capacity, " ",
                                  fields, "}"));
  }
  absl::StatusOr<v1::Facility> Change(Party& party, const std::string& id,
                                      const std::string& fields, const std::string& path) {
    return party.Ask(&Places::UpdateFacility,
                     absl::StrCat("facility { name: '", NameOf(id), "' ", fields,
                                  "} update_mask { paths: '", path, "' }"));
  }
  absl::StatusOr<v1::FacilityBooking> Book(Party& party, const std::string& id, int seats,
                                           When when = {}, const std::string& more = "") {
    return party.Ask(
        &Bookings::BookFacility,
        absl::StrCat("facility_booking { facility: '", NameOf(id), "' booker: '", party.caller(),
                     "' begin_date {", In(when.first), "} end_date {", In(when.last),
                     "} start_minute: ", when.start, " end_minute: ", when.end, " seats: ", seats,
                     " purpose: BOOKING_PURPOSE_COURSE ", more, "}"));
  }
  absl::StatusOr<v1::FacilityBooking> Cancel(Party& party, const std::string& name) {
    return party.Ask(&Bookings::CancelFacilityBooking, Named(name));
  }
  absl::StatusOr<v1::SharingAgreement> Offer(Party& host, const std::string& id,
                                             const std::string& guest, int first, int last,
                                             int weekly_minutes = 0) {
    return host.Ask(&Sharing::ShareFacility,
                    absl::StrCat("sharing_agreement { facility: '", NameOf(id), "' guest: '", guest,
                                 "' begin_date {", In(first), "} end_date {", In(last),
                                 "} weekly_minutes_most: ", weekly_minutes, "}"));
  }
  absl::StatusOr<v1::SharingAgreement> Share(Party& host, const std::string& id, Party& guest,
                                             int first, int last, int weekly_minutes = 0) {
    const auto offered = Offer(host, id, guest.caller(), first, last, weekly_minutes);
    if (!offered.ok()) return offered;
    return guest.Ask(&Sharing::AcceptSharingAgreement, Named(offered->name()));
  }
  absl::StatusOr<v1::GetFacilityUseResponse> Use(const std::string& id, int first, int last,
                                                 const std::string& more = "") {
    return globex.Ask(&Places::GetFacilityUse,
                      Named(NameOf(id), absl::StrCat("begin_date {", In(first), "} end_date {",
                                                     In(last), "} ", more)));
  }
  // "1 08:00-10:00 4, 1 10:00-20:00 2": of the days from `first` on, how many seats are free.
  std::string Free(const std::string& id, int first = 1, int last = 1) {
    const auto use = Use(id, first, last);
    if (!use.ok()) return use.status().ToString();
    std::vector<std::string> texts;
    for (const v1::FreeSeats& one : use->intervals()) {
      texts.push_back(absl::StrCat(ToCivilDay(one.day()) - Today(), " ", Clock(one.start_minute()),
                                   "-", Clock(one.end_minute()), " ", one.free()));
    }
    return absl::StrJoin(texts, ", ");
  }
  static std::string Clock(int minute) {
    return absl::StrCat(absl::Dec(minute / 60, absl::kZeroPad2), ":",
                        absl::Dec(minute % 60, absl::kZeroPad2));
  }
  int64_t Count(const std::string& query) { return puente::testing::MustCount(other, query); }
  void Execute(const std::string& statement) { puente::testing::MustExecute(other, statement); }
  static std::string IdOf(const std::string& name) { return name.substr(name.find('/') + 1); }

  const sql::Target database =
      puente::testing::Database::Shared().NewSchema(Education().migrations);
  sql::Connection other{database};
  Party ministry{database, kMinistry}, utt{database, "organization/utt"},
      uaq{database, "organization/uaq"}, acme{database, "company/acme"},
      globex{database, "company/globex"};
};

}  // namespace puente::education::testing
