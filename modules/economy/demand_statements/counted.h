// The statements that count, read for figures.
#pragma once

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "common/sql/session.h"
#include "puente/type/v1/record.pb.h"

namespace puente::economy::store {

// What ObstaclesOf() (counting.h) says, of statements `d` of companies `c`; its values are the kind
// of records that figures count, and the day.
inline constexpr char kCounted[] =
    " FROM demand_statement AS d FORCE INDEX (by_counted)"
    " JOIN company AS c ON c.id = d.company"
    " WHERE d.record_kind = ? AND d.state = 1 AND d.standing <> 2 AND c.state = 3"
    " AND d.end_date >= ?";
// Whom disclosure control takes for one: a declared group, or a company that is in none.
inline constexpr char kContributor[] =
    "IF(c.business_group = '', CONCAT('companies/', d.company),"
    " CONCAT('groups/', c.business_group))";

// A statement that counts.
struct Counted {
  std::string contributor;  // "groups/grupo-acme", or "companies/acme"
  std::string company;
  std::string skill;
  std::string state_code;
  std::string scian_class;
  std::string source;
  int64_t heads = 0;
  absl::CivilDay first_day;
  absl::CivilDay last_day;
};

// Each statement that counts on a day, state by state, so that no more than a state's are in memory
// at once. At one moment if the session's reads are (sql::Session::Snapshot). Ends with the body's
// first error.
absl::Status ReadCounted(sql::Session& session, type::v1::RecordKind kind, absl::CivilDay day,
                         absl::FunctionRef<absl::Status(Counted)> body);

}  // namespace puente::economy::store
