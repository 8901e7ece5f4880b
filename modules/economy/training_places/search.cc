#include "modules/economy/training_places/search.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/names/text.h"
#include "common/resource/page.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "common/sql/row.h"
#include "modules/economy/municipalities/distance.h"
#include "modules/economy/municipalities/store.h"
#include "modules/economy/training_places/availability.h"
#include "modules/economy/training_places/matching.h"
#include "modules/economy/training_places/resource.h"
#include "modules/economy/training_places/seats.h"

namespace puente::economy {
namespace {

constexpr sql::BulkInsert kAdd{"economy.place_search.add",
                               "INSERT INTO training_place_search"
                               " (skill, state_code, municipality, start_date, company, id) VALUES",
                               6,
                               // Of an id that is taken: who adds it is told so a moment later.
                               " ON DUPLICATE KEY UPDATE id = VALUES(id)"};
constexpr sql::Query kRemove{"economy.place_search.remove",
                             "DELETE FROM training_place_search WHERE company = ? AND id = ?"};
// The rows by which places are found, and of those with enough seats the places. The database
// merges the inner statement, which renames columns only, into one walk along its index.
constexpr absl::string_view kFound =
    ", _found_company, _found_id, _found_start, offered - held - confirmed - started"
    " FROM (SELECT skill AS _found_skill, state_code AS _found_state,"
    " municipality AS _found_municipality, start_date AS _found_start, company AS _found_company,"
    " id AS _found_id FROM training_place_search FORCE INDEX (";
constexpr absl::string_view kSeatsAndPlaces =
    ")) found JOIN training_place_seats"
    " ON training_place = CONCAT('companies/', _found_company, '/trainingPlaces/', _found_id)"
    " LEFT JOIN training_place FORCE INDEX (PRIMARY)"
    " ON company = _found_company AND id = _found_id"
    " AND offered - held - confirmed - started >= ? WHERE _found_skill = ?";
constexpr absl::string_view kBeginning = " AND _found_start <= ?";  // by the first day of the stay
constexpr absl::string_view kAfter =
    " AND _found_start >= ?"
    " AND (_found_start > ? OR _found_company > ? OR _found_company = ? AND _found_id > ?)";
constexpr absl::string_view kInOrder = " ORDER BY _found_start, _found_company, _found_id LIMIT ?";

// The municipalities where a skill is taught by the first day of the stay, with their seats; in the
// order of names, so that two that are called the same follow one another. Grouped by the skill
// too, the database leaps in its index from one municipality to the next, however many places each
// has; the first day of each is where it lands.
constexpr absl::string_view kAreas =
    "SELECT f.state_code, f.municipality, latitude_microdegrees, longitude_microdegrees FROM"
    " (SELECT state_code, municipality FROM training_place_search FORCE INDEX (PRIMARY)"
    " WHERE skill = ?";
constexpr absl::string_view kOfState = " AND state_code = ?";
constexpr absl::string_view kWithSeats =
    " GROUP BY skill, state_code, municipality HAVING MIN(start_date) <= ?) f"
    " LEFT JOIN municipality m FORCE INDEX (by_name)"
    " ON m.state_code = f.state_code AND folded = f.municipality ORDER BY 1, 2";

// So many rows are looked at for a page, in so many ranges, each of which is a statement at least:
// so that both are bounded whatever is in the way. What lists the municipalities is not among them.
// All ranges of ten skills are fewer where no distance is known.
constexpr int kMostLookedAt = 1'000, kMostRanges = 50;
constexpr int kFewLookedAt = 10;  // at a time, however few are left for a page

// Farther than anything: of what no distance is known.
constexpr int kFar = 100'000;

// The municipality that a range is of; none, "", where it is of all of one nearness.
struct Area {
  int km = 0;
  std::string state_code, municipality;
};

// Where a page ended: within a range of one nearness, area and skill.
struct Cursor {
  int nearness = v1::NEARNESS_SAME_MUNICIPALITY;
  Area area = {};
  int skill = 0;
  std::string start_date = "1000-01-01", company = {}, id = {};
};

// What ranges of one nearness are ordered by.
auto OrderOf(const Cursor& cursor) {
  const Area& area = cursor.area;
  return std::tie(area.km, area.state_code, area.municipality, cursor.skill);
}

std::vector<std::string> Texts(const Cursor& cursor) {
  return {absl::StrCat(cursor.nearness),
          absl::StrCat(cursor.area.km),
          cursor.area.state_code,
          cursor.area.municipality,
          absl::StrCat(cursor.skill),
          cursor.start_date,
          cursor.company,
          cursor.id};
}

// A token is no secret: whoever makes one up is told so, and none leads out of the profile.
absl::StatusOr<Cursor> Parse(const std::vector<std::string>& texts,
                             const v1::PlaceProfile& profile) {
  Cursor cursor;
  absl::CivilDay day;
  const bool reads =
      absl::SimpleAtoi(texts[0], &cursor.nearness) && absl::SimpleAtoi(texts[1], &cursor.area.km) &&
      absl::SimpleAtoi(texts[4], &cursor.skill) && absl::ParseCivilTime(texts[5], &day);
  if (!reads || cursor.nearness < v1::NEARNESS_SAME_MUNICIPALITY ||
      cursor.nearness > v1::NEARNESS_OTHER_STATE || cursor.skill < 0 ||
      cursor.skill >= profile.skills_size()) {
    return Error(resource::error::kInvalidPageToken);
  }
  cursor.area.state_code = texts[2];
  cursor.area.municipality = texts[3];
  cursor.start_date = absl::FormatCivilTime(day);
  cursor.company = texts[6];
  cursor.id = texts[7];
  return cursor;
}

// By how many free seats a place is judged. Whoever is not told how many these are would find out
// by asking for more and more.
int FreeFor(const Call& call, const v1::TrainingPlace& place, int free) {
  const bool enough = free > 0 && !MayBeToldFree(call, place.name());
  return enough ? std::numeric_limits<int>::max() : free;
}

std::string Day(const google::type::Date& day) { return absl::FormatCivilTime(ToCivilDay(day)); }

// Places of one page, as they are looked for.
class Finder {
 public:
  // `here` is the seat of the learner's municipality, where it is known.
  Finder(const Call& call, sql::Session& session, const v1::PlaceProfile& profile,
         const std::optional<Point>& here, int page_size)
      : call_(call), session_(session), profile_(profile), here_(here), left_(page_size) {}

