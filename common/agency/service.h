// puente.api.v1.ReferenceService: what an agency's records refer to elsewhere, and what others'
// refer to here.
#pragma once

#include "absl/status/statusor.h"
#include "common/calls/host.h"
#include "common/sql/session.h"
#include "puente/api/v1/references.pb.h"

namespace puente::agency {

void ServeReferences(calls::Host& host);

// What its methods do, for the gateway, which looks up what its own records refer to without a
// call.
absl::StatusOr<api::v1::FindForeignNamesResponse> FindForeignNames(
    const Call& call, sql::Session& session, const api::v1::FindForeignNamesRequest& request);
absl::StatusOr<api::v1::ResolveNamesResponse> ResolveNames(
    const Call& call, sql::Session& session, const api::v1::ResolveNamesRequest& request,
    calls::Host& host);
absl::StatusOr<api::v1::StoreResolvedNamesResponse> StoreResolvedNames(
    const Call& call, sql::Session& session, const api::v1::StoreResolvedNamesRequest& request,
    calls::Host& host);

}  // namespace puente::agency
