// puente.economy.v1.TrainingPlaceService.FindPlaces and ExplainPlace, and the rows by which places
// are found.
#pragma once

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "puente/economy/v1/training_place.pb.h"

namespace puente::economy {

// Has new places be found: by their skills those that are open, the others not at all.
absl::Status AddToSearch(journal::Transaction& tx,
                         absl::Span<const v1::TrainingPlace* const> places);
// Has a place be found as it is now, and no more as it was.
absl::Status ChangeInSearch(journal::Transaction& tx, const v1::TrainingPlace& place);

absl::StatusOr<v1::FindPlacesResponse> FindPlaces(const Call& call, sql::Session& session,
                                                  const v1::FindPlacesRequest& request);
absl::StatusOr<v1::PlaceMatch> ExplainPlace(const Call& call, sql::Session& session,
                                            const v1::ExplainPlaceRequest& request);

}  // namespace puente::economy
