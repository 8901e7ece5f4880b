// Configuration files: strict text protobuf (common/hosting/config.proto).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/hosting/config.pb.h"
#include "common/hosting/module.h"
#include "common/identity/registry.h"
#include "common/identity/tls.h"
#include "common/sql/connection.h"
#include "google/protobuf/message.h"

namespace puente::hosting {

inline constexpr absl::string_view kDatabase = "database";
inline constexpr absl::string_view kKeyDatabase = "personal_keys.database";

// Reads a file into `config`. CONFIG_INVALID names the line and what is wrong there.
absl::Status ReadConfig(const std::string& path, google::protobuf::Message& config);

// CONFIG_INVALID unless everything that this kind of server needs is there and makes sense.
absl::Status CheckConfig(const config::Server& server, const ModuleKind& kind);

// The same, of its files as well: what can be known of a start without its database and its ports.
// An embedded server has those whom it calls in its process, others as peers.
absl::Status CheckStart(const config::Server& server, const ModuleKind& kind, bool embedded);

identity::Registry::Files RegistryOf(const config::Server& server);
identity::TlsFiles TlsFilesOf(const config::Server& server);

// Where a database is, with the password from its file. `where` is its place in the configuration.
absl::StatusOr<sql::Target> DatabaseOf(const config::Database& database,
                                       absl::string_view where = kDatabase);
inline absl::StatusOr<sql::Target> KeyDatabaseOf(const config::Server& server) {
  return DatabaseOf(server.personal_keys().database(), kKeyDatabase);
}

}  // namespace puente::hosting
