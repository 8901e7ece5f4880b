#include "tests/testing/database.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"

namespace puente::testing {
namespace {

constexpr absl::Duration kLongestStart = absl::Seconds(30);

[[noreturn]] void Die(const std::string& why) {
  std::fprintf(stderr, "test database: %s\n", why.c_str());
  std::abort();
}

int Spawn(const std::vector<std::string>& arguments, const std::string& log) {
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid != 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(file, 1);
  dup2(file, 2);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execvp(argv[0], argv.data());
  _exit(127);
}

std::string User() { return geteuid() == 0 ? "--user=root" : "--skip-slave-start"; }

sql::Target FromUrl(absl::string_view url) {
  absl::string_view rest = url;
  const size_t at = rest.rfind("@/"), colon = rest.find(':', rest.find("//"));
  if (!absl::ConsumePrefix(&rest, "mysql://") || at == url.npos || colon > at) {
    Die(absl::StrCat("PUENTE_TEST_MYSQL is ", url, ", not mysql://USER:PASSWORD@/PATH/TO/SOCKET"));
  }
  return {std::string(url.substr(at + 1)), std::string(rest.substr(0, rest.find(':'))),
          std::string(url.substr(colon + 1, at - colon - 1)), "information_schema"};
}

}  // namespace

Database& Database::Shared() {
  static Database database;
  return database;
}

Database::Database() {
  if (const char* url = std::getenv("PUENTE_TEST_MYSQL"); url != nullptr && *url != '\0') {
    server_ = FromUrl(url);
    const absl::Status reached = sql::Connection(server_).Ping();
    if (!reached.ok()) Die(absl::StrCat("PUENTE_TEST_MYSQL: ", reached.ToString()));
  } else {
    StartPrivate();
  }
}

void Database::StartPrivate() {
  char name[] = "/tmp/puente-db-XXXXXX";
  if (mkdtemp(name) == nullptr) Die("can't make a folder in /tmp");
  folder_ = name;
  server_ = {folder_ + "/s", "root", "", "information_schema"};
  // A temporary folder of its own: a server that starts deletes the temporary tables of all that
  // share one.
  const int install =
      Spawn({"mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal",
             "--skip-test-db", "--skip-name-resolve", "--datadir=" + folder_ + "/data",
             "--tmpdir=" + folder_, User()},
            folder_ + "/log");
  int status = 0;
  waitpid(install, &status, 0);
  if (status != 0) Die("mariadb-install-db failed; see " + folder_ + "/log");
  pid_ = Spawn(
      {"mariadbd", "--no-defaults", "--datadir=" + folder_ + "/data", "--socket=" + server_.socket,
       "--skip-networking", "--pid-file=" + folder_ + "/pid", "--innodb-flush-log-at-trx-commit=1",
       "--max-connections=400", "--tmpdir=" + folder_, User()},
      folder_ + "/log");
  const absl::Time limit = absl::Now() + kLongestStart;
  sql::Connection connection(server_);
  while (!connection.Ping().ok()) {
    if (absl::Now() > limit) Die("it did not start; see " + folder_ + "/log");
    usleep(20'000);
  }
}

Database::~Database() {
  if (pid_ == 0) {
    sql::Connection connection(server_);
    for (int number = 1; number <= schemas_; ++number) {
      MustExecute(connection, absl::StrCat("DROP DATABASE IF EXISTS ", Schema(number).schema));
    }
    return;
  }
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

sql::Target Database::Schema(int number) const {
  return {server_.socket, server_.user, server_.password,
          absl::StrCat("puente_test_", getpid(), "_", number)};
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

}  // namespace puente::testing
