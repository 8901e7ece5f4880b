// How a server is configured in a test.
#pragma once

#include <string>

#include "common/hosting/config.pb.h"
#include "common/hosting/module.h"
#include "common/identity/registry.h"
#include "common/identity/tls.h"
#include "common/sql/connection.h"
#include "tests/testing/certificates.h"
#include "tests/testing/registry.h"

namespace puente::testing {

// On free ports, without a database.
config::Server ServerConfig(const std::string& agency, const identity::TlsFiles& tls,
                            const identity::Registry::Files& registry);

// Of a module on a database that was migrated; with the keys of its persons, if it keeps some. Few
// workers.
config::Server ServerConfig(const hosting::ModuleKind& kind, const sql::Target& database,
                            CertificateAuthority& authority, const SignedRegistry& registry);

// Its password, if it has one, is in a file of this folder.
config::Database DatabaseConfig(const sql::Target& database, const std::string& folder);

}  // namespace puente::testing
