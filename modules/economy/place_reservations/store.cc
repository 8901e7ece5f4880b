#include "modules/economy/place_reservations/store.h"

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "modules/economy/training_places/rules.h"

namespace puente::economy::store {
namespace {

constexpr sql::Query kGuard{"economy.reservations.guard",
                            "INSERT INTO reserving_organization (organization, guard)"
                            " VALUES (?, 1) ON DUPLICATE KEY UPDATE guard = guard + 1"};
// States in which a reservation has a seat are the first three.
constexpr sql::Query kPlaced{
    "economy.reservations.placed",
    "SELECT id FROM place_reservation FORCE INDEX (by_learner)"
    " WHERE organization = ? AND learner = ? AND start_date <= ? AND end_date >= ?"
    " AND state IN (1, 2, 3) LIMIT 1"};
constexpr sql::Query kReservedDays{
    "economy.reservations.days",
    "SELECT MIN(start_date), MAX(end_date) FROM place_reservation FORCE INDEX (by_place)"
    " WHERE company = ? AND training_place = ? AND state IN (1, 2, 3)"};
constexpr sql::Query kKnow{"economy.company_learner.add",
                           "INSERT IGNORE INTO company_learner (company, learner, pseudonym)"
                           " VALUES (?, ?, ?)"};
constexpr sql::Query kKnown{
    "economy.company_learner.read",
    "SELECT pseudonym FROM company_learner WHERE company = ? AND learner = ?"};

std::string Text(const google::type::Date& day) { return absl::FormatCivilTime(ToCivilDay(day)); }

}  // namespace

absl::Status GuardReserving(journal::Transaction& tx, const std::string& organization) {
  return tx.Execute(kGuard, {organization}).status();
}

absl::StatusOr<Held> ReadHeld(sql::Session& session, const std::string& organization) {
  static const auto* const text =
      new std::string(absl::StrCat("SELECT COUNT(*), ", sql::Micros("MIN(expire_time)"),
                                   " FROM place_reservation FORCE INDEX (by_organization_state)"
                                   " WHERE organization = ? AND state = 1"));
  Held held;
  RETURN_IF_ERROR(
      session.Each({"economy.reservations.held", *text}, {organization}, [&](const sql::Row& row) {
        held.count = row.Int64(0);
        held.first_expires = absl::FromUnixMicros(row.Int64(1));
        return absl::OkStatus();
      }));
  return held;
}

absl::StatusOr<std::optional<std::string>> FindPlaced(sql::Session& session,
                                                      const v1::PlaceReservation& reservation) {
  std::optional<std::string> placed;
  const std::string first = Text(reservation.start_date()), last = Text(reservation.end_date());
  RETURN_IF_ERROR(session.Each(kPlaced,
                               {reservation.organization(), reservation.learner(), last, first},
                               [&](const sql::Row& row) {
                                 placed = absl::StrCat("placeReservations/", row.Text(0));
                                 return absl::OkStatus();
                               }));
  return placed;
}

absl::StatusOr<std::string> CompanyLearner(journal::Transaction& tx, const std::string& company,
                                           const std::string& learner) {
  RETURN_IF_ERROR(tx.Execute(kKnow, {company, learner, crypto::Uuid4()}).status());
  std::string pseudonym;
  sql::Session& session = tx;
  RETURN_IF_ERROR(session.Each(kKnown, {company, learner}, [&](const sql::Row& row) {
    pseudonym = row.Text(0);
    return absl::OkStatus();
  }));
  return pseudonym;
}

absl::StatusOr<std::optional<Days>> ReservedDays(sql::Session& session, const std::string& place) {
  std::optional<Days> days;
  const std::string company = CompanyOfPlace(place);
  RETURN_IF_ERROR(session.Each(kReservedDays, {company, place}, [&](const sql::Row& row) {
    if (!row.IsNull(0)) days = Days{row.Day(0), row.Day(1)};
    return absl::OkStatus();
  }));
  return days;
}

}  // namespace puente::economy::store
