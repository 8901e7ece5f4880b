// One connection with full rights: reads, writes, transactions. Handlers never see one: they get a
// Session (reads) or a journal::Transaction (writes inside the write path).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/sql/row.h"
#include "common/sql/value.h"

namespace sql {
class Connection;
class PreparedStatement;
class Statement;
class SQLException;
}  // namespace sql

namespace puente::sql {

// Where a database is: on this machine, or over TLS.
struct Target {
  std::string socket;
  std::string user;
  std::string password;
  std::string schema;
  // In place of a socket: "db1.example:3306" each, tried in this order. The first that takes writes
  // is used; if none does, the first that answers.
  std::vector<std::string> hosts = {};
  // PEM file of who signs the hosts' certificates, which bear the names above.
  std::string ca = {};
};

// What a server says that it is. SQL is what both understand; the difference is hidden here.
enum class Dialect { kMariaDb, kMySql };

// A statement with the name under which logs know it. The text outlives the query.
struct Query {
  absl::string_view name;  // "labor.vacancy.get"
  absl::string_view text;
};

enum class Isolation { kReadCommitted, kSnapshot };

enum class Mode {
  kAutocommit,
  // For transactions alone: between Begin() and Commit() or Rollback(). The server begins one by
  // itself with the first statement, which saves a round trip.
  kTransactions,
  // As kAutocommit, for a migration: waits for a statement's end as long as it takes.
  kMigrations,
};

// What took longer is not committed any more: the journal counts on it that no entry comes later.
inline constexpr std::chrono::minutes kLongestTransaction{8};

// Not thread-safe: one thread at a time. Connects at its first statement, and again after an error
// that the old connection may not have survived, or when another connection of the process has
// found its database at another host; a transaction does not outlive its connection.
class Connection {
 public:
  explicit Connection(Target target, Mode mode = Mode::kAutocommit);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Runs a statement without rows. Returns how many rows it found (not how many it changed).
  absl::StatusOr<int64_t> Execute(const Query& query, absl::Span<const Value> parameters = {});

  // Runs an insert of so many rows and returns what the table's auto-increment column `id` gave
  // each.
  absl::StatusOr<std::vector<int64_t>> InsertForIds(const Query& query, size_t rows,
                                                    absl::Span<const Value> parameters);

  // Runs a select and hands each row to `take`, whose error ends the call.
  using Take = std::function<absl::Status(const Row&)>;
  absl::Status Select(const Query& query, absl::Span<const Value> parameters,
                      const google::protobuf::Descriptor* type, const Take& take);

  // Statements of their own, since the connector's commit() loses commits silently. In the mode
  // kTransactions, a connection that was lost meanwhile is noticed by the first statement only.
  absl::Status Begin(Isolation isolation);
  absl::Status Commit();
  // Never fails: if it can't roll back it drops the connection, which does.
  void Rollback();
  // Closes the connection; the next statement opens another.
  void Drop();

  // Connects if need be and asks the server something.
  absl::Status Ping();
  // The server's id of this connection; 0 while closed.
  int64_t id() const { return id_; }
  // Which connection it is, of all that this one has made: ids of two hosts may be the same.
  uint64_t opened() const { return opened_; }
  // Which of the target's hosts it leads, or led, to; "" before that and for a socket.
  const std::string& host() const { return host_; }

 private:
  struct Prepared {
    std::string text;
    std::unique_ptr<::sql::PreparedStatement> statement;
    Mapping mapping;
    bool mapped = false;
  };

  absl::Status Open();
  // At one of the hosts, or the socket for "". DATABASE_READ_ONLY if it must be `writable`, and
  // isn't.
  absl::Status OpenAt(const std::string& host, bool writable);
  absl::Status OpenAtAnyHost(bool told);
  void SetSession();
  // What the server says of itself.
  absl::Status Ask(bool encrypted, bool writable);
  absl::Status SelectOnce(const Query& query, absl::Span<const Value> parameters,
                          const google::protobuf::Descriptor* type, const Take& take);
  absl::Status BeginOnce(Isolation isolation);
  // Reads and beginnings run again on a new connection where the old one turns out to be gone.
  template <class Body>
  absl::Status OnceMoreIfStale(Body body);
  absl::Status Plain(absl::string_view text);
  Prepared& Prepare(absl::string_view text);
  absl::Status Failed(const ::sql::SQLException& exception, absl::string_view query);
  template <class Body>
  absl::Status Guard(absl::string_view query, Body body);

  const Target target_;
  const Mode mode_;
  std::unique_ptr<::sql::Connection> connection_;
  std::unique_ptr<::sql::Statement> plain_;  // for what takes no parameters and gives no rows
  int64_t id_ = 0;
  Dialect dialect_ = Dialect::kMySql;
  std::string host_;
  uint64_t moves_ = 0;  // of the process, as this connection was opened
  uint64_t opened_ = 0;
  bool in_transaction_ = false;
  std::chrono::steady_clock::time_point began_;  // the last transaction
  // Least recently used last.
  std::list<Prepared> statements_;
  absl::flat_hash_map<absl::string_view, std::list<Prepared>::iterator> by_text_;
};

}  // namespace puente::sql
