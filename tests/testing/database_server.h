// A private MariaDB in a temporary folder, gone with the object, however the process ends.
#pragma once

#include <string>
#include <vector>

#include "common/sql/connection.h"

namespace puente::testing {

class DatabaseServer {
 public:
  // `options` as on its command line, "--skip-networking". Aborts the test program if it can't be
  // started.
  explicit DatabaseServer(const std::vector<std::string>& options);
  ~DatabaseServer();
  DatabaseServer(const DatabaseServer&) = delete;
  DatabaseServer& operator=(const DatabaseServer&) = delete;

  // By its socket, as root, in a schema that is always there.
  const sql::Target& target() const { return target_; }
  int pid() const { return pid_; }
  // Ends it at once.
  void Kill();

 private:
  std::string folder_;
  sql::Target target_;
  int pid_ = 0;
};

// A port of this machine where nobody listens.
int FreePort();

}  // namespace puente::testing
