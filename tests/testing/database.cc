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

}  // namespace

Database& Database::Shared() {
  static Database database;
  return database;
}

Database::Database() {
  char name[] = "/tmp/puente-db-XXXXXX";
  if (mkdtemp(name) == nullptr) Die("can't make a folder in /tmp");
  folder_ = name;
  socket_ = folder_ + "/s";
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
  Start();
}

void Database::Start() {
  pid_ = Spawn(
      {"mariadbd", "--no-defaults", "--datadir=" + folder_ + "/data", "--socket=" + socket_,
       "--skip-networking", "--pid-file=" + folder_ + "/pid", "--innodb-flush-log-at-trx-commit=1",
       "--character-set-server=utf8mb4", "--max-connections=400", "--tmpdir=" + folder_, User()},
      folder_ + "/log");
  const absl::Time limit = absl::Now() + kLongestStart;
  sql::Connection connection({socket_, "root", "", "mysql"});
  while (!connection.Ping().ok()) {
    if (absl::Now() > limit) Die("it did not start; see " + folder_ + "/log");
    usleep(20'000);
  }
}

void Database::Signal(int signal) {
  kill(pid_, signal);
  if (signal == SIGKILL) waitpid(pid_, nullptr, 0);
}

Database::~Database() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

sql::Target Database::NewSchema() {
  sql::Connection root({socket_, "root", "", "mysql"});
  const std::string name = absl::StrCat("test_", ++schemas_);
  MustExecute(root, absl::StrCat("CREATE DATABASE ", name));
  return {socket_, "root", "", name};
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
