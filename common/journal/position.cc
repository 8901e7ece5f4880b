#include "common/journal/position.h"

#include "common/status/macros.h"

namespace puente::journal {
namespace {

constexpr sql::Query kPosition{
    "journal.position",
    "SELECT epoch, next_position - 1, COALESCE((SELECT MAX(id) FROM journal_entry), 0)"
    " FROM journal_head WHERE id = 1"};

}  // namespace

bool IsAhead(const Position& seen, const Position& known) {
  return seen.epoch > known.epoch || seen.head > known.head || seen.last_entry > known.last_entry ||
         seen.edition > known.edition;
}

absl::StatusOr<Position> ReadPosition(sql::Session& snapshot,
                                      const std::optional<sql::Query>& edition) {
  Position position;
  RETURN_IF_ERROR(snapshot.Each(kPosition, {}, [&](const sql::Row& row) {
    position.epoch = row.Int64(0);
    position.head = row.Int64(1);
    position.last_entry = row.Int64(2);
    return absl::OkStatus();
  }));
  if (edition) {
    ASSIGN_OR_RETURN(position.edition, snapshot.Number(*edition));
  }
  return position;
}

}  // namespace puente::journal
