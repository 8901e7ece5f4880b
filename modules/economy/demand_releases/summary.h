// GetDemandSummary: figures of a release, read by their keys.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/sql/session.h"
#include "puente/economy/v1/demand.pb.h"

namespace puente::economy {

// POSITION_NOT_REACHED, SECTOR_TABLE_NOT_FOUND, INVALID_FRESHNESS_TOKEN.
absl::StatusOr<v1::DemandSummary> GetDemandSummary(sql::Session& session, absl::CivilDay day,
                                                   const v1::GetDemandSummaryRequest& request);

}  // namespace puente::economy
