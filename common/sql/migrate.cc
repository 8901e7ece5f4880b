#include "common/sql/migrate.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "common/context/version.h"
#include "common/crypto/digest.h"
#include "common/sql/error.h"
#include "common/status/macros.h"

namespace puente::sql {
namespace {

constexpr absl::string_view kOldestPrefix = "-- oldest-binary: ";

constexpr Query kCreateMigration{
    "migration.create",
    "CREATE TABLE IF NOT EXISTS migration (component VARBINARY(32) NOT NULL, number INT NOT NULL,"
    " name VARBINARY(80) NOT NULL, checksum BINARY(32) NOT NULL,"
    " oldest_binary VARBINARY(20) NOT NULL, apply_time DATETIME(6) NOT NULL,"
    " PRIMARY KEY (component, number)) ENGINE=InnoDB"};
constexpr Query kCreateLock{
    "migration.create_lock",
    "CREATE TABLE IF NOT EXISTS migration_lock (id TINYINT NOT NULL PRIMARY KEY,"
    " holder VARBINARY(40) NOT NULL, expiry DATETIME(6) NOT NULL) ENGINE=InnoDB"};
constexpr Query kFillLock{"migration.fill_lock",
                          "INSERT IGNORE INTO migration_lock VALUES (1, '', NOW(6))"};
constexpr Query kTakeLock{
    "migration.take_lock",
    "UPDATE migration_lock SET holder = ?, expiry = NOW(6) + INTERVAL 1 MINUTE"
    " WHERE id = 1 AND (holder = '' OR expiry < NOW(6))"};
constexpr Query kKeepLock{
    "migration.keep_lock",
    "UPDATE migration_lock SET expiry = NOW(6) + INTERVAL 1 MINUTE WHERE id = 1 AND holder = ?"};
// What a migration's first line begins with. A user sees the statements of his own.
constexpr Query kRunning{"migration.running",
                         "SELECT COUNT(*) FROM information_schema.processlist"
                         " WHERE db = DATABASE() AND info LIKE '-- oldest-binary: %'"};
constexpr Query kFreeLock{"migration.free_lock",
                          "UPDATE migration_lock SET holder = '' WHERE id = 1 AND holder = ?"};
constexpr Query kApplied{"migration.applied",
                         "SELECT component, number, checksum, oldest_binary FROM migration"};
constexpr Query kRecord{"migration.record", "INSERT INTO migration VALUES (?, ?, ?, ?, ?, NOW(6))"};
constexpr Query kCount{"migration.count", "SELECT COUNT(*) FROM migration"};

// Less than the lock's time by far.
constexpr absl::Duration kKeepAfter = absl::Seconds(10);

using Key = std::pair<std::string, int>;
struct Applied {
  std::string checksum;
  std::string oldest_binary;
};

absl::Status Mismatch(std::string detail) { return Error(error::kSchema, "detail"_is(detail)); }

std::vector<int> Numbers(absl::string_view version) {
  std::vector<int> numbers;
  for (absl::string_view part : absl::StrSplit(version, '.')) {
    int number = 0;
    if (!absl::SimpleAtoi(part, &number)) number = 0;
    numbers.push_back(number);
  }
  return numbers;
}

absl::StatusOr<std::string> OldestBinary(const Migration& migration) {
  absl::string_view line = migration.text;
  line = line.substr(0, line.find('\n'));
  if (!absl::ConsumePrefix(&line, kOldestPrefix)) {
    return Mismatch(absl::StrCat("migration ", migration.component, "/", migration.number,
                                 " does not begin with \"", kOldestPrefix, "X.Y.Z\""));
  }
  return std::string(absl::StripAsciiWhitespace(line));
}

absl::StatusOr<int64_t> Count(Connection& connection, const Query& query) {
  int64_t count = 0;
  RETURN_IF_ERROR(connection.Select(query, {}, nullptr, [&](const Row& row) {
    count = row.Int64(0);
    return absl::OkStatus();
  }));
  return count;
}

// A row, which every node of a Galera cluster sees; GET_LOCK is refused there. Its holder keeps it
// between statements. A statement holds it by running, for as long as the server is at it, even
// when the process that sent it has ended or stopped listening.
absl::Status TakeLock(Connection& connection, const std::string& holder) {
  ASSIGN_OR_RETURN(const int64_t running, Count(connection, kRunning));
  if (running == 0) {
    ASSIGN_OR_RETURN(const int64_t taken, connection.Execute(kTakeLock, {holder}));
    if (taken == 1) return absl::OkStatus();
  }
  return Mismatch(
      "another process is migrating it, or one was ended and its statement goes on; try again in a "
      "minute");
}

absl::Status KeepLock(Connection& connection, const std::string& holder) {
  ASSIGN_OR_RETURN(const int64_t kept, connection.Execute(kKeepLock, {holder}));
  return kept == 1 ? absl::OkStatus() : Mismatch("another process has begun to migrate it");
}

absl::StatusOr<std::map<Key, Applied>> ReadApplied(Connection& connection) {
  std::map<Key, Applied> applied;
  RETURN_IF_ERROR(connection.Select(kApplied, {}, nullptr, [&](const Row& row) {
    applied[{row.Text(0), static_cast<int>(row.Int64(1))}] = {row.Text(2), row.Text(3)};
    return absl::OkStatus();
  }));
  return applied;
}

// Whether this binary can live with what is applied; what is missing is not its question.
absl::Status CheckApplied(std::map<Key, Applied> applied,
                          const std::vector<Migration>& migrations) {
  for (const Migration& migration : migrations) {
    const auto found = applied.find({migration.component, migration.number});
    if (found == applied.end()) continue;
    if (found->second.checksum != crypto::Sha256(migration.text)) {
      return Mismatch(absl::StrCat("migration ", migration.component, "/", migration.number,
                                   " was applied with other content"));
    }
    applied.erase(found);
  }
  for (const auto& [key, row] : applied) {
    if (Numbers(row.oldest_binary) > Numbers(Version())) {
      return Mismatch(absl::StrCat("migration ", key.first, "/", key.second,
                                   " needs a server of version ", row.oldest_binary, " or later"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<int> ApplyMissing(Connection& connection, const std::vector<Migration>& migrations,
                                 const std::string& holder) {
  absl::Time kept = absl::Now();
  ASSIGN_OR_RETURN(const auto applied, ReadApplied(connection));
  RETURN_IF_ERROR(CheckApplied(applied, migrations));
  int count = 0;
  for (const Migration& migration : migrations) {
    if (applied.contains({migration.component, migration.number})) continue;
    ASSIGN_OR_RETURN(const std::string oldest, OldestBinary(migration));
    if (absl::Now() - kept > kKeepAfter) {
      RETURN_IF_ERROR(KeepLock(connection, holder));
      kept = absl::Now();
    }
    // DDL commits by itself: a crash between it and its record runs it again, so every file is
    // written to be repeatable (IF NOT EXISTS, INSERT IGNORE). ALTER TABLE is, if it adds or drops
    // one thing: MySQL has no IF NOT EXISTS and IF EXISTS for columns and keys.
    const absl::Status done = connection.Execute({"migration.apply", migration.text}).status();
    if (!IsAlreadyAltered(done)) RETURN_IF_ERROR(done);
    ASSIGN_OR_RETURN(
        [[maybe_unused]] const int64_t recorded,
        connection.Execute(kRecord, {migration.component, migration.number, migration.name,
                                     crypto::Sha256(migration.text), oldest}));
    ++count;
  }
  return count;
}

}  // namespace

absl::StatusOr<int> Migrate(Connection& connection, const std::vector<Migration>& migrations) {
  for (const Query& query : {kCreateMigration, kCreateLock, kFillLock}) {
    RETURN_IF_ERROR(connection.Execute(query).status());
  }
  const std::string holder = crypto::Uuid4();
  RETURN_IF_ERROR(TakeLock(connection, holder));
  const absl::StatusOr<int> count = ApplyMissing(connection, migrations, holder);
  // What was sent over a connection that is gone may still run: then the lock ends by itself.
  if (sql::IsUnavailable(count.status())) return count;
  const absl::Status freed = connection.Execute(kFreeLock, {holder}).status();
  if (count.ok()) RETURN_IF_ERROR(freed);
  return count;
}

absl::StatusOr<std::string> OldestBinary(const std::vector<Migration>& migrations) {
  std::string oldest = "0.0.0";
  for (const Migration& migration : migrations) {
    ASSIGN_OR_RETURN(std::string one, OldestBinary(migration));
    if (Numbers(one) > Numbers(oldest)) oldest = std::move(one);
  }
  return oldest;
}

absl::Status CheckSchema(Connection& connection, const std::vector<Migration>& migrations) {
  ASSIGN_OR_RETURN(const auto applied, ReadApplied(connection));
  RETURN_IF_ERROR(CheckApplied(applied, migrations));
  for (const Migration& migration : migrations) {
    if (!applied.contains({migration.component, migration.number})) {
      return Mismatch(absl::StrCat("migration ", migration.component, "/", migration.number, " (",
                                   migration.name, ") is missing"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<int> SchemaVersion(Connection& connection) {
  ASSIGN_OR_RETURN(const int64_t count, Count(connection, kCount));
  return static_cast<int>(count);
}

}  // namespace puente::sql
