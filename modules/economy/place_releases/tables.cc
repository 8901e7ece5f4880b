#include "modules/economy/place_releases/tables.h"

#include "absl/strings/str_cat.h"
#include "common/sql/error.h"
#include "common/status/macros.h"
#include "modules/economy/demand_statements/counted.h"
#include "modules/economy/training_places/resource.h"
#include "puente/economy/v1/place_reservation.pb.h"
#include "puente/type/v1/figure.pb.h"

namespace puente::economy {
namespace {

using ::puente::releases::EachOf;
using ::puente::releases::Family;
using ::puente::releases::Part;
using ::puente::releases::Reading;
using ::puente::releases::Texts;

// States are JOINED (4) and CLOSED (3) of places, where WITHDRAWN (2) is why, CONFIRMED (3) of
// companies, RELEASED (5) of reservations.
const sql::Query& Offers() {
  static const auto* const text = new std::string(absl::StrCat(
      "SELECT STRAIGHT_JOIN d.company, d.id, ", store::kContributor,
      ", d.state_code, d.scian_class, CONCAT(YEAR(d.start_date), '-Q', QUARTER(d.start_date)),"
      " d.state, d.seat_count, d.skills"
      " FROM training_place AS d FORCE INDEX (PRIMARY) JOIN company AS c ON c.id = d.company"
      " WHERE (d.company > ? OR (d.company = ? AND d.id > ?)) AND d.record_kind = ? AND c.state = 3"
      " AND d.state <> 4 AND NOT (d.state = 3 AND d.close_reason = 2) AND d.start_date <= ?"
      " ORDER BY d.company, d.id LIMIT ?"));
  static const sql::Query query{"economy.place_release.offers", *text};
  return query;
}
constexpr sql::Query kStays{
    "economy.place_release.stays",
    "SELECT STRAIGHT_JOIN r.id, CONCAT('companies/', d.company), d.state_code, d.scian_class,"
    " CONCAT(YEAR(r.start_date), '-Q', QUARTER(r.start_date)), r.state"
    " FROM place_reservation AS r FORCE INDEX (PRIMARY)"
    " JOIN training_place AS d ON d.company = SUBSTRING_INDEX(r.company, '/', -1)"
    " AND d.id = SUBSTRING_INDEX(r.training_place, '/', -1)"
    " JOIN company AS c ON c.id = d.company"
    " WHERE r.id > ? AND r.record_kind = ? AND d.record_kind = r.record_kind AND c.state = 3"
    " AND r.state <> 5 AND r.start_date <= ? ORDER BY r.id LIMIT ?"};
constexpr sql::Query kGrouped{"economy.place_release.grouped",
                              "SELECT CONCAT('companies/', id), CONCAT('groups/', business_group)"
                              " FROM company WHERE business_group > ''"};

type::v1::StayStage StageOf(int64_t state) {
  switch (state) {
    case v1::PLACE_RESERVATION_STATE_HELD:
    case v1::PLACE_RESERVATION_STATE_CONFIRMED:
      return type::v1::STAY_STAGE_TAKEN;
    case v1::PLACE_RESERVATION_STATE_STARTED:
      return type::v1::STAY_STAGE_STARTED;
    case v1::PLACE_RESERVATION_STATE_COMPLETED:
      return type::v1::STAY_STAGE_COMPLETED;
    default:
      return type::v1::STAY_STAGE_BROKEN;
  }
}

absl::Status ReadOffers(Reading& reading, std::vector<Part>& offers, std::vector<Part>& skills) {
  Texts& texts = reading.texts;
  return EachOf(
      reading, Offers(), 2, {absl::FormatCivilTime(reading.last_date)},
      [&](const sql::Row& row) -> absl::Status {
        const int32_t contributor = texts.Of(row.Text(2));
        const int32_t state_code = texts.Of(row.Text(3));
        const int64_t state = row.Int64(6);
        const int64_t seats = row.Int64(7);
        offers.push_back({.contributor = contributor,
                          .place = {state_code, texts.Of(SectorOf(row.Text(4))),
                                    texts.Of(row.Text(5)), texts.Of(absl::StrCat(state))},
                          .value = seats});
        if (state == v1::TRAINING_PLACE_STATE_CLOSED || row.IsNull(8)) return absl::OkStatus();
        v1::TrainingPlace place;
        if (!place.ParseFromString(row.Text(8))) {
          return Error(sql::error::kRowCorrupt, "column"_is("training_place.skills"));
        }
        for (const std::string& skill : place.skills()) {
          skills.push_back(
              {.contributor = contributor, .place = {texts.Of(skill), state_code}, .value = seats});
        }
        return absl::OkStatus();
      });
}

absl::Status ReadStays(Reading& reading, std::vector<Part>& stays) {
  Texts& texts = reading.texts;
  return EachOf(
      reading, kStays, 1, {absl::FormatCivilTime(reading.last_date)}, [&](const sql::Row& row) {
        stays.push_back(
            {.contributor = texts.Of(row.Text(1)),
             .place = {texts.Of(row.Text(2)), texts.Of(SectorOf(row.Text(3))),
                       texts.Of(row.Text(4)), texts.Of(absl::StrCat(StageOf(row.Int64(5))))}});
        return absl::OkStatus();
      });
}

// Parts of stays are kept by company, so that one that joins a group, or leaves it, takes what it
// had in earlier releases along.
absl::Status ReadGroups(Reading& reading) {
  return reading.session.Each(kGrouped, {}, [&](const sql::Row& row) {
    reading.joined[reading.texts.Of(row.Text(0))] = reading.texts.Of(row.Text(1));
    return absl::OkStatus();
  });
}

absl::Status Read(Reading& reading) {
  RETURN_IF_ERROR(ReadGroups(reading));
  RETURN_IF_ERROR(ReadOffers(reading, reading.parts[0], reading.parts[1]));
  return ReadStays(reading, reading.parts[2]);
}

// What begins until the end of next year: what is to come is what most ask for.
absl::CivilDay LastDate(absl::CivilDay day) { return absl::CivilDay(day.year() + 1, 12, 31); }

}  // namespace

const Family& PlaceFamily() {
  using disclosure::Rule;
  static const auto* const family =
      new Family{"places",
                 {{kOfferTable, Rule::Public(), {{}, {}, {}, {}}},
                  {kSkillTable, Rule::Public(), {{}, {}}},
                  {kStayTable, Rule::PersonsOfCompanies(), {{}, {}, {}, {{"1", "2", "3", "4"}}}}},
                 TrainingPlaces(),
                 &LastDate,
                 &Read};
  return *family;
}

std::string SectorOf(absl::string_view scian_class) {
  const absl::string_view digits = scian_class.substr(0, 2);
  if (digits.size() < 2) return "";
  if (digits == "31" || digits == "32" || digits == "33") return "31-33";
  if (digits == "48" || digits == "49") return "48-49";
  return std::string(digits);
}

}  // namespace puente::economy
