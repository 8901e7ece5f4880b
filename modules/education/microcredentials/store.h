// Versions of microcredentials as they are stored.
#pragma once

#include "common/journal/write.h"
#include "common/resource/spec.h"
#include "common/sql/session.h"
#include "modules/education/microcredentials/rules.h"
#include "puente/education/v1/microcredential.pb.h"

namespace puente::education::store {

// microcredentials/{microcredential}/versions/{version}
const resource::Spec& VersionSpec();

// The microcredential's last number; 0 if it has no version. Two who draft the next one at once
// meet at its key.
absl::StatusOr<int> LastNumber(sql::Session& session, const std::string& microcredential);

// Writes down what a version that is being published certifies.
absl::Status InsertSkills(journal::Transaction& tx, const VersionName& name,
                          const v1::MicrocredentialVersion& version);

// The figures of what is published. Without state or sector: versions state neither.
absl::StatusOr<v1::SupplySummary> SumUp(sql::Session& session);

}  // namespace puente::education::store
