#include "tests/testing/proxy.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace puente::testing {
namespace {

constexpr int kLookMilliseconds = 5;

int Open(const std::string& path, sockaddr_un& address) {
  address = {};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  return socket(AF_UNIX, SOCK_STREAM, 0);
}

// What has come; nothing from one who is gone.
std::string Read(int file) {
  char bytes[1 << 16];
  const ssize_t size = read(file, bytes, sizeof bytes);
  return size > 0 ? std::string(bytes, static_cast<size_t>(size)) : std::string();
}

bool Write(int file, const std::string& bytes) {
  return send(file, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

}  // namespace

Proxy::Proxy(std::string server) : server_(std::move(server)) {
  char name[] = "/tmp/puente-proxy-XXXXXX";
  if (mkdtemp(name) == nullptr) std::abort();
  folder_ = name;
  socket_ = folder_ + "/s";
  sockaddr_un address;
  listener_ = Open(socket_, address);
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener_, 16) != 0) {
    std::perror("test proxy");
    std::abort();
  }
  accepting_ = std::thread([this] { Accept(); });
}

Proxy::~Proxy() {
  stop_ = true;
  accepting_.join();
  absl::MutexLock lock(&mutex_);
  for (std::thread& thread : passing_) thread.join();
  close(listener_);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Proxy::Accept() {
  while (!stop_) {
    pollfd waiting = {listener_, POLLIN, 0};
    if (poll(&waiting, 1, kLookMilliseconds) != 1) continue;
    Pair pair{accept(listener_, nullptr, nullptr), -1};
    sockaddr_un address;
    pair.server = Open(server_, address);
    if (connect(pair.server, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      close(pair.client);
      close(pair.server);
      continue;
    }
    absl::MutexLock lock(&mutex_);
    passing_.emplace_back([this, pair, number = ++accepted_] { Pass(pair, number); });
  }
}

void Proxy::Pass(Pair pair, int number) {
  bool open = true;
  while (open && !stop_) {
    pollfd waiting[] = {{pair.client, POLLIN, 0}, {pair.server, POLLIN, 0}};
    if (poll(waiting, 2, kLookMilliseconds) < 1) continue;
    if (number <= frozen_) {
      usleep(kLookMilliseconds * 1000);
      continue;
    }
    if (waiting[0].revents != 0) open = FromClient(pair);
    if (open && waiting[1].revents != 0) {
      const std::string bytes = Read(pair.server);
      open = !bytes.empty() && Write(pair.client, bytes);
    }
  }
  close(pair.client);
  close(pair.server);
}

bool Proxy::FromClient(const Pair& pair) {
  const std::string bytes = Read(pair.client);
  if (bytes.empty()) return false;
  if (loss_ == Loss::kNothing || !absl::EndsWith(bytes, "COMMIT")) {
    return Write(pair.server, bytes);
  }
  if (loss_ == Loss::kAnswer) {
    Write(pair.server, bytes);
    Read(pair.server);
  }
  loss_ = Loss::kNothing;
  frozen_ = accepted_.load();
  return false;
}

}  // namespace puente::testing
