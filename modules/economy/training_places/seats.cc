#include "modules/economy/training_places/seats.h"

#include "absl/strings/str_cat.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "modules/economy/errors.h"

namespace puente::economy {
namespace {

constexpr sql::BulkInsert kOffer{
    "economy.seats.offer",
    "INSERT INTO training_place_seats (training_place, offered, held, confirmed, started) VALUES",
    5,
    // Of an id that is taken: whoever adds such a place is told so a moment later.
    " ON DUPLICATE KEY UPDATE offered = offered"};
constexpr sql::Query kChange{"economy.seats.change",
                             "UPDATE training_place_seats SET offered = ?"
                             " WHERE training_place = ? AND held + confirmed + started <= ?"};
constexpr sql::Query kTake{
    "economy.seats.take",
    "UPDATE training_place_seats SET held = held + ?"
    " WHERE training_place = ? AND held + confirmed + started + ? <= offered"};
constexpr sql::Query kMove{
    "economy.seats.move",
    "UPDATE training_place_seats SET held = held + ?, confirmed = confirmed + ?,"
    " started = started + ? WHERE training_place = ?"};
constexpr absl::string_view kRead =
    "SELECT training_place, offered, held, confirmed, started FROM training_place_seats"
    " WHERE training_place IN ";
// States in which a reservation has a seat are the first three.
constexpr absl::string_view kReadOwn =
    "SELECT training_place, state, COUNT(*) FROM place_reservation FORCE INDEX (by_own)"
    " WHERE organization = ? AND state IN (1, 2, 3) AND training_place IN ";

// One more or less of where a reservation in this state is counted; of states without a seat
// nothing.
void Count(v1::PlaceReservationState state, int change, v1::TakenSeats& taken) {
  if (state == v1::PLACE_RESERVATION_STATE_HELD) taken.set_held(taken.held() + change);
  if (state == v1::PLACE_RESERVATION_STATE_CONFIRMED) {
    taken.set_confirmed(taken.confirmed() + change);
  }
  if (state == v1::PLACE_RESERVATION_STATE_STARTED) taken.set_started(taken.started() + change);
}

// What guards are ordered by: the place itself comes before its seats.
std::string SeatOf(const v1::PlaceReservation& reservation) {
  return absl::StrCat(reservation.training_place(), "/", reservation.name());
}

absl::Status Missing() { return Error(sql::error::kRowCorrupt, "column"_is("training_place")); }

}  // namespace

absl::Status OfferSeats(journal::Transaction& tx,
                        absl::Span<const v1::TrainingPlace* const> places) {
  if (places.empty()) return absl::OkStatus();
  std::vector<sql::Value> values;
  for (const v1::TrainingPlace* place : places) {
    values.insert(values.end(), {place->name(), place->seat_count(), 0, 0, 0});
  }
  return tx.InsertRows(kOffer, values);
}

absl::Status ChangeSeats(journal::Transaction& tx, const v1::TrainingPlace& after) {
  ASSIGN_OR_RETURN(const auto seats, ReadSeats(tx, {after.name()}));
  const auto found = seats.find(after.name());
  if (found == seats.end()) return Missing();
  if (after.seat_count() < found->second.taken_count()) {
    return Error(error::kSeatsTaken, "name"_is(after.name()),
                 "taken"_is(found->second.taken_count()), "seat_count"_is(after.seat_count()),
                 "field"_is("training_place.seat_count"));
  }
  if (after.seat_count() == found->second.offered) return absl::OkStatus();
  ASSIGN_OR_RETURN(const int64_t changed,
                   tx.Execute(kChange, {after.seat_count(), after.name(), after.seat_count()}));
  return changed == 1 ? absl::OkStatus() : Missing();
}

void TakeSeats(journal::Transaction& tx, absl::Span<v1::PlaceReservation* const> reservations) {
  std::map<std::string, int> wanted;
  for (const auto* one : reservations) ++wanted[one->training_place()];
  for (const auto& [place, count] : wanted) {
    tx.AddGuard(absl::StrCat(place, "/"), {0, kTake, {count, std::string(place), count}});
  }
}

void MoveSeat(journal::Transaction& tx, v1::PlaceReservationState from,
              const v1::PlaceReservation& after) {
  v1::TakenSeats change;
  Count(from, -1, change);
  Count(after.state(), 1, change);
  tx.AddGuard(SeatOf(after), {0,
                              kMove,
                              {change.held(), change.confirmed(), change.started(),
                               std::string(after.training_place())}});
}

absl::StatusOr<std::map<std::string, Seats>> ReadSeats(sql::Session& session,
                                                       absl::Span<const std::string> places) {
  std::map<std::string, Seats> seats;
  std::vector<sql::Value> values;
  sql::AppendList(places, values);
  const std::string text = absl::StrCat(kRead, sql::InList(places.size()));
  RETURN_IF_ERROR(session.Each({"economy.seats.read", text}, values, [&](const sql::Row& row) {
    Seats& one = seats[row.Text(0)];
    one.offered = static_cast<int>(row.Int64(1));
    one.taken.set_held(static_cast<int>(row.Int64(2)));
    one.taken.set_confirmed(static_cast<int>(row.Int64(3)));
    one.taken.set_started(static_cast<int>(row.Int64(4)));
    return absl::OkStatus();
  }));
  return seats;
}

absl::StatusOr<std::map<std::string, v1::TakenSeats>> ReadOwnSeats(
    sql::Session& session, const std::string& organization, absl::Span<const std::string> places) {
  std::map<std::string, v1::TakenSeats> own;
  std::vector<sql::Value> values = {organization};
  sql::AppendList(places, values);
  const std::string text =
      absl::StrCat(kReadOwn, sql::InList(places.size()), " GROUP BY training_place, state");
  RETURN_IF_ERROR(session.Each({"economy.seats.read_own", text}, values, [&](const sql::Row& row) {
    Count(static_cast<v1::PlaceReservationState>(row.Int64(1)), static_cast<int>(row.Int64(2)),
          own[row.Text(0)]);
    return absl::OkStatus();
  }));
  return own;
}

}  // namespace puente::economy
