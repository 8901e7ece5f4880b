// puente.economy.v1.TrainingPlaceService.GetPlaceAvailability.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/context/call.h"
#include "common/sql/session.h"
#include "puente/economy/v1/training_place.pb.h"

namespace puente::economy {

// Whether the caller is told how many seats of a place are free; and whether of every place.
bool MayBeToldFree(const Call& call, const std::string& place);
bool MayBeToldFreeOfAll(const Call& call);

absl::StatusOr<v1::GetPlaceAvailabilityResponse> GetPlaceAvailability(
    const Call& call, sql::Session& session, const v1::GetPlaceAvailabilityRequest& request);

}  // namespace puente::economy
