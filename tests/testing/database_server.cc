#include "tests/testing/database_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

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

DatabaseServer::DatabaseServer(const std::vector<std::string>& options) {
  char name[] = "/tmp/puente-db-XXXXXX";
  if (mkdtemp(name) == nullptr) Die("can't make a folder in /tmp");
  folder_ = name;
  target_ = {folder_ + "/s", "root", "", "information_schema"};
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
  std::vector<std::string> command = {"mariadbd",
                                      "--no-defaults",
                                      "--datadir=" + folder_ + "/data",
                                      "--socket=" + target_.socket,
                                      "--pid-file=" + folder_ + "/pid",
                                      "--innodb-flush-log-at-trx-commit=1",
                                      "--max-connections=400",
                                      "--tmpdir=" + folder_,
                                      User()};
  command.insert(command.end(), options.begin(), options.end());
  pid_ = Spawn(command, folder_ + "/log");
  const absl::Time limit = absl::Now() + kLongestStart;
  sql::Connection connection(target_);
  while (!connection.Ping().ok()) {
    if (absl::Now() > limit) Die("it did not start; see " + folder_ + "/log");
    usleep(20'000);
  }
}

DatabaseServer::~DatabaseServer() {
  Kill();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void DatabaseServer::Kill() {
  if (pid_ == 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

int FreePort() {
  const int file = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(file, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(file, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    Die("no port is free");
  }
  close(file);
  return ntohs(address.sin_port);
}

}  // namespace puente::testing
