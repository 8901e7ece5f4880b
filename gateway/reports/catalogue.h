// ListPublishedTables: what programs can read, table by table.
#pragma once

#include "absl/status/statusor.h"
#include "common/context/call.h"
#include "common/sql/session.h"
#include "puente/gateway/v1/report.pb.h"

namespace puente::gateway {

absl::StatusOr<v1::ListPublishedTablesResponse> ListPublishedTables(
    const Call& call, sql::Session& session, const v1::ListPublishedTablesRequest& request);

}  // namespace puente::gateway
