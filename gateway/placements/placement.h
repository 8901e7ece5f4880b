// The act by which a learner is placed, whoever asked for it.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "puente/gateway/v1/act.pb.h"
#include "puente/gateway/v1/council.pb.h"

namespace puente::gateway {

// Its kind; its subject is the learner. The act has no record here, and so nothing to do at its
// end.
inline constexpr char kPlacement[] = "placement";

// "organizations/x" of a name below it.
std::string OrganizationOf(absl::string_view name);

// Begins it on behalf of the caller, under this id, which the enrolment and the seat get too.
// ACT_UNDER_WAY.
absl::StatusOr<v1::Act> BeginPlacement(const Call& call, journal::Transaction& tx,
                                       const std::string& id,
                                       const v1::PlaceLearnerRequest& request);

}  // namespace puente::gateway
