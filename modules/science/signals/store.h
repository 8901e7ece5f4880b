// Skill signals as they are stored.
#pragma once

#include <vector>

#include "common/resource/spec.h"
#include "common/sql/session.h"
#include "modules/science/signals/rules.h"
#include "puente/science/v1/signal.pb.h"

namespace puente::science::store {

// skillSignals/{skill_signal}
const resource::Spec& SignalSpec();

// The kind of records that figures count: real ones where there are any, else generated ones, else
// none.
absl::StatusOr<type::v1::RecordKind> CountedKind(sql::Session& session);

// All signals of a kind, nearest horizon first.
absl::StatusOr<std::vector<SignalFacts>> ByHorizon(sql::Session& session,
                                                   type::v1::RecordKind kind);

}  // namespace puente::science::store
