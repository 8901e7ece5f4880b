// The keys of persons, for a module that keeps some.
#pragma once

#include <string>

#include "common/hosting/config.pb.h"
#include "common/personal/key_store.h"
#include "common/sql/connection.h"
#include "tests/testing/key_folder.h"

namespace puente::testing {

// The first keys in a folder, and a schema of their own.
class PersonKeys {
 public:
  PersonKeys();

  // Those of a module's database: whoever hosts it finds the same persons.
  static PersonKeys& Of(const sql::Target& database);

  const personal::KeyFolder& folder() const { return folder_; }
  const sql::Target& database() const { return database_; }
  // As a server is given them; with a password in a file of this folder, if there is one.
  config::PersonalKeys Config(const std::string& folder) const;
  std::unique_ptr<personal::KeyStore> Store() const;

 private:
  personal::KeyFolder folder_;
  const sql::Target database_;
};

// A database as a server is given it; likewise.
config::Database DatabaseConfig(const sql::Target& database, const std::string& folder);

}  // namespace puente::testing
