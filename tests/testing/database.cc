#include "tests/testing/database.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"

namespace puente::testing {
namespace {

constexpr absl::Duration kLongestWait = absl::Seconds(10);

[[noreturn]] void Die(const std::string& why) {
  std::fprintf(stderr, "test database: %s\n", why.c_str());
  std::abort();
}

// How many statements of the server wait for a lock.
int64_t LockWaits(sql::Connection& connection) {
  int64_t waits = 0;
  const absl::Status read = connection.Select(
      {"test", "SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'"}, {}, nullptr,
      [&](const sql::Row& row) {
        return absl::SimpleAtoi(row.Text(1), &waits) ? absl::OkStatus()
                                                     : absl::InternalError(row.Text(1));
      });
  if (!read.ok()) Die(read.ToString());
  return waits;
}

}  // namespace

sql::Target TargetOf(absl::string_view url) {
  absl::string_view rest = url;
  const size_t at = rest.rfind('@'), colon = rest.find(':', rest.find("//"));
  if (!absl::ConsumePrefix(&rest, "mysql://") || at == url.npos || colon > at) {
    Die(absl::StrCat("PUENTE_TEST_MYSQL is ", url,
                     ", but must be as tests/testing/database.h says"));
  }
  sql::Target target{"", std::string(rest.substr(0, rest.find(':'))),
                     std::string(url.substr(colon + 1, at - colon - 1)), "information_schema"};
  const absl::string_view place = url.substr(at + 1);
  if (absl::StartsWith(place, "/")) {
    target.socket = std::string(place);
    return target;
  }
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(place, "?ca=");
  target.hosts = absl::StrSplit(parts.first, ',');
  target.ca = std::string(parts.second);
  return target;
}

Database& Database::Shared() {
  static Database database;
  return database;
}

Database::Database() {
  if (const char* url = std::getenv("PUENTE_TEST_MYSQL"); url != nullptr && *url != '\0') {
    server_ = TargetOf(url);
    const absl::Status reached = sql::Connection(server_).Ping();
    if (!reached.ok()) Die(absl::StrCat("PUENTE_TEST_MYSQL: ", reached.ToString()));
  } else {
    own_ = std::make_unique<DatabaseServer>(std::vector<std::string>{"--skip-networking"});
    server_ = own_->target();
  }
}

Database::~Database() {
  if (own_ != nullptr) return;
  sql::Connection connection(server_);
  for (int number = 1; number <= schemas_; ++number) {
    MustExecute(connection, absl::StrCat("DROP DATABASE IF EXISTS ", Schema(number).schema));
  }
}

sql::Target Database::Schema(int number) const {
  sql::Target target = server_;
  target.schema = absl::StrCat("puente_test_", getpid(), "_", number);
  return target;
}

sql::Target Database::NewSchema() {
  sql::Target target = Schema(++schemas_);
  sql::Connection connection(server_);
  MustExecute(connection,
              absl::StrCat("CREATE DATABASE ", target.schema, " CHARACTER SET utf8mb4"));
  return target;
}

sql::Target Database::NewSchema(const std::vector<sql::Migration>& migrations) {
  sql::Target target = NewSchema();
  sql::Connection connection(target);
  const auto applied = sql::Migrate(connection, migrations);
  if (!applied.ok()) Die(applied.status().ToString());
  return target;
}

void MustExecute(sql::Connection& connection, const std::string& text) {
  const auto done = connection.Execute({"test", text});
  if (!done.ok()) Die(text + ": " + done.status().ToString());
}

int64_t MustCount(sql::Connection& connection, const std::string& text) {
  int64_t number = 0;
  const absl::Status read = connection.Select({"test", text}, {}, nullptr, [&](const auto& row) {
    number = row.Int64(0);
    return absl::OkStatus();
  });
  if (!read.ok()) Die(text + ": " + read.ToString());
  return number;
}

bool WaitsFor(sql::Connection& open, const std::function<void()>& call) {
  std::atomic<bool> ended = false;
  std::thread caller([&] {
    call();
    ended = true;
  });
  sql::Connection watch(Database::Shared().server());
  const absl::Time limit = absl::Now() + kLongestWait;
  bool waits = false;
  while (!waits && !ended && absl::Now() < limit) waits = LockWaits(watch) > 0;
  MustExecute(open, "COMMIT");
  caller.join();
  return waits;
}

}  // namespace puente::testing
