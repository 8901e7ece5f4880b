// Where the benchmarks run: a private database, a private CA and servers with their configuration,
// all gone when the program ends.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "common/hosting/config.pb.h"
#include "common/sql/connection.h"
#include "common/sql/migrate.h"
#include "tests/bench/bare/sql.h"
#include "tests/bench/process.h"
#include "tests/testing/certificates.h"
#include "tests/testing/registry.h"

namespace puente::bench {

class Site {
 public:
  static Site& Shared();

  // A new database with these migrations, and one without a table of ours.
  sql::Target Schema(const std::vector<sql::Migration>& migrations);
  sql::Target EmptySchema();
  static bare::Place PlaceOf(const sql::Target& target) { return {target.socket, target.schema}; }
  // Runs statements of the benchmark's own, as root.
  void Execute(const sql::Target& target, const std::string& text);
  // The same by the database's own client, which waits for as long as they take; what they say goes
  // to the log.
  void ExecuteByClient(const sql::Target& target, const std::string& text);
  // Statements that fill an empty table each, whose keys are then written in their order; side by
  // side.
  void Fill(const sql::Target& target, const std::vector<std::string>& statements);
  // The text column of each row.
  std::vector<std::string> Texts(const sql::Target& target, const std::string& select);
  void Drop(const sql::Target& target);
  // Of a table, quoted, in their order.
  std::vector<std::string> Columns(const sql::Target& database, const std::string& table);
  // More rows like the one there is, whose `column` is a letter and 1, 2, ….
  void Copy(const sql::Target& database, const std::string& table, const std::string& column,
            char letter, int64_t count);

  // Configuration of an agency's server on a free port.
  config::Server Config(const std::string& agency);
  config::Server Config(const std::string& agency, const sql::Target& database);
  // Writes it down; the file's path.
  std::string Write(const google::protobuf::Message& config);
  // Starts the agency's own program, puente-AGENCY, with this configuration.
  std::unique_ptr<Process> Start(const config::Server& config);

  // What sends rows of this database as bare/export.h says, as agency/labor.
  std::unique_ptr<Process> StartBareExport(const sql::Target& database);

  // A channel over mTLS to an agency's server, or to "gateway".
  std::shared_ptr<grpc::Channel> Channel(const std::string& address, const std::string& agency,
                                         const std::string& caller);
  identity::TlsFiles Files(const std::string& caller);

  const Folder& folder() const { return folder_; }
  std::string log() const { return folder_ / "log"; }

 private:
  Folder folder_;
  testing::CertificateAuthority authority_;
  const testing::SignedRegistry registry_{authority_.folder()};
  std::map<std::string, identity::TlsFiles> files_;
  int configs_ = 0;
};

}  // namespace puente::bench
