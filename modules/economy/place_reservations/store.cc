#include "modules/economy/place_reservations/store.h"

#include <map>
#include <set>

#include "absl/numeric/bits.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "common/resource/standard.h"
#include "common/sql/bulk.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "modules/economy/place_reservations/resource.h"
#include "modules/economy/place_rules/service.h"
#include "modules/economy/training_places/resource.h"
#include "modules/economy/training_places/rules.h"

namespace puente::economy::store {
namespace {

constexpr sql::BulkInsert kGuard{"economy.reservations.guard",
                                 "INSERT INTO reserving_organization (organization, guard) VALUES",
                                 2, " ON DUPLICATE KEY UPDATE guard = guard + 1"};
// What each row of ReadForText() is about.
enum Part { kPlace, kHeld, kStay, kRule };
constexpr sql::Query kReservedDays{
    "economy.reservations.days",
    "SELECT MIN(start_date), MAX(end_date) FROM place_reservation FORCE INDEX (by_place)"
    " WHERE company = ? AND training_place = ? AND state IN (1, 2, 3)"};
constexpr sql::Query kNotice{"economy.place_notice.add",
                             "INSERT INTO place_notice (reservation, state) VALUES (?, ?)"
                             " ON DUPLICATE KEY UPDATE state = VALUES(state)"};
constexpr sql::Query kReadNotices{
    "economy.place_notice.read",
    "SELECT reservation FROM place_notice ORDER BY reservation LIMIT 500"};
constexpr absl::string_view kForgetNotices =
    "DELETE FROM place_notice WHERE state = ? AND reservation IN ";

// "part, of whom, what, two texts, five numbers, two days", of so many places and reservations;
// states in which a reservation has a seat are the first three.
std::string ReadForText(size_t places, size_t reservations) {
  const std::string list = sql::InList(reservations);
  const auto pairs = [](size_t count, absl::string_view pair) {
    return absl::StrJoin(std::vector<absl::string_view>(absl::bit_ceil(count), pair), " OR ");
  };
  return absl::StrCat(
      "SELECT 0, p.company, p.id, '', '', p.state, p.version, p.seat_count,"
      " s.offered - s.held - s.confirmed - s.started, c.state, p.start_date, p.end_date"
      " FROM training_place p FORCE INDEX (PRIMARY) JOIN company c ON c.id = p.company"
      " JOIN training_place_seats s"
      " ON s.training_place = CONCAT('companies/', p.company, '/trainingPlaces/', p.id) WHERE ",
      pairs(places, "(p.company = ? AND p.id = ?)"),
      " UNION ALL SELECT 1, organization, '', '', '', COUNT(*), 0, 0, 0, 0, NULL, NULL"
      " FROM place_reservation FORCE INDEX (by_organization_state) WHERE organization IN ",
      list,
      " AND state = 1 GROUP BY organization"
      " UNION ALL SELECT 2, learner, id, company, company_learner,"
      " state IN (1, 2, 3) AND end_date >= ?, 0, 0, 0, 0, start_date, end_date"
      " FROM place_reservation FORCE INDEX (by_learner) WHERE ",
      pairs(reservations, "(organization = ? AND learner = ?)"),
      " UNION ALL SELECT 3, organization, '', '', '', held_most, hold_hours, 0, 0, 0, begin_date,"
      " NULL FROM place_rule WHERE (organization = '' OR organization IN ",
      list, ") AND begin_date <= ?");
}

// The values of that.
std::vector<sql::Value> ValuesFor(const std::set<std::string>& places, Reservations reservations,
                                  const std::string& today) {
  std::vector<sql::Value> values;
  std::vector<absl::string_view> padded_places(places.begin(), places.end());
  padded_places.resize(absl::bit_ceil(padded_places.size()), padded_places.back());
  for (const absl::string_view place : padded_places) {
    const std::vector<absl::string_view> ids = absl::StrSplit(place, '/');
    // Of what is no name of a place none is found.
    values.insert(values.end(), {ids.size() == 4 ? ids[1] : "", ids.back()});
  }
  std::vector<const v1::PlaceReservation*> padded(reservations.begin(), reservations.end());
  padded.resize(absl::bit_ceil(padded.size()), padded.back());
  for (const auto* one : padded) values.emplace_back(one->organization());
  values.emplace_back(today);
  for (const auto* one : padded) {
    values.insert(values.end(), {one->organization(), one->learner()});
  }
  for (const auto* one : padded) values.emplace_back(one->organization());
  values.emplace_back(today);
  return values;
}

// A row of a place.
void AddPlace(const sql::Row& row, std::map<std::string, Found::Place>& places) {
  const std::string name = TrainingPlaces().pattern().Format({row.Text(1), row.Text(2)});
  Found::Place& found = places[name];
  found.place.set_name(name);
  found.place.set_state(static_cast<v1::TrainingPlaceState>(row.Int64(5)));
  resource::standard::SetVersion(found.place, row.Int64(6));
  found.place.set_seat_count(static_cast<int>(row.Int64(7)));
  found.free = row.Int64(8);
  found.company = static_cast<v1::CompanyState>(row.Int64(9));
  *found.place.mutable_start_date() = ToProto(row.Day(10));
  *found.place.mutable_end_date() = ToProto(row.Day(11));
}

// A row of a learner's reservation.
void AddStay(const sql::Row& row, Found& found) {
  const std::string learner = row.Text(1);
  found.pseudonyms[{row.Text(3), learner}] = row.Text(4);
  if (row.Int64(5) == 0) return;
  found.stays[learner].push_back(
      {PlaceReservations().pattern().Format({row.Text(2)}), row.Day(10), row.Day(11)});
}

// The rule of an organization, of all that have begun: its own before that of all, the last one of
// these.
class Rules {
 public:
  void Add(const sql::Row& row) {
    rules_[{row.Text(1), row.Day(10)}] = {static_cast<int>(row.Int64(5)),
                                          static_cast<int>(row.Int64(6))};
  }
  Found::Rule Of(const std::string& organization) const {
    for (const std::string& whose : {organization, std::string()}) {
      auto after = rules_.upper_bound({whose, absl::CivilDay::max()});
      if (after != rules_.begin() && (--after)->first.first == whose) return after->second;
    }
    const v1::PlaceRule usual = UsualPlaceRule();
    return {usual.held_most(), usual.hold_hours()};
  }

