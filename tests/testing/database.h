// The database server for the tests of one process: a private MariaDB, started at first use in a
// temporary folder, on a unix socket, and gone with the process, however that ends.
//
// Where the environment has PUENTE_TEST_MYSQL=mysql://USER:PASSWORD@/PATH/TO/SOCKET, it is that
// server instead, MariaDB or MySQL. The user needs all rights on the schemas puente_test_%. Those
// are dropped when the process ends; one that is killed leaves its own.
#pragma once

#include <string>
#include <vector>

#include "common/sql/connection.h"
#include "common/sql/migrate.h"

namespace puente::testing {

class Database {
 public:
  // Aborts the test program if the server can't be started or reached.
  static Database& Shared();

  // A new schema with these migrations applied.
  sql::Target NewSchema(const std::vector<sql::Migration>& migrations);
  // A new empty schema.
  sql::Target NewSchema();

  // The server itself, in a schema that is always there.
  const sql::Target& server() const { return server_; }
  int pid() const { return pid_; }  // 0 if it is not ours

  ~Database();

 private:
  Database();
  void StartPrivate();
  sql::Target Schema(int number) const;

  sql::Target server_;
  std::string folder_;  // of the private server
  int pid_ = 0;         // of the private server
  int schemas_ = 0;
};

// Runs a statement, and fails the test program if it fails.
void MustExecute(sql::Connection& connection, const std::string& text);
// One number.
int64_t MustCount(sql::Connection& connection, const std::string& text);

}  // namespace puente::testing
