#include "modules/economy/demand_statements/counted.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace puente::economy::store {
namespace {

constexpr int kStates = 32;  // INEGI codes 01 to 32

absl::CivilDay Day(const sql::Row& row, size_t column) {
  return absl::CivilDay(1970, 1, 1) + row.Int64(column);
}

Counted ToCounted(const sql::Row& row) {
  return {row.Text(0), row.Text(1),  row.Text(2), row.Text(3), row.Text(4),
          row.Text(5), row.Int64(6), Day(row, 7), Day(row, 8)};
}

}  // namespace

absl::Status ReadCounted(sql::Session& session, type::v1::RecordKind kind, absl::CivilDay day,
                         absl::FunctionRef<absl::Status(Counted)> body) {
  static const auto* const text = new std::string(absl::StrCat(
      "SELECT STRAIGHT_JOIN ", kContributor,
      ", CONCAT('companies/', d.company), d.skill, d.state_code, d.scian_class, d.source,"
      " d.heads, DATEDIFF(d.start_date, '1970-01-01'), DATEDIFF(d.end_date, '1970-01-01')",
      kCounted, " AND d.state_code = ?"));
  const std::string today = absl::FormatCivilTime(day);
  for (int state = 1; state <= kStates; ++state) {
    RETURN_IF_ERROR(session.Each({"economy.demand.counted", *text},
                                 {static_cast<int>(kind), today, absl::StrFormat("%02d", state)},
                                 [&](const sql::Row& row) { return body(ToCounted(row)); }));
  }
  return absl::OkStatus();
}

}  // namespace puente::economy::store