  // Until the page is full, or so much was looked at; true if there may be more after `cursor`.
  absl::StatusOr<bool> Find(Cursor& cursor) {
    for (; cursor.nearness <= v1::NEARNESS_OTHER_STATE; cursor = {cursor.nearness + 1}) {
      ASSIGN_OR_RETURN(const std::vector<Cursor> ranges, RangesOf(cursor.nearness));
      for (const Cursor& range : ranges) {
        if (OrderOf(range) < OrderOf(cursor)) continue;
        if (OrderOf(cursor) < OrderOf(range)) cursor = range;
        ASSIGN_OR_RETURN(const bool whole, FindInRange(cursor));
        if (!whole) return true;
      }
    }
    return false;
  }

  std::vector<v1::PlaceMatch> TakeMatches() { return std::move(matches_); }

 private:
  // The ranges of one nearness, in their order: of each skill; and of each municipality where
  // distances can be known, that is where the learner's is.
  absl::StatusOr<std::vector<Cursor>> RangesOf(int nearness) {
    std::vector<Cursor> ranges;
    const bool same = nearness == v1::NEARNESS_SAME_MUNICIPALITY;
    if (same && municipality_.empty()) return ranges;
    const Area area = same ? Area{0, profile_.state_code(), municipality_} : Area();
    for (int skill = 0; skill < profile_.skills_size(); ++skill) {
      if (same || !here_) {
        ranges.push_back({nearness, area, skill});
      } else {
        RETURN_IF_ERROR(AddAreas(nearness, skill, ranges));
      }
    }
    absl::c_sort(ranges, [](const Cursor& a, const Cursor& b) { return OrderOf(a) < OrderOf(b); });
    return ranges;
  }

  // One for each municipality where a place that begins in time teaches the skill: in the learner's
  // state all but the learner's own, or those of other states.
  absl::Status AddAreas(int nearness, int skill, std::vector<Cursor>& ranges) {
    const bool within = nearness == v1::NEARNESS_SAME_STATE;
    std::vector<sql::Value> values = {profile_.skills(skill)};
    if (within) values.emplace_back(profile_.state_code());
    values.emplace_back(last_begin_);
    const std::string text = absl::StrCat(kAreas, within ? kOfState : "", kWithSeats);
    return session_.Each({"economy.place_search.areas", text}, values, [&](const sql::Row& row) {
      Area area{kFar, row.Text(0), row.Text(1)};
      const bool own_state = area.state_code == profile_.state_code();
      if (own_state != within || (within && area.municipality == municipality_)) {
        return absl::OkStatus();
      }
      const std::optional<Point> seat = store::ReadPoint(row, 2);
      Area* const last = ranges.empty() ? nullptr : &ranges.back().area;
      if (last != nullptr && ranges.back().skill == skill &&
          std::tie(last->state_code, last->municipality) ==
              std::tie(area.state_code, area.municipality)) {
        last->km = kFar;  // two are called so
        return absl::OkStatus();
      }
      if (seat) area.km = KilometresBetween(*here_, *seat);
      ranges.push_back({nearness, std::move(area), skill});
      return absl::OkStatus();
    });
  }

