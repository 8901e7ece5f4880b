#include "common/releases/reading.h"

#include "absl/strings/numbers.h"
#include "common/status/macros.h"

namespace puente::releases {
namespace {

constexpr int kTogether = 10'000;

}  // namespace

absl::Status EachOf(Reading& reading, const sql::Query& query, int keys,
                    std::vector<sql::Value> more,
                    absl::FunctionRef<absl::Status(const sql::Row&)> body) {
  std::vector<std::string> last(keys);
  for (int rows = kTogether; rows == kTogether;) {
    if (reading.cancelled()) return absl::CancelledError("the module stops");
    rows = 0;
    const std::vector<std::string> after = last;  // for as long as values refer to it
    std::vector<sql::Value> values;
    for (int i = 1; i <= keys; ++i) values.insert(values.end(), after.begin(), after.begin() + i);
    values.emplace_back(static_cast<int>(reading.kind));
    values.insert(values.end(), more.begin(), more.end());
    values.emplace_back(kTogether);
    RETURN_IF_ERROR(reading.session.Each(query, values, [&](const sql::Row& row) {
      reading.pace.Rest();
      ++rows;
      for (int i = 0; i < keys; ++i) last[i] = row.Text(i);
      return body(row);
    }));
  }
  return absl::OkStatus();
}

Quarter QuarterOf(absl::string_view name) {
  int year = 0;
  int quarter = 1;
  if (name.size() == 7) {
    (void)absl::SimpleAtoi(name.substr(0, 4), &year);
    (void)absl::SimpleAtoi(name.substr(6), &quarter);
  }
  const absl::CivilDay first(year, 3 * quarter - 2, 1);
  return {first, absl::CivilDay(year, 3 * quarter + 1, 1) - 1};
}

}  // namespace puente::releases
