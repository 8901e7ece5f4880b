// How long offers stand, and what reservations must say, as tables of cases.
#include "modules/economy/place_reservations/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/economy/training_places/rules.h"
#include "tests/testing/status.h"

namespace puente::economy {
namespace {

using puente::testing::HasReason;
using puente::testing::IsOk;

const absl::CivilDay kToday(2027, 3, 10);

v1::TrainingPlace Place(int end, int due, v1::TrainingPlaceState state) {
  v1::TrainingPlace place;
  place.set_name("companies/acme/trainingPlaces/one");
  *place.mutable_start_date() = ToProto(kToday - 30);
  *place.mutable_end_date() = ToProto(kToday + end);
  *place.mutable_confirm_due_date() = ToProto(kToday + due);
  place.set_state(state);
  return place;
}

std::string Wrong(const std::vector<Violation>& violations) {
  std::string wrong;
  for (const Violation& each : violations) absl::StrAppend(&wrong, each.field, " ", each.rule, ";");
  return wrong;
}

TEST(TrainingPlaceRules, SayWhenAPlaceTurns) {
  constexpr auto kOpen = v1::TRAINING_PLACE_STATE_OPEN, kPaused = v1::TRAINING_PLACE_STATE_PAUSED,
                 kClosed = v1::TRAINING_PLACE_STATE_CLOSED;
  struct Case {
    int end, due;  // days from today
    int asked;     // days ago; -1: not
    v1::TrainingPlaceState state;
    int turns;  // days from today; -1: never
    v1::TrainingPlaceState after;
    bool asks;  // afterwards
  };
  const Case cases[] = {
      {10, 60, -1, kOpen, 11, kOpen, false},         // nothing to do
      {0, 60, -1, kOpen, 1, kOpen, false},           // its last day
      {-1, 60, -1, kOpen, 0, kClosed, false},        // past
      {100, 1, -1, kOpen, 1, kOpen, false},          // asked tomorrow
      {100, 0, -1, kOpen, 0, kOpen, true},           // asked today
      {100, -40, -1, kOpen, -40, kOpen, true},       // late, and there are 14 days all the same
      {100, -13, 13, kOpen, 1, kOpen, true},         // one day left to answer
      {100, -14, 14, kOpen, 0, kPaused, true},       // nobody answered
      {-1, -14, 14, kOpen, 0, kClosed, true},        // past comes first
      {100, -40, -1, kPaused, 101, kPaused, false},  // what is paused is not asked about
      {-1, 60, -1, kPaused, 0, kClosed, false},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(absl::StrCat(each.end, " ", each.due, " ", each.asked, " ", each.state));
    v1::TrainingPlace place = Place(each.end, each.due, each.state);
    if (each.asked >= 0) *place.mutable_ask_date() = ToProto(kToday - each.asked);
    EXPECT_EQ(TurnsAt(place), StartOf(kToday + each.turns));
    Settle(StartOf(kToday), place);
    EXPECT_EQ(place.state(), each.after);
    EXPECT_EQ(place.has_ask_date(), each.asks);
    EXPECT_GT(TurnsAt(place), StartOf(kToday)) << "it has turned";
    EXPECT_EQ(place.close_reason() == v1::PLACE_CLOSE_REASON_EXPIRED, each.after == kClosed);
  }
  EXPECT_EQ(TurnsAt(Place(-1, -1, kClosed)), absl::InfiniteFuture());
}

TEST(TrainingPlaceRules, RenewWhatIsSaidAgain) {
  v1::TrainingPlace place = Place(100, -5, v1::TRAINING_PLACE_STATE_OPEN);
  Settle(StartOf(kToday), place);
  ASSERT_TRUE(place.has_ask_date());
  Renew(kToday, place);
  EXPECT_FALSE(place.has_ask_date());
  EXPECT_EQ(ToCivilDay(place.confirm_due_date()), kToday + 60);
}

TEST(TrainingPlaceRules, HoldClosingsToTheirReasons) {
  struct Case {
    v1::PlaceCloseReason reason;
    v1::PlaceChannel channel;
    const char* wrong;
  };
  const Case cases[] = {
      {v1::PLACE_CLOSE_REASON_FILLED, v1::PLACE_CHANNEL_PUENTE, ""},
      {v1::PLACE_CLOSE_REASON_FILLED, v1::PLACE_CHANNEL_UNSPECIFIED, "channel REQUIRED;"},
      {v1::PLACE_CLOSE_REASON_WITHDRAWN, v1::PLACE_CHANNEL_UNSPECIFIED, ""},
      {v1::PLACE_CLOSE_REASON_WITHDRAWN, v1::PLACE_CHANNEL_OTHER, "channel ONLY_IF_FILLED;"},
      {v1::PLACE_CLOSE_REASON_EXPIRED, v1::PLACE_CHANNEL_UNSPECIFIED, "close_reason ONE_OF;"},
  };
  for (const Case& each : cases) {
    v1::TrainingPlace closed;
    closed.set_close_reason(each.reason);
    closed.set_channel(each.channel);
    EXPECT_EQ(Wrong(CheckClosing(closed)), each.wrong);
  }
}

TEST(TrainingPlaceRules, HoldStaysToTheDaysOfThePlace) {
  v1::TrainingPlace place = Place(10, 60, v1::TRAINING_PLACE_STATE_OPEN);
  struct Case {
    int place_start, start, end;  // days from today
    const char* wrong;
  };
  const Case cases[] = {
      {-30, 0, 10, ""},
      {-30, -1, 10, "place_reservation.start_date BEFORE_TODAY;"},
      {-30, 0, 11, "place_reservation.end_date OUTSIDE_PLACE;"},
      {5, 4, 10, "place_reservation.start_date OUTSIDE_PLACE;"},
      {5, 5, 5, ""},
      {5, 11, 12,
       "place_reservation.start_date OUTSIDE_PLACE;place_reservation.end_date OUTSIDE_PLACE;"},
  };
  for (const Case& each : cases) {
    *place.mutable_start_date() = ToProto(kToday + each.place_start);
    v1::PlaceReservation reservation;
    *reservation.mutable_start_date() = ToProto(kToday + each.start);
    *reservation.mutable_end_date() = ToProto(kToday + each.end);
    EXPECT_EQ(Wrong(CheckStay(reservation, place, kToday)), each.wrong) << each.start;
  }
}

TEST(PlaceReservationRules, WantLearnersOfTheOrganization) {
  v1::PlaceReservation reservation;
  reservation.set_organization("organizations/ut");
  reservation.set_learner("organizations/ut/learners/1");
  EXPECT_EQ(Wrong(CheckLearner(reservation)), "");
  for (const char* other : {"organizations/utt/learners/1", "organizations/uaq/learners/1"}) {
    reservation.set_learner(other);
    EXPECT_EQ(Wrong(CheckLearner(reservation)), "place_reservation.learner LEARNER_OF_ANOTHER;");
  }
}

TEST(PlaceReservationRules, HoldForATime) {
  const absl::Time end = StartOf(kToday) + absl::Hours(8);
  v1::PlaceReservation held;
  held.set_state(v1::PLACE_RESERVATION_STATE_HELD);
  *held.mutable_expire_time() = ToProto(end);
  EXPECT_EQ(ExpiresAt(held), end);
  EXPECT_THAT(CheckStillHeld(held, end - absl::Seconds(1)), IsOk());
  EXPECT_THAT(CheckStillHeld(held, end), HasReason("RESERVATION_LAPSED"));
  Expire(end, held);
  EXPECT_EQ(held.state(), v1::PLACE_RESERVATION_STATE_RELEASED);
  EXPECT_EQ(held.release_cause(), v1::RELEASE_CAUSE_EXPIRED);
  EXPECT_EQ(ExpiresAt(held), absl::InfiniteFuture());
}

TEST(PlaceReservationRules, HaveStaysBeginAndEnd) {
  v1::PlaceReservation stay;
  *stay.mutable_start_date() = ToProto(kToday);
  *stay.mutable_end_date() = ToProto(kToday + 2);
  EXPECT_THAT(CheckHasBegun(stay, kToday - 1), HasReason("STAY_TO_COME"));
  EXPECT_THAT(CheckHasBegun(stay, kToday), IsOk());
  EXPECT_THAT(CheckNotOver(stay, kToday + 2), IsOk());
  EXPECT_THAT(CheckNotOver(stay, kToday + 3), HasReason("STAY_OVER"));
}

TEST(PlaceReservationRules, GiveADayForWhatFollows) {
  v1::PlaceRule rule;
  rule.set_another_place_days(15);
  rule.set_pause_days(30);
  rule.set_end_days(5);
  EXPECT_EQ(FollowDueDay(rule, v1::FOLLOW_UP_ANOTHER_PLACE, kToday), kToday + 15);
  EXPECT_EQ(FollowDueDay(rule, v1::FOLLOW_UP_PAUSE, kToday), kToday + 30);
  EXPECT_EQ(FollowDueDay(rule, v1::FOLLOW_UP_END, kToday), kToday + 5);
}

}  // namespace
}  // namespace puente::economy
