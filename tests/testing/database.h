// The database server for the tests of one process: a private MariaDB, started at first use in a
// temporary folder, on a unix socket, and gone with the process, however that ends.
//
// Where the environment has PUENTE_TEST_MYSQL=mysql://USER:PASSWORD@/PATH/TO/SOCKET, or
// mysql://USER:PASSWORD@HOST:PORT[,HOST:PORT]?ca=/PATH/TO/CA.PEM, it is that server instead,
// MariaDB or MySQL. The user needs all rights on the schemas puente_test_%. Those are dropped when
// the process ends; one that is killed leaves its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/sql/connection.h"
#include "common/sql/migrate.h"
#include "tests/testing/database_server.h"

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
  int pid() const { return own_ == nullptr ? 0 : own_->pid(); }  // 0 if it is not ours

  ~Database();

 private:
  Database();
  sql::Target Schema(int number) const;

  std::unique_ptr<DatabaseServer> own_;
  sql::Target server_;
  int schemas_ = 0;
};

// Where a URL as above leads. Aborts the test program if it is none.
sql::Target TargetOf(absl::string_view url);

// Runs a statement, and fails the test program if it fails.
void MustExecute(sql::Connection& connection, const std::string& text);
// One number.
int64_t MustCount(sql::Connection& connection, const std::string& text);

// Runs `call` while the transaction of `open` is open, and commits that as soon as the call waits
// for a lock, or has ended. Says whether it waited.
bool WaitsFor(sql::Connection& open, const std::function<void()>& call);

}  // namespace puente::testing
