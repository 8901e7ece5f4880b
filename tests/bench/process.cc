#include "tests/bench/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace puente::bench {
namespace {

constexpr absl::Duration kLongestStart = absl::Seconds(60);
constexpr absl::Duration kLongestEnd = absl::Seconds(20);

int Spawn(const std::vector<std::string>& command, const std::string& log, int output) {
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid != 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(output >= 0 ? output : file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  execvp(argv[0], argv.data());
  _exit(127);
}

std::string Tail(const std::string& log) {
  std::ifstream file(log);
  std::string line, last;
  while (std::getline(file, line)) last = line;
  return last;
}

}  // namespace

void Die(const std::string& why) {
  std::fprintf(stderr, "puente_bench: %s\n", why.c_str());
  std::exit(1);
}

Process::Process(const std::vector<std::string>& command, const std::string& log, int ready_lines) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) Die("no pipe");
  pid_ = Spawn(command, log, ends[1]);
  close(ends[1]);
  ReadReady(ends[0], ready_lines, log);
  close(ends[0]);
}

void Process::ReadReady(int descriptor, int lines, const std::string& log) {
  const absl::Time limit = absl::Now() + kLongestStart;
  std::string text;
  while (lines > 0) {
    pollfd waiting{descriptor, POLLIN, 0};
    const int64_t left = absl::ToInt64Milliseconds(limit - absl::Now());
    char buffer[4096];
    if (left <= 0 || poll(&waiting, 1, static_cast<int>(left)) <= 0) Die("not ready: " + Tail(log));
    const ssize_t size = read(descriptor, buffer, sizeof(buffer));
    if (size <= 0) Die("it ended: " + Tail(log));
    text.append(buffer, size);
    for (size_t end; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1)) {
      const auto ready = nlohmann::json::parse(text.substr(0, end), nullptr, false);
      if (!ready.is_object() || ready.value("event", "") != "ready") continue;
      addresses_[ready.value("agency", "")] = ready.value("address", "");
      --lines;
    }
  }
}

Process::~Process() {
  kill(pid_, SIGTERM);
  const absl::Time limit = absl::Now() + kLongestEnd;
  while (waitpid(pid_, nullptr, WNOHANG) == 0) {
    if (absl::Now() > limit) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
      return;
    }
    absl::SleepFor(absl::Milliseconds(5));
  }
}

double Process::PeakMegabytes() const {
  std::ifstream status(absl::StrCat("/proc/", pid_, "/status"));
  std::string word;
  double kilobytes = 0;
  while (status >> word) {
    if (word == "VmHWM:") status >> kilobytes;
  }
  return kilobytes * 1024 / 1e6;
}

void Run(const std::vector<std::string>& command, const std::string& log) {
  int status = 0;
  waitpid(Spawn(command, log, -1), &status, 0);
  if (status != 0) Die(absl::StrCat(absl::StrJoin(command, " "), " failed: ", Tail(log)));
}

Folder::Folder() {
  char name[] = "/tmp/puente-bench-XXXXXX";
  if (mkdtemp(name) == nullptr) Die("can't make a folder in /tmp");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Sibling(const std::string& name) {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
}

}  // namespace puente::bench
