#include "modules/economy/municipalities/store.h"

#include "common/status/macros.h"

namespace puente::economy::store {
namespace {

constexpr sql::Query kSeat{"economy.municipality.seat",
                           "SELECT latitude_microdegrees, longitude_microdegrees FROM municipality"
                           " FORCE INDEX (by_name) WHERE state_code = ? AND folded = ? LIMIT 2"};

}  // namespace

std::optional<Point> ReadPoint(const sql::Row& row, size_t latitude) {
  if (row.IsNull(latitude)) return std::nullopt;
  return Point{row.Int64(latitude), row.Int64(latitude + 1)};
}

absl::StatusOr<std::optional<Point>> FindSeat(sql::Session& session, const std::string& state_code,
                                              const std::string& folded) {
  std::optional<Point> seat;
  if (folded.empty()) return seat;
  int called_so = 0;
  RETURN_IF_ERROR(session.Each(kSeat, {state_code, folded}, [&](const sql::Row& row) {
    seat = ReadPoint(row, 0);
    ++called_so;
    return absl::OkStatus();
  }));
  if (called_so > 1) seat.reset();
  return seat;
}

}  // namespace puente::economy::store
