// What figures read of stored skill signals.
#pragma once

#include <string>
#include <vector>

#include "common/sql/session.h"
#include "modules/science/skill_signals/rules.h"
#include "puente/type/v1/record.pb.h"

namespace puente::science::store {

// Which signals are read; empty means all.
struct SignalChoice {
  std::string sector_table;
  std::vector<std::string> skills;
};

// Those of a kind, the earliest horizon first.
absl::StatusOr<std::vector<SignalFacts>> ByHorizon(sql::Session& session, type::v1::RecordKind kind,
                                                   const SignalChoice& choice);

}  // namespace puente::science::store
