#include "modules/economy/place_reservations/rules.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "modules/economy/errors.h"

namespace puente::economy {
namespace {

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

}  // namespace

std::vector<Violation> CheckLearner(const v1::PlaceReservation& reservation) {
  if (absl::StartsWith(reservation.learner(),
                       absl::StrCat(reservation.organization(), "/learners/"))) {
    return {};
  }
  return {Against(rule::kLearnerOfAnother, "organization"_is(reservation.organization()))
              .At("place_reservation.learner")
              .Reading({"place_reservation.organization"})};
}

std::vector<Violation> CheckStay(const v1::PlaceReservation& reservation,
                                 const v1::TrainingPlace& place, absl::CivilDay today) {
  std::vector<Violation> violations;
  const absl::CivilDay first = ToCivilDay(place.start_date()), last = ToCivilDay(place.end_date());
  const auto outside = [&](const char* field) {
    violations.push_back(
        Against(rule::kOutsidePlace, "first"_is(Text(first)), "last"_is(Text(last))).At(field));
  };
  const absl::CivilDay start = ToCivilDay(reservation.start_date());
  if (start < today) {
    violations.push_back(
        Against(rule::kBeforeToday, "today"_is(Text(today))).At("place_reservation.start_date"));
  } else if (start < first || last < start) {
    outside("place_reservation.start_date");
  }
  if (last < ToCivilDay(reservation.end_date())) outside("place_reservation.end_date");
  return violations;
}

absl::Time ExpiresAt(const v1::PlaceReservation& reservation) {
  return reservation.state() == v1::PLACE_RESERVATION_STATE_HELD
             ? FromProto(reservation.expire_time())
             : absl::InfiniteFuture();
}

void Expire(absl::Time now, v1::PlaceReservation& reservation) {
  reservation.set_state(v1::PLACE_RESERVATION_STATE_RELEASED);
  reservation.set_release_cause(v1::RELEASE_CAUSE_EXPIRED);
  *reservation.mutable_release_time() = ToProto(now);
}

absl::Status CheckStillHeld(const v1::PlaceReservation& held, absl::Time now) {
  const absl::Time end = FromProto(held.expire_time());
  if (now < end) return absl::OkStatus();
  return Error(error::kReservationLapsed, "name"_is(held.name()),
               "expire_time"_is(absl::FormatTime(absl::RFC3339_sec, end, absl::UTCTimeZone())));
}

absl::Status CheckHasBegun(const v1::PlaceReservation& reservation, absl::CivilDay today) {
  const absl::CivilDay first = ToCivilDay(reservation.start_date());
  if (first <= today) return absl::OkStatus();
  return Error(error::kStayToCome, "name"_is(reservation.name()), "start_date"_is(Text(first)));
}

absl::Status CheckNotOver(const v1::PlaceReservation& reservation, absl::CivilDay today) {
  const absl::CivilDay last = ToCivilDay(reservation.end_date());
  if (today <= last) return absl::OkStatus();
  return Error(error::kStayOver, "name"_is(reservation.name()), "end_date"_is(Text(last)));
}

absl::CivilDay FollowDueDay(const v1::PlaceRule& rule, v1::FollowUp follow_up,
                            absl::CivilDay broken_off) {
  switch (follow_up) {
    case v1::FOLLOW_UP_ANOTHER_PLACE:
      return broken_off + rule.another_place_days();
    case v1::FOLLOW_UP_PAUSE:
      return broken_off + rule.pause_days();
    default:
      return broken_off + rule.end_days();
  }
}

}  // namespace puente::economy
