#include "tests/testing/server_config.h"

#include <sys/stat.h>

#include <fstream>

#include "common/identity/spiffe.h"
#include "tests/testing/person_keys.h"

namespace puente::testing {

config::Server ServerConfig(const std::string& agency, const identity::TlsFiles& tls,
                            const identity::Registry::Files& registry) {
  config::Server config;
  config.set_agency(agency);
  config.set_listen("127.0.0.1:0");
  config.set_admin_listen("127.0.0.1:0");
  config.set_trust_domain(kTrustDomain);
  config.mutable_tls()->set_ca(tls.ca);
  config.mutable_tls()->set_certificate(tls.certificate);
  config.mutable_tls()->set_key(tls.key);
  config.mutable_registry()->set_file(registry.registry);
  config.mutable_registry()->set_public_key(registry.public_key);
  return config;
}

config::Server ServerConfig(const hosting::ModuleKind& kind, const sql::Target& database,
                            CertificateAuthority& authority, const SignedRegistry& registry) {
  config::Server config =
      ServerConfig(kind.agency, authority.For(identity::ServerPath(kind.agency)), registry.files());
  config.set_workers(2);
  *config.mutable_database() = DatabaseConfig(database, authority.folder());
  if (kind.keeps_persons) {
    *config.mutable_personal_keys() = PersonKeys::Of(database).Config(authority.folder());
  }
  return config;
}

config::Database DatabaseConfig(const sql::Target& database, const std::string& folder) {
  config::Database config;
  config.set_socket(database.socket);
  config.mutable_hosts()->Add(database.hosts.begin(), database.hosts.end());
  config.set_ca(database.ca);
  config.set_user(database.user);
  config.set_schema(database.schema);
  if (!database.password.empty()) {
    const std::string path = folder + "/password-" + database.schema;
    std::ofstream(path) << database.password;
    chmod(path.c_str(), 0600);
    config.set_password_file(path);
  }
  return config;
}

}  // namespace puente::testing
