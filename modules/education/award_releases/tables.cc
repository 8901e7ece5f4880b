#include "modules/education/award_releases/tables.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "modules/education/awards/resource.h"
#include "modules/education/persons/store.h"
#include "puente/education/v1/award_release.pb.h"

namespace puente::education {
namespace {

using releases::Measures;
using releases::Part;
using releases::Reading;

constexpr absl::CivilDay kEpoch(1970, 1, 1);
constexpr int kDaysOfWeek = 7;

// In the order of their ids, after one. Each refers to records of its own organization. States are
// ISSUED, SUSPENDED and EXPIRED of awards, WITHDRAWN of enrolments, PASSED (2) and SCHEDULED (1) of
// assessments.
constexpr sql::Query kAwards{
    "education.award_release.awards",
    "SELECT STRAIGHT_JOIN a.organization, a.id, l.person, a.microcredential_version, a.state_code,"
    " a.sex, CONCAT(YEAR(a.issue_date), '-Q', QUARTER(a.issue_date)),"
    " DATEDIFF(s.assess_date, e.begin_date), DATEDIFF(s.result_date, s.assess_date),"
    " DATEDIFF(a.issue_date, s.result_date), DATEDIFF(a.issue_date, e.begin_date)"
    " FROM award AS a FORCE INDEX (PRIMARY)"
    " JOIN learner AS l ON l.organization = a.organization"
    " AND l.id = SUBSTRING_INDEX(a.learner, '/', -1)"
    " JOIN assessment AS s ON s.organization = a.organization"
    " AND s.id = SUBSTRING_INDEX(a.assessment, '/', -1)"
    " JOIN enrolment AS e ON e.organization = a.organization"
    " AND e.id = SUBSTRING_INDEX(a.enrolment, '/', -1)"
    " WHERE (a.organization > ? OR (a.organization = ? AND a.id > ?)) AND a.record_kind = ?"
    " AND a.state IN (1, 2, 5) AND a.issue_date <= ?"
    " ORDER BY a.organization, a.id LIMIT ?"};
// None begins after the day on which it was recorded.
constexpr sql::Query kWaiting{
    "education.award_release.waiting",
    "SELECT STRAIGHT_JOIN e.organization, e.id, l.person, e.microcredential_version, e.state_code,"
    " DATEDIFF(e.begin_date, '1970-01-01'),"
    " (SELECT COALESCE(MAX(IF(s.state = 2, 3, IF(s.state = 1, 2, 1))), 1) FROM assessment AS s"
    " WHERE s.enrolment = CONCAT('organizations/', e.organization, '/enrolments/', e.id))"
    " FROM enrolment AS e FORCE INDEX (PRIMARY)"
    " JOIN learner AS l ON l.organization = e.organization"
    " AND l.id = SUBSTRING_INDEX(e.learner, '/', -1)"
    " LEFT JOIN award AS a ON a.live_enrolment ="
    " CONCAT('organizations/', e.organization, '/enrolments/', e.id)"
    " WHERE (e.organization > ? OR (e.organization = ? AND e.id > ?)) AND e.record_kind = ?"
    " AND e.state <> 3 AND a.id IS NULL ORDER BY e.organization, e.id LIMIT ?"};
// A stay for each enrolment of its learner that was not withdrawn (3). States are COMPLETED (4) and
// STARTED (3), RELEASED (5) and REFUSED (8); HELD and CONFIRMED before, the others broken. As
// StayStage numbers them.
constexpr sql::Query kStays{
    "education.award_release.stays",
    "SELECT STRAIGHT_JOIN p.id, e.id, l.person, e.microcredential_version, e.state_code,"
    " CASE WHEN p.state <= 2 THEN 1 WHEN p.state = 3 THEN 2 WHEN p.state = 4 THEN 3 ELSE 4 END"
    " FROM place_enrolment AS p FORCE INDEX (PRIMARY)"
    " JOIN enrolment AS e FORCE INDEX (by_learner) ON e.learner = p.learner"
    " JOIN learner AS l ON l.organization = e.organization"
    " AND l.id = SUBSTRING_INDEX(e.learner, '/', -1)"
    " WHERE (p.id > ? OR (p.id = ? AND e.id > ?)) AND p.record_kind = ?"
    " AND p.state NOT IN (5, 8) AND e.state <> 3 AND e.record_kind = p.record_kind"
    " ORDER BY p.id, e.id LIMIT ?"};
constexpr sql::Query kMerged{"education.award_release.merged",
                             "SELECT id, merged_into FROM person WHERE merged_into > ''"};

// Days as whole weeks, rounded up. What is dated back took none.
int32_t Weeks(const sql::Row& row, size_t days) {
  if (row.IsNull(days)) return releases::kNone;
  return static_cast<int32_t>((std::max<int64_t>(row.Int64(days), 0) + kDaysOfWeek - 1) /
                              kDaysOfWeek);
}

std::string KnownSex(int64_t sex) { return sex == v1::SEX_UNSPECIFIED ? "" : absl::StrCat(sex); }

absl::Status ReadAwards(Reading& reading, std::vector<Part>& parts) {
  releases::Texts& texts = reading.texts;
  return releases::EachOf(
      reading, kAwards, 2, {absl::FormatCivilTime(reading.last_date)}, [&](const sql::Row& row) {
        parts.push_back({texts.Of(row.Text(2)),
                         {texts.Of(row.Text(3)), texts.Of(row.Text(4)), texts.Of(row.Text(6)),
                          texts.Of(KnownSex(row.Int64(5)))},
                         {Weeks(row, 7), Weeks(row, 8), Weeks(row, 9), Weeks(row, 10)}});
        return absl::OkStatus();
      });
}

absl::Status ReadWaiting(Reading& reading, std::vector<Part>& parts) {
  releases::Texts& texts = reading.texts;
  return releases::EachOf(reading, kWaiting, 2, {}, [&](const sql::Row& row) {
    Measures measures = releases::kNoMeasures;
    measures[0] = static_cast<int32_t>(-WeekOf(kEpoch + row.Int64(5)));
    parts.push_back(
        {texts.Of(row.Text(2)),
         {texts.Of(row.Text(3)), texts.Of(row.Text(4)), texts.Of(absl::StrCat(row.Int64(6)))},
         measures});
    return absl::OkStatus();
  });
}

absl::Status ReadStays(Reading& reading, std::vector<Part>& parts) {
  releases::Texts& texts = reading.texts;
  return releases::EachOf(reading, kStays, 2, {}, [&](const sql::Row& row) {
    parts.push_back(
        {texts.Of(row.Text(2)),
         {texts.Of(row.Text(3)), texts.Of(row.Text(4)), texts.Of(absl::StrCat(row.Int64(5)))}});
    return absl::OkStatus();
  });
}

// Persons who were merged, each into whom he or she is now.
absl::Status ReadMerged(Reading& reading) {
  releases::Joined& joined = reading.joined;
  RETURN_IF_ERROR(reading.session.Each(kMerged, {}, [&](const sql::Row& row) {
    joined[reading.texts.Of(store::PersonName(row.Text(0)))] = reading.texts.Of(row.Text(1));
    return absl::OkStatus();
  }));
  for (auto& [person, into] : joined) {
    for (auto next = joined.find(into); next != joined.end(); next = joined.find(into)) {
      into = next->second;
    }
  }
  return absl::OkStatus();
}

absl::Status Read(Reading& reading) {
  RETURN_IF_ERROR(ReadMerged(reading));
  RETURN_IF_ERROR(ReadAwards(reading, reading.parts[0]));
  RETURN_IF_ERROR(ReadWaiting(reading, reading.parts[1]));
  return ReadStays(reading, reading.parts[2]);
}

absl::CivilDay FirstOfQuarter(absl::CivilDay day) {
  return absl::CivilDay(day.year(), (day.month() - 1) / 3 * 3 + 1, 1);
}

// Of the last quarter that has ended.
absl::CivilDay LastDate(absl::CivilDay day) { return FirstOfQuarter(day) - 1; }

}  // namespace

const releases::Family& AwardFamily() {
  using disclosure::Rule;
  static const auto* const family = new releases::Family{
      "awards",
      {{kAwardTable, Rule::Persons(), {{}, {}, {}, {}}, releases::kMostMeasures},
       {kWaitingTable, Rule::Persons(), {{}, {}, {{"1", "2", "3"}}}, 1},
       {kStayTable, Rule::Persons(), {{}, {}, {{"1", "2", "3", "4"}}}}},
      Awards(),
      &LastDate,
      &Read};
  return *family;
}

int64_t WeekOf(absl::CivilDay day) {
  const int64_t since = day - absl::CivilDay(1969, 12, 29);  // a Monday
  return since >= 0 ? since / kDaysOfWeek : (since - kDaysOfWeek + 1) / kDaysOfWeek;
}

}  // namespace puente::education