  // A row by which a place is found, how many of its seats are free, and the place if these are
  // enough.
  struct Row {
    Cursor at;
    int free = 0;
    std::optional<v1::TrainingPlace> place = {};
  };

  // Whether the whole range was looked at.
  absl::StatusOr<bool> FindInRange(Cursor& cursor) {
    if (ranges_left_ == 0) return false;
    --ranges_left_;
    while (left_ > 0 && to_look_at_ > 0) {
      const int most = std::min(std::max(left_, kFewLookedAt), to_look_at_);
      ASSIGN_OR_RETURN(const std::vector<Row> rows, Scan(cursor, most));
      if (rows.empty()) return true;
      Take(rows, cursor);
      const Cursor& last = rows.back().at;
      if (std::ssize(rows) < most && cursor.company == last.company && cursor.id == last.id) {
        return true;
      }
    }
    return false;
  }

  absl::StatusOr<std::vector<Row>> Scan(const Cursor& from, int most) {
    std::string index, where;
    std::vector<sql::Value> values = {fewest_free_, profile_.skills(from.skill)};
    if (!from.area.state_code.empty()) {
      index = "PRIMARY";
      where = " AND _found_state = ? AND _found_municipality = ?";
      values.insert(values.end(), {from.area.state_code, from.area.municipality});
    } else if (from.nearness == v1::NEARNESS_SAME_STATE) {
      index = "by_state";
      where = " AND _found_state = ?";
      values.emplace_back(profile_.state_code());
    } else {
      index = "by_skill";
    }
    absl::StrAppend(&where, kBeginning);
    values.emplace_back(last_begin_);
    if (!from.company.empty()) {
      absl::StrAppend(&where, kAfter);
      values.insert(values.end(),
                    {from.start_date, from.start_date, from.company, from.company, from.id});
    }
    values.emplace_back(most);
    const resource::Spec& spec = TrainingPlaces();
    const size_t at = spec.select_width();
    const std::string text =
        absl::StrCat(spec.select(), kFound, index, kSeatsAndPlaces, where, kInOrder);
    std::vector<Row> rows;
    RETURN_IF_ERROR(session_.EachInto(
        {"economy.place_search.find", text}, values, &spec.type(), [&](const sql::Row& row) {
          Row& one = rows.emplace_back(Row{{from.nearness, from.area, from.skill, row.Text(at + 2),
                                            row.Text(at), row.Text(at + 1)},
                                           static_cast<int>(row.Int64(at + 3))});
          return row.IsNull(0) ? absl::OkStatus() : spec.Read(row, one.place.emplace());
        }));
    return rows;
  }

  // Those of the rows that fit, until the page is full; `cursor` comes to the last one looked at.
  void Take(const std::vector<Row>& rows, Cursor& cursor) {
    for (const Row& row : rows) {
      if (left_ == 0) break;
      cursor = row.at;
      --to_look_at_;
      if (row.place) Consider(*row.place, row);
    }
  }

  void Consider(const v1::TrainingPlace& place, const Row& row) {
    // What is nearer, or teaches a skill named before, was found there.
    if (NearnessOf(profile_, place) != row.at.nearness ||
        FirstMet(profile_, place) != row.at.skill) {
      return;
    }
    v1::PlaceMatch match = MatchOf(profile_, place, FreeFor(call_, place, row.free));
    if (!match.misses().empty()) return;
    if (MayBeToldFree(call_, place.name())) match.set_free(row.free);
    if (here_ && row.at.area.km != kFar) match.set_distance_km(row.at.area.km);
    matches_.push_back(std::move(match));
    --left_;
  }

