// puente.economy.v1.TrainingPlaceService.GetPlaceAvailability.
#pragma once

#include "absl/status/statusor.h"
#include "common/context/call.h"
#include "common/sql/session.h"
#include "puente/economy/v1/training_place.pb.h"

namespace puente::economy {

absl::StatusOr<v1::GetPlaceAvailabilityResponse> GetPlaceAvailability(
    const Call& call, sql::Session& session, const v1::GetPlaceAvailabilityRequest& request);

}  // namespace puente::economy
