#include "common/sql/connection.h"

#include <cppconn/connection.h>
#include <cppconn/datatype.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>

#include <atomic>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/sql/error.h"
#include "common/status/macros.h"

namespace puente::sql {
namespace {

// Statements kept prepared a connection. A module has some dozens; multi-row texts come in a few
// sizes.
constexpr size_t kMostStatements = 128;
constexpr int kConnectSeconds = 3;
// The connector's own code for a handshake that failed.
constexpr int kTlsFailed = 2026;
// Longer than any statement of ours; a hung server is noticed by it.
constexpr int kReadSeconds = 60;
// Before that the server ends a statement itself: one that is given up goes on there.
constexpr int kStatementSeconds = 55;
// A connection that was found to be gone fails faster. What took longer isn't asked again.
constexpr std::chrono::seconds kStale{5};
// A table may take hours to be altered, and the server goes on with that whoever still listens.
constexpr int kMigrationSeconds = 7 * 24 * 60 * 60;

// How often connections of this process found that another host takes the writes than before. All
// with hosts look again then: one that is asked for reads alone would not notice that the server at
// its other end has become a replica.
std::atomic<uint64_t> all_moves = 0;

// Whether it is news to this process that, of these hosts, this one takes the writes.
bool WriterMoved(const std::vector<std::string>& hosts, const std::string& writer) {
  static absl::Mutex mutex(absl::kConstInit);
  static auto* const writers = new std::map<std::vector<std::string>, std::string>();
  absl::MutexLock lock(&mutex);
  std::string& known = (*writers)[hosts];
  const bool moved = !known.empty() && known != writer;
  known = writer;
  return moved;
}

::sql::SQLString Text(absl::string_view text) { return {text.data(), text.size()}; }

::sql::mysql::MySQL_Driver& Driver() {
  static absl::Mutex mutex(absl::kConstInit);
  absl::MutexLock lock(&mutex);  // making the instance is not thread-safe
  return *::sql::mysql::get_mysql_driver_instance();
}

void Bind(::sql::PreparedStatement& statement, absl::Span<const Value> parameters) {
  uint32_t index = 0;
  for (const Value& value : parameters) {
    ++index;
    if (value.is_null()) {
      statement.setNull(index, ::sql::DataType::VARCHAR);
    } else if (value.number() != nullptr) {
      statement.setInt64(index, *value.number());
    } else {
      statement.setString(index, Text(value.text()));
    }
  }
}

}  // namespace

Connection::Connection(Target target, Mode mode) : target_(std::move(target)), mode_(mode) {}
Connection::~Connection() { Drop(); }

template <class Body>
absl::Status Connection::Guard(absl::string_view query, Body body) {
  try {
    return body();
  } catch (const ::sql::SQLException& exception) {
    return Failed(exception, query);
  } catch (const std::exception& exception) {
    Drop();
    return FromCode(0, exception.what(), query);
  }
}

absl::Status Connection::Failed(const ::sql::SQLException& exception, absl::string_view query) {
  const int code = exception.getErrorCode();
  const absl::Status status = FromCode(code, exception.what(), query);
  // Also with one name, behind which another server may stand by now.
  const bool elsewhere = IsReadOnly(status) && !target_.hosts.empty();
  if (!ConnectionSurvives(code) || elsewhere) Drop();
  return status;
}

template <class Body>
absl::Status Connection::OnceMoreIfStale(Body body) {
  const bool repeatable = connection_ != nullptr && !in_transaction_;
  const auto start = std::chrono::steady_clock::now();
  absl::Status status = body();
  const bool stale =
      sql::IsUnavailable(status) && std::chrono::steady_clock::now() - start < kStale;
  // A server that was restarted is noticed only by the first statement. It changed nothing.
  return repeatable && stale ? body() : status;
}

absl::Status Connection::Open() {
  const bool moved = target_.hosts.size() > 1 && moves_ != all_moves && !in_transaction_;
  if (connection_ != nullptr && !moved) return absl::OkStatus();
  if (in_transaction_) return Error(error::kUnavailable);  // it went with its connection
  return target_.hosts.empty() ? OpenAt("", false) : OpenAtAnyHost(connection_ != nullptr);
}

absl::Status Connection::OpenAtAnyHost(bool told) {
  const uint64_t moves = all_moves;
  absl::Status opened;
  bool answered = false;
  for (const bool writable : {true, false}) {
    if (!writable && !answered) break;
    for (const std::string& host : target_.hosts) {
      opened = OpenAt(host, writable);
      answered |= opened.ok() || IsReadOnly(opened);
      if (!opened.ok()) continue;
      // Also a session's first write tells, whose reads go on where they were. Who was told to look
      // again tells nobody: of two hosts that take writes each would have all look again.
      const bool news = !told && writable && WriterMoved(target_.hosts, host);
      moves_ = news ? ++all_moves : moves;
      host_ = host;
      return opened;
    }
  }
  return opened;
}

absl::Status Connection::OpenAt(const std::string& host, bool writable) {
  Drop();
  const absl::Status opened = Guard("connect", [&] {
    ::sql::ConnectOptionsMap options;
    options["userName"] = Text(target_.user);
    options["password"] = Text(target_.password);
    options["schema"] = Text(target_.schema);
    options["CLIENT_FOUND_ROWS"] = true;  // else an update to equal values counts no row
    options["OPT_CHARSET_NAME"] = ::sql::SQLString("utf8mb4");
    options["OPT_CONNECT_TIMEOUT"] = kConnectSeconds;
    options["OPT_READ_TIMEOUT"] = mode_ == Mode::kMigrations ? kMigrationSeconds : kReadSeconds;
    options["OPT_WRITE_TIMEOUT"] = kReadSeconds;
    options["OPT_LOCAL_INFILE"] = 0;
    if (host.empty()) {
      options["hostName"] = ::sql::SQLString("unix://" + target_.socket);
    } else {
      options["hostName"] = ::sql::SQLString("tcp://" + host);
      options["sslCA"] = Text(target_.ca);
      options["sslVerify"] = true;
      options["sslEnforce"] = true;
    }
    connection_.reset(Driver().connect(options));
    plain_.reset(connection_->createStatement());
    RETURN_IF_ERROR(Ask(!host.empty(), writable));
    SetSession();
    ++opened_;
    return absl::OkStatus();
  });
  if (!opened.ok()) Drop();  // half made, it would begin no transactions
  return opened;
}

absl::Status Connection::Ask(bool encrypted, bool writable) {
  std::unique_ptr<::sql::ResultSet> answer(plain_->executeQuery(
      "SELECT CONNECTION_ID(), VERSION() LIKE '%MariaDB%',"
      " CAST(@@global.read_only AS CHAR) NOT IN ('0', 'OFF')"));  // newer servers say it in words
  bool read_only = true;
  while (answer->next()) {
    id_ = answer->getInt64(1);
    dialect_ = answer->getInt(2) != 0 ? Dialect::kMariaDb : Dialect::kMySql;
    read_only = answer->getInt(3) != 0;
  }
  if (writable && read_only) return Error(error::kReadOnly);
  if (!encrypted) return absl::OkStatus();
  // The connector goes on in clear with a server that offers no TLS.
  answer.reset(plain_->executeQuery("SHOW SESSION STATUS LIKE 'Ssl_cipher'"));
  while (answer->next()) {
    if (!answer->getString(2)->empty()) return absl::OkStatus();
  }
  return FromCode(kTlsFailed, "the connection is not encrypted", "connect");
}

void Connection::SetSession() {
  // MariaDB ends a transaction that a frozen process holds; the sequencer counts on it.
  plain_->execute(
      "SET /*M!100300 idle_transaction_timeout = 300, */ time_zone = '+00:00',"
      " wait_timeout = 28800, innodb_lock_wait_timeout = 5,"
      " sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
      "NO_ENGINE_SUBSTITUTION'");
  if (mode_ != Mode::kMigrations) {
    plain_->execute(
        Text(dialect_ == Dialect::kMariaDb
                 ? absl::StrCat("SET max_statement_time = ", kStatementSeconds)
                 : absl::StrCat("SET max_execution_time = ", kStatementSeconds, "000")));
  }
  // The connector has just set REPEATABLE READ; every decision of ours is a compare-and-swap.
  plain_->execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
  if (mode_ == Mode::kTransactions) plain_->execute("SET autocommit = 0");
}

void Connection::Drop() {
  by_text_.clear();
  try {
    statements_.clear();
    plain_.reset();
    connection_.reset();
  } catch (const std::exception&) {
    // A connection that can't be closed in order is gone all the same.
  }
  id_ = 0;  // and still in_transaction_: what follows must not run outside of it
}

absl::Status Connection::Plain(absl::string_view text) {
  return Guard(text, [&] {
    plain_->execute(Text(text));
    return absl::OkStatus();
  });
}

Connection::Prepared& Connection::Prepare(absl::string_view text) {
  if (const auto found = by_text_.find(text); found != by_text_.end()) {
    statements_.splice(statements_.begin(), statements_, found->second);
    return statements_.front();
  }
  if (statements_.size() >= kMostStatements) {
    by_text_.erase(statements_.back().text);
    statements_.pop_back();
  }
  std::unique_ptr<::sql::PreparedStatement> statement(connection_->prepareStatement(Text(text)));
  statements_.push_front(Prepared{std::string(text), std::move(statement), {}, false});
  by_text_.emplace(statements_.front().text, statements_.begin());
  return statements_.front();
}

absl::StatusOr<int64_t> Connection::Execute(const Query& query,
                                            absl::Span<const Value> parameters) {
  RETURN_IF_ERROR(Open());
  int64_t count = 0;
  RETURN_IF_ERROR(Guard(query.name, [&] {
    ::sql::PreparedStatement& statement = *Prepare(query.text).statement;
    Bind(statement, parameters);
    count = statement.executeUpdate();
    return absl::OkStatus();
  }));
  return count;
}

absl::StatusOr<std::vector<int64_t>> Connection::InsertForIds(const Query& query, size_t rows,
                                                              absl::Span<const Value> parameters) {
  std::vector<int64_t> ids;
  RETURN_IF_ERROR(Open());
  if (dialect_ == Dialect::kMariaDb) {  // a round trip less
    const std::string text = absl::StrCat(query.text, " RETURNING id");
    RETURN_IF_ERROR(SelectOnce({query.name, text}, parameters, nullptr, [&](const Row& row) {
      ids.push_back(row.Int64(0));
      return absl::OkStatus();
    }));
  } else {
    RETURN_IF_ERROR(Execute(query, parameters).status());
    // Of the first; those of one insert follow one another.
    constexpr absl::string_view kFirst = "SELECT LAST_INSERT_ID(), @@auto_increment_increment";
    RETURN_IF_ERROR(SelectOnce({query.name, kFirst}, {}, nullptr, [&](const Row& row) {
      for (size_t i = 0; i < rows; ++i) {
        ids.push_back(row.Int64(0) + static_cast<int64_t>(i) * row.Int64(1));
      }
      return absl::OkStatus();
    }));
  }
  if (ids.size() != rows) return absl::InternalError(absl::StrCat(query.name, ": ids are missing"));
  return ids;
}

absl::Status Connection::Select(const Query& query, absl::Span<const Value> parameters,
                                const google::protobuf::Descriptor* type, const Take& take) {
  return OnceMoreIfStale([&] { return SelectOnce(query, parameters, type, take); });
}

absl::Status Connection::SelectOnce(const Query& query, absl::Span<const Value> parameters,
                                    const google::protobuf::Descriptor* type, const Take& take) {
  RETURN_IF_ERROR(Open());
  return Guard(query.name, [&] {
    Prepared& prepared = Prepare(query.text);
    Bind(*prepared.statement, parameters);
    std::unique_ptr<::sql::ResultSet> result(prepared.statement->executeQuery());
    if (!prepared.mapped || prepared.mapping.descriptor != type) {
      prepared.mapping = MakeMapping(*result, type);
      prepared.mapped = true;
    }
    const Row row(*result, prepared.mapping);
    while (result->next()) RETURN_IF_ERROR(take(row));  // the result is buffered: leaving is safe
    return absl::OkStatus();
  });
}

absl::Status Connection::Begin(Isolation isolation) {
  return OnceMoreIfStale([&] { return BeginOnce(isolation); });
}

absl::Status Connection::BeginOnce(Isolation isolation) {
  RETURN_IF_ERROR(Open());
  if (isolation == Isolation::kSnapshot) {
    RETURN_IF_ERROR(Plain("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"));
    RETURN_IF_ERROR(Plain("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"));
  } else if (mode_ != Mode::kTransactions) {
    RETURN_IF_ERROR(Plain("START TRANSACTION"));
  }
  in_transaction_ = true;
  began_ = std::chrono::steady_clock::now();
  return absl::OkStatus();
}

absl::Status Connection::Commit() {
  in_transaction_ = false;
  if (connection_ == nullptr) return Error(error::kUnavailable);
  if (std::chrono::steady_clock::now() - began_ > kLongestTransaction) {
    Drop();
    return Error(error::kConflict);
  }
  return Plain("COMMIT");
}

void Connection::Rollback() {
  in_transaction_ = false;
  if (connection_ != nullptr && !Plain("ROLLBACK").ok()) Drop();
}

absl::Status Connection::Ping() {
  RETURN_IF_ERROR(Open());
  return Select({"ping", "SELECT 1"}, {}, nullptr, [](const Row&) { return absl::OkStatus(); });
}

}  // namespace puente::sql
