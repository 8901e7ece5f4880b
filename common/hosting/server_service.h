// puente.api.v1.ServerService: which server this is, and who calls.
#pragma once

#include <functional>

#include "common/calls/host.h"

namespace puente::hosting {

// What GetServer answers besides what the host knows.
struct Described {
  int schema_version = 0;
  // Fills in what only the module knows; the session is null without a database. On a worker.
  std::function<absl::Status(const Call& call, sql::Session* session, api::v1::Server& server)>
      describe;
};

// Both must outlive the server.
void ServeServer(calls::Host& host, const Described& described);

}  // namespace puente::hosting
