// What figures read of stored skill signals.
#pragma once

#include <vector>

#include "common/sql/session.h"
#include "modules/science/skill_signals/rules.h"
#include "puente/type/v1/record.pb.h"

namespace puente::science::store {

// All signals of a kind, nearest horizon first.
absl::StatusOr<std::vector<SignalFacts>> ByHorizon(sql::Session& session,
                                                   type::v1::RecordKind kind);

}  // namespace puente::science::store
