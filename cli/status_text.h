// Who is up, as text.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/printer.h"
#include "puente/api/v1/references.pb.h"
#include "puente/api/v1/server.pb.h"

namespace puente::cli {

struct ServerState {
  std::string name;
  std::string address;
  absl::Status status;  // OK: it answered
  std::string cause;    // in words, if it did not
  api::v1::Server server;
  // References of records that the caller may see, and lead to no record; perhaps not all.
  std::vector<api::v1::UnresolvedReference> unresolved;
  bool more_unresolved = false;
  std::string caller;              // who asked
  absl::Status unresolved_status;  // OK: that is what it answered
};

void Print(Printer& printer, const std::vector<ServerState>& states);

// One object: {"servers": [{"name", "address", "up", "server" and "unresolvedReferences" (with
// "moreUnresolvedReferences") or "unresolvedReferencesError"; or "error"}]}.
std::string StatusJson(const std::vector<ServerState>& states);

// One row a server and collection.
Table StatusRecords(const std::vector<ServerState>& states);

}  // namespace puente::cli
