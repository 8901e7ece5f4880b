// Where municipalities lie that people name.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/sql/row.h"
#include "common/sql/session.h"
#include "modules/economy/municipalities/distance.h"

namespace puente::economy::store {

// Of a statement that has its latitude and longitude in these columns; nothing where they are NULL.
std::optional<Point> ReadPoint(const sql::Row& row, size_t latitude);

// The seat of the one that is called so in a state; `folded` is Fold() of the name. Nothing if none
// is, or more than one.
absl::StatusOr<std::optional<Point>> FindSeat(sql::Session& session, const std::string& state_code,
                                              const std::string& folded);

}  // namespace puente::economy::store
