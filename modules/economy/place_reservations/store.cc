#include "modules/economy/place_reservations/store.h"

#include <map>
#include <set>

#include "absl/numeric/bits.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

constexpr sql::BulkInsert kGuard{"economy.reservations.guard",
                                 "INSERT INTO reserving_organization (organization, guard) VALUES",
                                 2, " ON DUPLICATE KEY UPDATE guard = guard + 1"};
// What each row of ReadForText() is about.
enum Part { kCompany, kHeld, kStay, kPseudonym, kRule, kSeats };
constexpr sql::Query kReservedDays{
    "economy.reservations.days",
    "SELECT MIN(start_date), MAX(end_date) FROM place_reservation FORCE INDEX (by_place)"
    " WHERE company = ? AND training_place = ? AND state IN (1, 2, 3)"};
constexpr sql::BulkInsert kKnow{"economy.company_learner.add",
                                "INSERT INTO company_learner (company, learner, pseudonym) VALUES",
                                3};

constexpr sql::Query kNotice{"economy.place_notice.add",
                             "INSERT INTO place_notice (reservation, state) VALUES (?, ?)"
                             " ON DUPLICATE KEY UPDATE state = VALUES(state)"};
constexpr sql::Query kReadNotices{
    "economy.place_notice.read",
    "SELECT reservation FROM place_notice ORDER BY reservation LIMIT 500"};
constexpr absl::string_view kForgetNotices =
    "DELETE FROM place_notice WHERE state = ? AND reservation IN ";

// "part, of whom, what, two numbers, two days, a text", of so many each; states in which a
// reservation has a seat are the first three.
std::string ReadForText(size_t count) {
  const std::string list = sql::InList(count);
  const auto pairs = [&](absl::string_view pair) {
    return absl::StrJoin(std::vector<absl::string_view>(absl::bit_ceil(count), pair), " OR ");
  };
  return absl::StrCat(
      "SELECT 0, id, '', state, 0, NULL, NULL, '' FROM company WHERE id IN ", list,
      " UNION ALL SELECT 1, organization, '', COUNT(*), 0, NULL, NULL, '' FROM place_reservation"
      " FORCE INDEX (by_organization_state) WHERE organization IN ",
      list,
      " AND state = 1 GROUP BY organization"
      " UNION ALL SELECT 2, learner, id, 0, 0, start_date, end_date, '' FROM place_reservation"
      " FORCE INDEX (by_learner) WHERE (",
      pairs("(organization = ? AND learner = ?)"),
      ") AND end_date >= ? AND state IN (1, 2, 3)"
      " UNION ALL SELECT 3, company, learner, 0, 0, NULL, NULL, pseudonym FROM company_learner"
      " WHERE ",
      pairs("(company = ? AND learner = ?)"),
      " UNION ALL SELECT 4, organization, '', held_most, hold_hours, begin_date, NULL, ''"
      " FROM place_rule WHERE (organization = '' OR organization IN ",
      list,
      ") AND begin_date <= ?"
      " UNION ALL SELECT 5, training_place, '', offered - held - confirmed - started, 0, NULL, "
      "NULL,"
      " ''"
      " FROM training_place_seats WHERE training_place IN ",
      list);
}

// The values of that.
std::vector<sql::Value> ValuesFor(Reservations reservations, const std::string& today) {
  std::vector<const v1::PlaceReservation*> padded(reservations.begin(), reservations.end());
  padded.resize(absl::bit_ceil(padded.size()), padded.back());
  std::vector<sql::Value> values;
  for (const auto* one : padded) {
    values.emplace_back(absl::StripPrefix(one->company(), "companies/"));
  }
  for (const auto* one : padded) values.emplace_back(one->organization());
  for (const auto* one : padded) {
    values.insert(values.end(), {one->organization(), one->learner()});
  }
  values.emplace_back(today);
  for (const auto* one : padded) values.insert(values.end(), {one->company(), one->learner()});
  for (const auto* one : padded) values.emplace_back(one->organization());
  values.emplace_back(today);
  for (const auto* one : padded) values.emplace_back(one->training_place());
  return values;
}

// The rule of an organization, of all that have begun: its own before that of all, the last one of
// these.
class Rules {
 public:
  void Add(const sql::Row& row) {
    rules_[{row.Text(1), row.Day(5)}] = {static_cast<int>(row.Int64(3)),
                                         static_cast<int>(row.Int64(4))};
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
  const std::string day = absl::FormatCivilTime(today), text = ReadForText(reservations.size());
  RETURN_IF_ERROR(session.Each(
      {"economy.reservations.read_for", text}, ValuesFor(reservations, day),
      [&](const sql::Row& row) {
        const std::string of = row.Text(1), what = row.Text(2);
        const int64_t number = row.Int64(3);
        switch (row.Int64(0)) {
          case kCompany:
            found.companies[absl::StrCat("companies/", of)] = static_cast<v1::CompanyState>(number);
            break;
          case kHeld:
            found.held[of] = number;
            break;
          case kStay:
            found.stays[of].push_back(
                {absl::StrCat("placeReservations/", what), row.Day(5), row.Day(6)});
            break;
          case kPseudonym:
            found.pseudonyms[{of, what}] = row.Text(7);
            break;
          case kRule:
            rules.Add(row);
            break;
          case kSeats:
            found.free[of] = number;
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

absl::Status Know(journal::Transaction& tx, Reservations reservations) {
  std::vector<sql::Value> values;
  for (const auto* one : reservations) {
    values.insert(values.end(), {one->company(), one->learner(), one->company_learner()});
  }
  return tx.InsertRows(kKnow, values);
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
