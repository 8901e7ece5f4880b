#include "common/serving/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/serving/errors.h"
#include "common/status/macros.h"

namespace puente::serving {
namespace {

constexpr int kForever = -1;
constexpr int kPauseMilliseconds = 100;  // after an accept that failed

// An address as it is written: "[::1]:50051".
struct Place {
  std::string host;
  std::string port;
};

Place Parse(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == address.npos) return {};
  return {address.substr(0, colon), address.substr(colon + 1)};
}

// A socket that is bound and listens; -1 if there is none.
int ListenOn(const addrinfo& at) {
  const int file = socket(at.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (file >= 0 && bind(file, at.ai_addr, at.ai_addrlen) == 0 && listen(file, SOMAXCONN) == 0) {
    return file;
  }
  if (file >= 0) close(file);
  return -1;
}

int ListenOn(const Place& place) {
  const absl::string_view host = absl::StripSuffix(absl::StripPrefix(place.host, "["), "]");
  addrinfo hints = {};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (place.port.empty() ||
      getaddrinfo(std::string(host).c_str(), place.port.c_str(), &hints, &found) != 0) {
    return -1;
  }
  const int file = ListenOn(*found);
  freeaddrinfo(found);
  return file;
}

int PortOf(int file) {
  sockaddr_storage address = {};
  socklen_t size = sizeof address;
  getsockname(file, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.ss_family == AF_INET6
                   ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                   : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

// Whether an accept failed for this connection alone, or for none.
bool IsOfOneConnection(int error) {
  return error == EAGAIN || error == EINTR || error == ECONNABORTED || error == EPROTO;
}

}  // namespace

std::optional<int> LoopbackPort(absl::string_view address) {
  int port = 0;
  const bool is_one = absl::ConsumePrefix(&address, "127.0.0.1:") &&
                      absl::SimpleAtoi(address, &port) && port >= 0 && port <= 65535;
  return is_one ? std::optional<int>(port) : std::nullopt;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

absl::StatusOr<std::unique_ptr<Listener>> Listener::Open(const std::string& address) {
  const Place place = Parse(address);
  const int file = ListenOn(place);
  if (file < 0) return Error(error::kListenFailed, "address"_is(address));
  return std::unique_ptr<Listener>(new Listener(file, absl::StrCat(place.host, ":", PortOf(file))));
}

Listener::Listener(int file, std::string address)
    : file_(std::make_unique<Descriptor>(file)),
      stop_(eventfd(0, EFD_CLOEXEC)),
      address_(std::move(address)) {}

Listener::~Listener() { Stop(); }

void Listener::Start(Take take) {
  thread_ = std::thread([this, take = std::move(take)] { Loop(take); });
}

void Listener::Stop() {
  const uint64_t one = 1;
  if (thread_.joinable() && write(stop_.get(), &one, sizeof one) == sizeof one) thread_.join();
  file_ = nullptr;
}

bool Listener::Await(int file, int milliseconds) {
  pollfd files[] = {{stop_.get(), POLLIN, 0}, {file, POLLIN, 0}};  // -1 is passed over
  poll(files, 2, milliseconds);
  return files[0].revents == 0;
}

void Listener::Loop(const Take& take) {
  while (Await(file_->get(), kForever)) {
    const int client = accept4(file_->get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) {
      take(client);
    } else if (!IsOfOneConnection(errno) && !Await(-1, kPauseMilliseconds)) {
      return;
    }
  }
}

}  // namespace puente::serving
