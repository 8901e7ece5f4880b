// Migrations: numbered files of one DDL statement (or one statement of seed data) each, the only
// place with DDL.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/sql/connection.h"

namespace puente::sql {

// A file "NNNN_what.sql" of a component's folder, compiled into the binary. Its first line is
//   -- oldest-binary: 0.1.0
// the oldest version of the software that can run on the schema after it.
struct Migration {
  std::string component;  // "journal", "labor"
  int number = 0;
  std::string name;  // "vacancy"
  std::string text;
};

// Applies what is missing, in order. A migration that is in the database with other content, or
// that the binary does not know and whose oldest-binary is newer than it, is
// SCHEMA_VERSION_MISMATCH. Only one process migrates at a time. Of a connection in the mode
// kMigrations. Returns how many were applied.
absl::StatusOr<int> Migrate(Connection& connection, const std::vector<Migration>& migrations);

// The oldest version of the software that can run on the schema after all of these.
absl::StatusOr<std::string> OldestBinary(const std::vector<Migration>& migrations);

// OK if this binary can run on the schema as it is; SCHEMA_VERSION_MISMATCH says what is wrong.
absl::Status CheckSchema(Connection& connection, const std::vector<Migration>& migrations);

// How many migrations the database holds.
absl::StatusOr<int> SchemaVersion(Connection& connection);

}  // namespace puente::sql
