// A private MariaDB for the tests of one process: started at first use in a temporary folder, on a
// unix socket, and gone with the process, however that ends.
#pragma once

#include <string>
#include <vector>

#include "common/sql/connection.h"
#include "common/sql/migrate.h"

namespace puente::testing {

class Database {
 public:
  // The process's own server. Aborts the test program if it can't be started.
  static Database& Shared();

  // A new schema with these migrations applied.
  sql::Target NewSchema(const std::vector<sql::Migration>& migrations);
  // A new empty schema.
  sql::Target NewSchema();

  const std::string& socket() const { return socket_; }
  int pid() const { return pid_; }

  // Sends the server process a signal; Start() brings a killed one back with its data.
  void Signal(int signal);
  void Start();

  ~Database();

 private:
  Database();
  std::string folder_;
  std::string socket_;
  int pid_ = 0;
  int schemas_ = 0;
};

// Runs a statement, and fails the test program if it fails.
void MustExecute(sql::Connection& connection, const std::string& text);
// One number.
int64_t MustCount(sql::Connection& connection, const std::string& text);

}  // namespace puente::testing
