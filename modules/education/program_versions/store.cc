#include "modules/education/program_versions/store.h"

#include "absl/strings/str_cat.h"
#include "modules/education/program_versions/resource.h"
#include "modules/education/program_versions/rules.h"
#include "puente/education/v1/credit_rule.pb.h"

namespace puente::education::store {
namespace {

constexpr int kPublished = v1::PROGRAM_STATE_PUBLISHED;

constexpr sql::BulkInsert kInsertSeats{
    "education.published_seats.insert",
    "INSERT INTO published_seats (record_kind, program, number, period, seats) VALUES", 5};
constexpr sql::Query kSeats{
    "education.published_seats.sum",
    "SELECT COUNT(*), CAST(SUM(COALESCE(in_cycle, in_year)) AS SIGNED) FROM"
    " (SELECT SUM(IF(period = ?, seats, NULL)) AS in_cycle,"
    "         SUM(IF(period = ?, seats, NULL)) AS in_year"
    "  FROM published_seats JOIN"
    "   (SELECT program, MAX(number) AS number FROM program_version"
    "    WHERE state = ? AND record_kind = ? GROUP BY program) AS newest USING (program, number)"
    "  WHERE record_kind = ? GROUP BY program) AS stated"
    " WHERE COALESCE(in_cycle, in_year) IS NOT NULL"};

}  // namespace

absl::Status InsertSeats(journal::Transaction& tx, const v1::ProgramVersion& version) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                   ProgramVersions().pattern().Parse(version.name()));
  std::vector<sql::Value> values;
  for (const v1::ProgramSeats& stated : version.seats()) {
    values.emplace_back(static_cast<int>(version.record_kind()));
    values.emplace_back(ids[0]);
    values.emplace_back(ids[1]);
    values.emplace_back(stated.period());
    values.emplace_back(stated.seats());
  }
  return values.empty() ? absl::OkStatus() : tx.InsertRows(kInsertSeats, values);
}

absl::StatusOr<std::optional<int64_t>> SeatsOn(sql::Session& session, type::v1::RecordKind kind,
                                               absl::CivilDay day) {
  std::optional<int64_t> seats;
  RETURN_IF_ERROR(session.Each(kSeats,
                               {SchoolCycle(day), absl::StrCat(day.year()), kPublished,
                                static_cast<int>(kind), static_cast<int>(kind)},
                               [&](const sql::Row& row) {
                                 if (row.Int64(0) > 0) seats = row.Int64(1);
                                 return absl::OkStatus();
                               }));
  return seats;
}

}  // namespace puente::education::store
