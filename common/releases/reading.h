// What a module reads for a release of its tables.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/due/pace.h"
#include "common/releases/figures.h"
#include "common/sql/session.h"
#include "puente/type/v1/record.pb.h"

namespace puente::releases {

// What a module reads for a release, in one snapshot. It is long: to be ended when cancelled() says
// so, and to rest.
struct Reading {
  sql::Session& session;
  const type::v1::RecordKind kind;
  const absl::CivilDay last_date;
  Texts& texts;
  due::Pace& pace;
  const std::function<bool()>& cancelled;

  std::vector<std::vector<Part>> parts;  // by table
  Joined joined;
};

// Calls body(row) for all rows of a query that goes on after its first columns, `keys` of them, and
// is ordered by these; ends with the first error. Its values are the keys as (a > ? OR (a = ? AND b
// > ?)) wants them, the kind of records, `more`, and how many rows at most: the database's library
// keeps all of an answer in memory.
absl::Status EachOf(Reading& reading, const sql::Query& query, int keys,
                    std::vector<sql::Value> more,
                    absl::FunctionRef<absl::Status(const sql::Row&)> body);

// A quarter of a year, by its name: "2026-Q3".
struct Quarter {
  absl::CivilDay first;
  absl::CivilDay last;
};
Quarter QuarterOf(absl::string_view name);

}  // namespace puente::releases
