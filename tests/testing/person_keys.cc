#include "tests/testing/person_keys.h"

#include <sys/stat.h>

#include <fstream>
#include <map>

#include "absl/synchronization/mutex.h"
#include "schema/personal.h"
#include "tests/testing/database.h"

namespace puente::testing {

PersonKeys::PersonKeys() : database_(Database::Shared().NewSchema(schema::personal())) {
  folder_.Generate(personal::KeyKind::kHash, 1);
  folder_.Generate(personal::KeyKind::kEpoch, 1);
}

PersonKeys& PersonKeys::Of(const sql::Target& database) {
  static absl::Mutex mutex;
  Database::Shared();  // made before them, so gone after them
  static std::map<std::string, std::unique_ptr<PersonKeys>> all;
  const absl::MutexLock lock(&mutex);
  std::unique_ptr<PersonKeys>& keys = all[database.schema];
  if (keys == nullptr) keys = std::make_unique<PersonKeys>();
  return *keys;
}

config::PersonalKeys PersonKeys::Config(const std::string& folder) const {
  config::PersonalKeys config;
  config.set_folder(folder_.path());
  *config.mutable_database() = DatabaseConfig(database_, folder);
  return config;
}

std::unique_ptr<personal::KeyStore> PersonKeys::Store() const {
  return std::make_unique<personal::KeyStore>(
      personal::KeyStore::Options{.database = database_, .keys = folder_.Keys()});
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
