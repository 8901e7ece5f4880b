#include "modules/economy/place_reservations/store.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "modules/economy/place_reservations/resource.h"
#include "modules/economy/place_rules/service.h"
#include "modules/economy/training_places/rules.h"

namespace puente::economy::store {
namespace {

constexpr sql::Query kGuard{"economy.reservations.guard",
                            "INSERT INTO reserving_organization (organization, guard)"
                            " VALUES (?, 1) ON DUPLICATE KEY UPDATE guard = guard + 1"};
// States in which a reservation has a seat are the first three.
std::string ReadForText() {
  return absl::StrCat(
      "SELECT (SELECT state FROM company WHERE id = ?),"
      " (SELECT COUNT(*) FROM place_reservation FORCE INDEX (by_organization_state)"
      " WHERE organization = ? AND state = 1),"
      " (SELECT id FROM place_reservation FORCE INDEX (by_learner)"
      " WHERE organization = ? AND learner = ? AND start_date <= ? AND end_date >= ?"
      " AND state IN (1, 2, 3) LIMIT 1),"
      " (SELECT pseudonym FROM company_learner WHERE company = ? AND learner = ?),"
      " (SELECT held_most FROM place_rule",
      kWhichCounts, "), (SELECT hold_hours FROM place_rule", kWhichCounts,
      "), (SELECT offered - held - confirmed - started FROM training_place_seats"
      " WHERE training_place = ?)");
}
constexpr sql::Query kReservedDays{
    "economy.reservations.days",
    "SELECT MIN(start_date), MAX(end_date) FROM place_reservation FORCE INDEX (by_place)"
    " WHERE company = ? AND training_place = ? AND state IN (1, 2, 3)"};
constexpr sql::Query kKnow{"economy.company_learner.add",
                           "INSERT INTO company_learner (company, learner, pseudonym)"
                           " VALUES (?, ?, ?)"};

constexpr sql::Query kNotice{"economy.place_notice.add",
                             "INSERT INTO place_notice (reservation, state) VALUES (?, ?)"
                             " ON DUPLICATE KEY UPDATE state = VALUES(state)"};
constexpr sql::Query kReadNotices{
    "economy.place_notice.read",
    "SELECT reservation FROM place_notice ORDER BY reservation LIMIT 500"};
constexpr absl::string_view kForgetNotices =
    "DELETE FROM place_notice WHERE state = ? AND reservation IN ";

std::string Text(const google::type::Date& day) { return absl::FormatCivilTime(ToCivilDay(day)); }

}  // namespace

absl::Status GuardReserving(journal::Transaction& tx, const std::string& organization) {
  return tx.Execute(kGuard, {organization}).status();
}

absl::StatusOr<Found> ReadFor(sql::Session& session, const v1::PlaceReservation& reservation,
                              absl::CivilDay today) {
  static const auto* const text = new std::string(ReadForText());
  const v1::PlaceRule usual = UsualPlaceRule();
  Found found;
  const std::string day = absl::FormatCivilTime(today);
  const std::string &organization = reservation.organization(), &learner = reservation.learner(),
                    &company = reservation.company();
  const std::string first = Text(reservation.start_date()), last = Text(reservation.end_date());
  RETURN_IF_ERROR(session.Each(
      {"economy.reservations.read_for", *text},
      {absl::StripPrefix(company, "companies/"), organization, organization, learner, last, first,
       company, learner, organization, day, organization, day, reservation.training_place()},
      [&](const sql::Row& row) {
        found.company = static_cast<v1::CompanyState>(row.Int64(0));
        found.held = row.Int64(1);
        if (!row.IsNull(2)) found.placed = absl::StrCat("placeReservations/", row.Text(2));
        found.company_learner = row.Text(3);
        const bool ruled = !row.IsNull(4);
        found.held_most = ruled ? row.Int64(4) : usual.held_most();
        found.hold_hours = ruled ? row.Int64(5) : usual.hold_hours();
        found.free = row.IsNull(6) ? 0 : row.Int64(6);
        return absl::OkStatus();
      }));
  return found;
}

absl::StatusOr<absl::Time> FirstExpiry(sql::Session& session, const std::string& organization) {
  static const auto* const text =
      new std::string(absl::StrCat("SELECT ", sql::Micros("MIN(expire_time)"),
                                   " FROM place_reservation FORCE INDEX (by_organization_state)"
                                   " WHERE organization = ? AND state = 1"));
  ASSIGN_OR_RETURN(const int64_t micros,
                   session.Number({"economy.reservations.first_expiry", *text}, {organization}));
  return absl::FromUnixMicros(micros);
}

absl::Status Know(journal::Transaction& tx, const v1::PlaceReservation& reservation) {
  return tx
      .Execute(kKnow, {reservation.company(), reservation.learner(), reservation.company_learner()})
      .status();
}

absl::Status Notice(journal::Transaction& tx, const v1::PlaceReservation& reservation) {
  ASSIGN_OR_RETURN(const resource::Ids ids,
                   PlaceReservations().pattern().Parse(reservation.name(), "name"));
  return tx.Execute(kNotice, {ids.front(), static_cast<int>(reservation.state())}).status();
}

absl::StatusOr<std::vector<std::string>> ReadNotices(sql::Session& session) {
  std::vector<std::string> names;
  RETURN_IF_ERROR(session.Each(kReadNotices, {}, [&](const sql::Row& row) {
    names.push_back(PlaceReservations().pattern().Format({row.Text(0)}));
    return absl::OkStatus();
  }));
  return names;
}

absl::Status ForgetNotices(journal::Transaction& tx, const std::vector<v1::PlaceNotice>& told) {
  std::map<int, std::vector<std::string>> by_state;
  for (const v1::PlaceNotice& notice : told) {
    ASSIGN_OR_RETURN(resource::Ids ids,
                     PlaceReservations().pattern().Parse(notice.place_reservation(), "notices"));
    by_state[notice.state()].push_back(std::move(ids.front()));
  }
  for (const auto& [state, ids] : by_state) {
    std::vector<sql::Value> values = {state};
    sql::AppendList(ids, values);
    const std::string text = absl::StrCat(kForgetNotices, sql::InList(ids.size()));
    RETURN_IF_ERROR(tx.Execute({"economy.place_notice.forget", text}, values).status());
  }
  return absl::OkStatus();
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
