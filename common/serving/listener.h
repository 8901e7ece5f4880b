// A listening socket and the thread that accepts on it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace puente::serving {

// The port of "127.0.0.1:PORT"; nothing of any other address.
std::optional<int> LoopbackPort(absl::string_view address);

// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  const int number_;
};

class Listener {
 public:
  // Takes a connection and closes it in the end. On the listener's thread: the next one waits
  // meanwhile.
  using Take = std::function<void(int client)>;

  // Listens on "127.0.0.1:50051", "[::1]:50051", "localhost:0"; port 0 is a free one.
  // LISTEN_FAILED.
  static absl::StatusOr<std::unique_ptr<Listener>> Open(const std::string& address);
  ~Listener();  // as Stop()
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Once. Those who have connected since Open() are taken as well. An accept that fails, because
  // descriptors have run out for example, is tried again.
  void Start(Take take);
  // Nobody is taken any more when it returns, and those who connect are refused.
  void Stop();

  // With the port that was chosen.
  const std::string& address() const { return address_; }

 private:
  Listener(int file, std::string address);
  void Loop(const Take& take);
  // False when the listener is to stop.
  bool Await(int file, int milliseconds);

  std::unique_ptr<const Descriptor> file_;
  const Descriptor stop_;
  const std::string address_;
  std::thread thread_;
};

}  // namespace puente::serving
