// A server as a process of its own, as it is deployed.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"

namespace puente::bench {

class Process {
 public:
  // Starts a program and waits for so many lines {"event":"ready","agency":...,"address":...} on
  // its standard output. Standard error goes to `log`. Ends the benchmark if they do not come.
  Process(const std::vector<std::string>& command, const std::string& log, int ready_lines = 1);
  ~Process();  // SIGTERM, and SIGKILL if that does not help
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // "127.0.0.1:41234"
  const std::string& address(const std::string& agency) const { return addresses_.at(agency); }
  // The most memory that it has ever held, in MB.
  double PeakMegabytes() const;
  int pid() const { return pid_; }

 private:
  void ReadReady(int descriptor, int lines, const std::string& log);
  int pid_ = 0;
  absl::flat_hash_map<std::string, std::string> addresses_;
};

// Runs a program to its end. Ends the benchmark unless it succeeds.
void Run(const std::vector<std::string>& command, const std::string& log);

// A folder that goes with its owner.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// A program that was built with this one.
std::string Sibling(const std::string& name);

// Says why and ends the program.
[[noreturn]] void Die(const std::string& why);

// The value, or the end of the program.
template <class T>
T Must(absl::StatusOr<T> value) {
  if (!value.ok()) Die(value.status().ToString());
  return *std::move(value);
}

}  // namespace puente::bench
