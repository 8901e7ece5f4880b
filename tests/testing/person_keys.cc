#include "tests/testing/person_keys.h"

#include <map>

#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "schema/personal.h"
#include "tests/testing/database.h"
#include "tests/testing/server_config.h"

namespace puente::testing {

PersonKeys::PersonKeys() : database_(Database::Shared().NewSchema(schema::personal())) {
  folder_.Generate(personal::KeyKind::kHash, 1);
  folder_.Generate(personal::KeyKind::kEpoch, 1);
}

PersonKeys& PersonKeys::Of(const sql::Target& database) {
  static absl::Mutex mutex;
  Database::Shared();  // made before them, so gone after them
  // By server and schema.
  static std::map<std::pair<std::string, std::string>, std::unique_ptr<PersonKeys>> all;
  const absl::MutexLock lock(&mutex);
  std::unique_ptr<PersonKeys>& keys =
      all[{absl::StrJoin(database.hosts, ",") + database.socket, database.schema}];
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

}  // namespace puente::testing