 private:
  std::map<std::pair<std::string, absl::CivilDay>, Found::Rule> rules_;  // by whose, and first day
};

}  // namespace

absl::Status GuardReserving(journal::Transaction& tx, Reservations reservations) {
  std::set<std::string> organizations;
  for (const auto* one : reservations) organizations.insert(one->organization());
  std::vector<sql::Value> values;
  for (const std::string& one : organizations) values.insert(values.end(), {one, 1});
  return tx.InsertRows(kGuard, values);
}

absl::StatusOr<Found> ReadFor(sql::Session& session, Reservations reservations,
                              absl::CivilDay today) {
  Found found;
  Rules rules;
  std::set<std::string> places;
  for (const auto* one : reservations) places.insert(one->training_place());
  const std::string day = absl::FormatCivilTime(today),
                    text = ReadForText(places.size(), reservations.size());
  RETURN_IF_ERROR(session.Each({"economy.reservations.read_for", text},
                               ValuesFor(places, reservations, day), [&](const sql::Row& row) {
                                 switch (row.Int64(0)) {
                                   case kPlace:
                                     AddPlace(row, found.places);
                                     break;
                                   case kHeld:
                                     found.held[row.Text(1)] = row.Int64(5);
                                     break;
                                   case kStay:
                                     AddStay(row, found);
                                     break;
                                   case kRule:
                                     rules.Add(row);
                                     break;
                                 }
                                 return absl::OkStatus();
                               }));
  for (const auto* one : reservations) {
    found.rules[one->organization()] = rules.Of(one->organization());
  }
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
