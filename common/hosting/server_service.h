// puente.api.v1.ServerService: which server this is.
#pragma once

#include <functional>

#include "common/calls/host.h"

namespace puente::hosting {

// `describe` fills in what only the module knows; its session is null without a database. On a
// worker.
void ServeServer(
    calls::Host& host, int schema_version,
    std::function<absl::Status(sql::Session* session, api::v1::Server& server)> describe);

}  // namespace puente::hosting