  const Call& call_;
  sql::Session& session_;
  const v1::PlaceProfile& profile_;
  const std::string municipality_ = Fold(profile_.municipality());
  const std::string last_begin_ = Day(profile_.start_date());
  // As many as are wanted, for whoever is told of any place how many are free.
  const int fewest_free_ = MayBeToldFreeOfAll(call_) ? std::max(profile_.seat_count(), 1) : 1;
  const std::optional<Point> here_;
  int left_, to_look_at_ = kMostLookedAt, ranges_left_ = kMostRanges;
  std::vector<v1::PlaceMatch> matches_;
};

std::vector<sql::Value> RowsOf(absl::Span<const v1::TrainingPlace* const> places,
                               std::vector<std::string>& kept) {
  std::vector<sql::Value> values;
  kept.reserve(4 * places.size());  // so that none moves
  for (const v1::TrainingPlace* place : places) {
    if (place->state() != v1::TRAINING_PLACE_STATE_OPEN) continue;
    const resource::Ids ids = TrainingPlaces().pattern().Parse(place->name(), "name").value();
    const std::string& company = kept.emplace_back(ids[0]);
    const std::string& id = kept.emplace_back(ids[1]);
    const std::string& municipality = kept.emplace_back(Fold(place->municipality()));
    const std::string& start = kept.emplace_back(Day(place->start_date()));
    for (const std::string& skill : place->skills()) {
      values.insert(values.end(), {skill, place->state_code(), municipality, start, company, id});
    }
  }
  return values;
}

}  // namespace

absl::Status AddToSearch(journal::Transaction& tx,
                         absl::Span<const v1::TrainingPlace* const> places) {
  std::vector<std::string> kept;
  const std::vector<sql::Value> values = RowsOf(places, kept);
  return values.empty() ? absl::OkStatus() : tx.InsertRows(kAdd, values);
}

absl::Status ChangeInSearch(journal::Transaction& tx, const v1::TrainingPlace& place) {
  ASSIGN_OR_RETURN(const resource::Ids ids, TrainingPlaces().pattern().Parse(place.name(), "name"));
  RETURN_IF_ERROR(tx.Execute(kRemove, {ids[0], ids[1]}).status());
  return AddToSearch(tx, {&place});
}

absl::StatusOr<v1::FindPlacesResponse> FindPlaces(const Call& call, sql::Session& session,
                                                  const v1::FindPlacesRequest& request) {
  ASSIGN_OR_RETURN(const auto here, store::FindSeat(session, request.profile().state_code(),
                                                    Fold(request.profile().municipality())));
  const std::string profile = crypto::Canonical(request.profile());
  // What all distances, and so the order, depend on.
  const std::string seat = here ? absl::StrCat(here->latitude, ",", here->longitude) : "unknown";
  const std::vector<absl::string_view> binding = {call.method, call.caller.path, profile, seat};
  Cursor cursor;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const auto texts,
                     resource::ParsePageToken(binding, request.page_token(), Texts(cursor).size()));
    ASSIGN_OR_RETURN(cursor, Parse(texts, request.profile()));
  }
  Finder finder(call, session, request.profile(), here, resource::PageSize(request.page_size()));
  ASSIGN_OR_RETURN(const bool more, finder.Find(cursor));
  v1::FindPlacesResponse answer;
  for (v1::PlaceMatch& match : finder.TakeMatches()) *answer.add_matches() = std::move(match);
  if (more) answer.set_next_page_token(resource::MakePageToken(binding, Texts(cursor)));
  return answer;
}

absl::StatusOr<v1::PlaceMatch> ExplainPlace(const Call& call, sql::Session& session,
                                            const v1::ExplainPlaceRequest& request) {
  using Answer = v1::PlaceMatch;
  return session.Snapshot<Answer>([&](sql::Session& snapshot) -> absl::StatusOr<Answer> {
    ASSIGN_OR_RETURN(const v1::TrainingPlace place,
                     resource::Get(snapshot, TrainingPlaces(), request.name()));
    ASSIGN_OR_RETURN(const auto seats, ReadSeats(snapshot, {place.name()}));
    const int free = seats.at(place.name()).free_count();
    v1::PlaceMatch match = MatchOf(request.profile(), place, FreeFor(call, place, free));
    if (MayBeToldFree(call, place.name())) match.set_free(free);
    ASSIGN_OR_RETURN(const auto here, store::FindSeat(snapshot, request.profile().state_code(),
                                                      Fold(request.profile().municipality())));
    ASSIGN_OR_RETURN(const auto there,
                     store::FindSeat(snapshot, place.state_code(), Fold(place.municipality())));
    if (here && there) match.set_distance_km(KilometresBetween(*here, *there));
    return match;
  });
}

}  // namespace puente::economy
