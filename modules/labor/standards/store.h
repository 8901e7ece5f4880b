// The dated standards as the schema's migrations put them there.
#pragma once

#include "absl/status/statusor.h"
#include "common/sql/session.h"
#include "puente/labor/v1/standards.pb.h"

namespace puente::labor::store {

// All of them, oldest first.
absl::StatusOr<v1::Standards> ReadStandards(sql::Session& session);

}  // namespace puente::labor::store
