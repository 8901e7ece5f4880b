// Configuration files: strict text protobuf (common/hosting/config.proto).
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/hosting/config.pb.h"
#include "common/identity/registry.h"
#include "common/identity/tls.h"
#include "common/sql/connection.h"
#include "google/protobuf/message.h"

namespace puente::hosting {

// Reads a file into `config`. CONFIG_INVALID names the line and what is wrong there.
absl::Status ReadConfig(const std::string& path, google::protobuf::Message& config);

// CONFIG_INVALID unless everything that this kind of server needs is there and makes sense.
absl::Status CheckConfig(const config::Server& server, absl::string_view agency,
                         bool needs_database);

identity::Registry::Files RegistryOf(const config::Server& server);
identity::TlsFiles TlsFilesOf(const config::Server& server);

// Where the database is, with the password from its file; nothing if none is configured.
absl::StatusOr<std::optional<sql::Target>> DatabaseOf(const config::Server& server);

}  // namespace puente::hosting
