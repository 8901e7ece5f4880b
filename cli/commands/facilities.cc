// Workshops, laboratories and equipment of companies and schools: what is there, when it is free,
// bookings, and agreements by which a school books another's.
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "cli/facility_commands.h"
#include "cli/facility_tables.h"
#include "cli/format.h"
#include "common/context/clock.h"
#include "common/context/values.h"

namespace puente::cli {
namespace {

namespace v1 = education::v1;

constexpr char kList[] = "puente.education.v1.FacilityService/ListFacilities";
constexpr char kAdd[] = "puente.education.v1.FacilityService/CreateFacility";
constexpr char kUpdate[] = "puente.education.v1.FacilityService/UpdateFacility";
constexpr char kPause[] = "puente.education.v1.FacilityService/PauseFacility";
constexpr char kOpen[] = "puente.education.v1.FacilityService/OpenFacility";
constexpr char kClose[] = "puente.education.v1.FacilityService/CloseFacility";
constexpr char kUse[] = "puente.education.v1.FacilityService/GetFacilityUse";
constexpr char kBook[] = "puente.education.v1.FacilityBookingService/BookFacility";
constexpr char kListBookings[] = "puente.education.v1.FacilityBookingService/ListFacilityBookings";
constexpr char kCancel[] = "puente.education.v1.FacilityBookingService/CancelFacilityBooking";
constexpr char kShare[] = "puente.education.v1.SharingAgreementService/ShareFacility";
constexpr char kListShares[] = "puente.education.v1.SharingAgreementService/ListSharingAgreements";
constexpr char kAccept[] = "puente.education.v1.SharingAgreementService/AcceptSharingAgreement";
constexpr char kRefuse[] = "puente.education.v1.SharingAgreementService/RefuseSharingAgreement";
constexpr char kEnd[] = "puente.education.v1.SharingAgreementService/EndSharingAgreement";
constexpr int kPage = 1000, kMinutesOfHour = 60;

constexpr Label kNoFacilities{"no facilities", "no hay instalaciones"};
constexpr Label kNotOpen{"it is open on none of these days", "no abre en ninguno de esos días"};
constexpr Label kNoBookings{"no bookings", "no hay reservas"};
constexpr Label kNoShares{"no agreements about facilities", "no hay convenios de uso"};
constexpr Label kNothingWritten{"nothing is written that is to change",
                                "no se escribió nada que cambiar"};
constexpr Label kWriteSomething{"add what changes, such as --seats 20",
                                "agregue lo que cambia, como --seats 20"};
constexpr Label kNoTime{"\" is no time of a day", "\" no es un horario"};
constexpr Label kTimeIs{"write it as 08:00-10:00, in whole quarters of an hour",
                        "escríbalo como 08:00-10:00, en cuartos de hora enteros"};

std::string FacilityName(const std::string& written) {
  return absl::StrCat("facilities/", LastId(written));
}

// "organization/utt" of "utt" or "organizations/utt".
std::string OrganizationPath(const std::string& written) {
  return absl::StrCat("organization/", LastId(written));
}

// Opens the session as the party, whose path is then the caller's.
ExitCode OpenAsOwner(Session& session, Party party, std::string& owner) {
  if (const ExitCode code = OpenAs(session, party, owner); code != kOk) return code;
  owner = session.client().channels().caller();
  return kOk;
}

// "08:00"; -1 if it is none.
int MinuteOf(absl::string_view written) {
  const std::vector<absl::string_view> parts = absl::StrSplit(written, ':');
  int hours = 0, minutes = 0;
  const bool read = parts.size() == 2 && parts[0].size() == 2 && parts[1].size() == 2 &&
                    absl::SimpleAtoi(parts[0], &hours) && absl::SimpleAtoi(parts[1], &minutes);
  const int minute = hours * kMinutesOfHour + minutes;
  return read && minutes >= 0 && minutes < kMinutesOfHour ? minute : -1;
}

// "08:00-10:00"
bool ReadTime(Session& session, const std::string& written, int& start, int& end) {
  const std::vector<absl::string_view> parts = absl::StrSplit(written, '-');
  start = parts.size() == 2 ? MinuteOf(parts[0]) : -1;
  end = parts.size() == 2 ? MinuteOf(parts[1]) : -1;
  if (start >= 0 && end >= 0) return true;
  session.Fail(kUsage, absl::StrCat("\"", written, session.Say(kNoTime)), session.Say(kTimeIs));
  return false;
}

// First and last day of what has one day unless two are written, today unless one is.
template <class Request>
bool ReadDays(Session& session, const FacilityArgs& args, Request& request) {
  *request.mutable_begin_date() = ToProto(LegalDay(absl::Now()));
  if (!args.from.empty() && !ReadDay(session, args.from, request.mutable_begin_date())) {
    return false;
  }
  *request.mutable_end_date() = request.begin_date();
  return args.until.empty() || ReadDay(session, args.until, request.mutable_end_date());
}

bool ReadFilter(Session& session, const std::string& owner, const FacilityArgs& args,
                std::string& filter) {
  if (!args.skills.empty()) {
    filter = absl::StrCat("skill = \"skills/", LastId(args.skills.front()), "\"");
  } else if (!args.state.empty()) {
    std::string code;
    if (!ResolveState(session, args.state, code)) return false;
    filter = absl::StrCat("state_code = \"", code, "\" AND state = OPEN");
  } else {
    filter = absl::StrCat("owner = \"", owner, "\"");
  }
  return true;
}

// "2027-12-24" or "2027-12-24..2028-01-06".
bool ReadClosure(Session& session, const std::string& written, v1::FacilityClosure& closure) {
  const std::pair<std::string, std::string> days =
      absl::StrSplit(written, absl::MaxSplits("..", 1));
  if (!ReadDay(session, days.first, closure.mutable_begin_date())) return false;
  *closure.mutable_end_date() = closure.begin_date();
  return days.second.empty() || ReadDay(session, days.second, closure.mutable_end_date());
}

bool ReadHours(Session& session, const std::string& written, v1::Facility& facility) {
  int opens = 0, closes = 0;
  if (!ReadTime(session, written, opens, closes)) return false;
  facility.set_opens_minute(opens);
  facility.set_closes_minute(closes);
  return true;
}

// What is written of it.
bool ReadFacility(Session& session, const std::string& owner, const FacilityArgs& args,
                  v1::Facility& facility) {
  if (!args.state.empty() && !ResolveState(session, args.state, *facility.mutable_state_code())) {
    return false;
  }
  if (!args.time.empty() && !ReadHours(session, args.time, facility)) return false;
  if (!args.kind.empty()) {
    facility.set_kind(EnumOf<v1::FacilityKind>("FACILITY_KIND_", args.kind));
  }
  facility.set_title_es(args.title);
  facility.set_title_en(args.title_en);
  facility.set_municipality(args.municipality);
  facility.set_capacity(args.seats);
  if (!args.campus.empty()) {
    facility.set_campus(
        absl::StrCat("organizations/", LastId(owner), "/campuses/", LastId(args.campus)));
  }
  for (const std::string& skill : args.skills) {
    facility.add_skills(absl::StrCat("skills/", LastId(skill)));
  }
  for (const std::string& day : args.weekdays) {
    facility.add_weekdays(EnumOf<v1::Weekday>("WEEKDAY_", day));
  }
  return absl::c_all_of(args.closed, [&](const std::string& days) {
    return ReadClosure(session, days, *facility.add_closures());
  });
}

// The fields that are written; a facility may open at minute 0.
google::protobuf::FieldMask MaskOf(const FacilityArgs& args, const v1::Facility& facility) {
  google::protobuf::FieldMask mask;
  std::vector<const google::protobuf::FieldDescriptor*> written;
  facility.GetReflection()->ListFields(facility, &written);
  for (const auto* field : written) mask.add_paths(field->name());
  if (!args.time.empty() && facility.opens_minute() == 0) mask.add_paths("opens_minute");
  return mask;
}

template <class Request>
ExitCode MoveFacility(Session& session, Party party, const FacilityArgs& args, const char* method) {
  std::string owner;
  if (const ExitCode code = OpenAsOwner(session, party, owner); code != kOk) return code;
  return session.Change<v1::Facility>("education", method,
                                      About<Request>(session, FacilityName(args.name)));
}

template <class Request>
ExitCode ChangeAgreement(Session& session, Party party, const FacilityArgs& args,
                         const char* method) {
  std::string owner;
  if (const ExitCode code = OpenAsOwner(session, party, owner); code != kOk) return code;
  return session.Change<v1::SharingAgreement>(
      "education", method,
      About<Request>(session, absl::StrCat("sharingAgreements/", LastId(args.name))));
}

}  // namespace

ExitCode Facilities(Session& session, Party party, const FacilityArgs& args) {
  std::string owner;
  if (const ExitCode code = OpenAsOwner(session, party, owner); code != kOk) return code;
  v1::ListFacilitiesRequest request;
  request.set_page_size(kPage);
  if (!ReadFilter(session, owner, args, *request.mutable_filter())) return kUsage;
  return session.List<v1::ListFacilitiesResponse>(
      "education", kList, request, kNoFacilities,
      [&](const auto& all) { return TableOfFacilities(session.language(), all.facilities()); });
}

ExitCode FacilityAdd(Session& session, Party party, const FacilityArgs& args) {
  std::string owner;
  if (const ExitCode code = OpenAsOwner(session, party, owner); code != kOk) return code;
  v1::CreateFacilityRequest request;
  request.set_facility_id(args.name);
  request.set_request_id(session.request_id());
  v1::Facility& facility = *request.mutable_facility();
  facility.set_owner(owner);
  facility.set_kind(EnumOf<v1::FacilityKind>("FACILITY_KIND_", kUsualFacility));
  if (!ReadFacility(session, owner, args, facility)) return kUsage;
  return session.Change<v1::Facility>("education", kAdd, request);
}

ExitCode FacilityChange(Session& session, Party party, const FacilityArgs& args) {
  std::string owner;
  if (const ExitCode code = OpenAsOwner(session, party, owner); code != kOk) return code;
  v1::UpdateFacilityRequest request;
  v1::Facility& facility = *request.mutable_facility();
  if (!ReadFacility(session, owner, args, facility)) return kUsage;
  *request.mutable_update_mask() = MaskOf(args, facility);
  if (request.update_mask().paths().empty()) {
    return session.Fail(kUsage, session.Say(kNothingWritten), session.Say(kWriteSomething));
  }
  facility.set_name(FacilityName(args.name));
  request.set_request_id(session.request_id());
  return session.Change<v1::Facility>("education", kUpdate, request);
}

ExitCode FacilityPause(Session& session, Party party, const FacilityArgs& args) {
  return MoveFacility<v1::PauseFacilityRequest>(session, party, args, kPause);
}

ExitCode FacilityOpen(Session& session, Party party, const FacilityArgs& args) {
  return MoveFacility<v1::OpenFacilityRequest>(session, party, args, kOpen);
}

ExitCode FacilityClose(Session& session, Party party, const FacilityArgs& args) {
  return MoveFacility<v1::CloseFacilityRequest>(session, party, args, kClose);
}

ExitCode FacilityFree(Session& session, Party party, const FacilityArgs& args) {
  std::string owner;
  if (const ExitCode code = OpenAsOwner(session, party, owner); code != kOk) return code;
  v1::GetFacilityUseRequest request;
  request.set_name(FacilityName(args.name));
  if (!ReadDays(session, args, request)) return kUsage;
  if (session.Explains("education", kUse, request)) return kOk;
  v1::GetFacilityUseResponse use;
  if (!session.Call("education", kUse, request, &use)) return kFailure;
  session.PrintList(use, TableOfFreeSeats(session.language(), use.intervals()), &kNotOpen);
  return kOk;
}

ExitCode FacilityBook(Session& session, Party party, const FacilityArgs& args) {
  std::string owner;
  if (const ExitCode code = OpenAsOwner(session, party, owner); code != kOk) return code;
  v1::BookFacilityRequest request;
  request.set_request_id(session.request_id());
  v1::FacilityBooking& booking = *request.mutable_facility_booking();
  int start = 0, end = 0;
  if (!ReadDays(session, args, booking) || !ReadTime(session, args.time, start, end)) return kUsage;
  booking.set_facility(FacilityName(args.name));
  booking.set_booker(owner);
  booking.set_start_minute(start);
  booking.set_end_minute(end);
  booking.set_seats(args.seats);
  booking.set_purpose(EnumOf<v1::BookingPurpose>("BOOKING_PURPOSE_", args.purpose));
  booking.set_microcredential_version(MicrocredentialVersionName(args.version));
  return session.Change<v1::FacilityBooking>("education", kBook, request);
}

ExitCode FacilityBookings(Session& session, Party party, const FacilityArgs& args) {
  std::string owner;
  if (const ExitCode code = OpenAsOwner(session, party, owner); code != kOk) return code;
  v1::ListFacilityBookingsRequest request;
  request.set_page_size(kPage);
  request.set_order_by("begin_date desc");  // those to come before those that are over
  std::string& filter = *request.mutable_filter();
  filter =
      absl::StrCat(args.hosted || !args.name.empty() ? "host" : "booker", " = \"", owner, "\"");
  if (!args.name.empty()) {
    absl::StrAppend(&filter, " AND facility = \"", FacilityName(args.name), "\"");
  }
  return session.List<v1::ListFacilityBookingsResponse>(
      "education", kListBookings, request, kNoBookings, [&](const auto& all) {
        return TableOfBookings(session.language(), all.facility_bookings(), owner);
      });
}

ExitCode FacilityCancel(Session& session, Party party, const FacilityArgs& args) {
  std::string owner;
  if (const ExitCode code = OpenAsOwner(session, party, owner); code != kOk) return code;
  return session.Change<v1::FacilityBooking>(
      "education", kCancel,
      About<v1::CancelFacilityBookingRequest>(
          session, absl::StrCat("facilityBookings/", LastId(args.name))));
}

ExitCode FacilityShare(Session& session, Party party, const FacilityArgs& args) {
  std::string owner;
  if (const ExitCode code = OpenAsOwner(session, party, owner); code != kOk) return code;
  v1::ShareFacilityRequest request;
  request.set_request_id(session.request_id());
  v1::SharingAgreement& agreement = *request.mutable_sharing_agreement();
  if (!ReadDays(session, args, agreement)) return kUsage;
  agreement.set_facility(FacilityName(args.name));
  agreement.set_guest(OrganizationPath(args.guest));
  agreement.set_weekly_minutes_most(args.hours * kMinutesOfHour);
  return session.Change<v1::SharingAgreement>("education", kShare, request);
}

ExitCode FacilityShares(Session& session, Party party, const FacilityArgs& args) {
  std::string owner;
  if (const ExitCode code = OpenAsOwner(session, party, owner); code != kOk) return code;
  // A company is never a guest, and nobody is one's own.
  std::vector<absl::string_view> sides = {"host"};
  if (party == Party::kSchool) sides.push_back("guest");
  v1::ListSharingAgreementsResponse all;
  for (const absl::string_view side : sides) {
    v1::ListSharingAgreementsRequest request;
    request.set_page_size(kPage);
    request.set_filter(absl::StrCat(side, " = \"", owner, "\""));
    if (session.Explains("education", kListShares, request)) continue;
    if (!session.CallForAll("education", kListShares, request, &all)) return kFailure;
  }
  if (session.options().explain) return kOk;
  session.PrintList(all, TableOfSharing(session.language(), all.sharing_agreements(), owner),
                    &kNoShares);
  return kOk;
}

ExitCode FacilityAnswer(Session& session, Party party, const FacilityArgs& args) {
  return args.answer == "accept"
             ? ChangeAgreement<v1::AcceptSharingAgreementRequest>(session, party, args, kAccept)
             : ChangeAgreement<v1::RefuseSharingAgreementRequest>(session, party, args, kRefuse);
}

ExitCode FacilityUnshare(Session& session, Party party, const FacilityArgs& args) {
  return ChangeAgreement<v1::EndSharingAgreementRequest>(session, party, args, kEnd);
}

}  // namespace puente::cli
