#include "common/serving/admin.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/serving/errors.h"
#include "common/status/macros.h"

namespace puente::serving {
namespace {

constexpr size_t kMostRequestBytes = 4096;
constexpr timeval kPatience = {1, 0};  // with a client that sends or takes nothing
constexpr char kPlainText[] = "text/plain; charset=utf-8";
constexpr char kPrometheusText[] = "text/plain; version=0.0.4; charset=utf-8";

struct Response {
  absl::string_view status = "200 OK";
  absl::string_view type = kPlainText;
  std::string body;
};

class File {
 public:
  explicit File(int number = -1) : number_(number) {}
  ~File() {
    if (number_ >= 0) close(number_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return number_; }

 private:
  const int number_;
};

absl::Status WrongAddress() {
  return Error(error::kConfigInvalid,
               {{"where", "admin_listen"}, {"why", "it must be 127.0.0.1:PORT"}});
}

absl::StatusOr<int> Listen(absl::string_view listen) {
  int port = 0;
  if (!absl::StartsWith(listen, "127.0.0.1:") ||
      !absl::SimpleAtoi(listen.substr(listen.rfind(':') + 1), &port) || port < 0 || port > 65535) {
    return WrongAddress();
  }
  const int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(file, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(file, 16) != 0) {
    close(file);
    return Error(error::kListenFailed, {{"address", std::string(listen)}});
  }
  return file;
}

int PortOf(int file) {
  sockaddr_in address = {};
  socklen_t size = sizeof address;
  getsockname(file, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

// The path of a GET; "" for anything else.
std::string ReadPath(int client) {
  std::string request;
  char bytes[1024];
  while (request.find("\r\n\r\n") == request.npos && request.size() < kMostRequestBytes) {
    const ssize_t size = recv(client, bytes, sizeof bytes, 0);
    if (size <= 0) return "";
    request.append(bytes, static_cast<size_t>(size));
  }
  if (!absl::StartsWith(request, "GET ")) return "";
  return request.substr(4, request.find_first_of(" ?\r\n", 4) - 4);
}

void Send(int client, const Response& response) {
  const std::string text =
      absl::StrCat("HTTP/1.1 ", response.status, "\r\nContent-Type: ", response.type,
                   "\r\nContent-Length: ", response.body.size(),
                   "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n", response.body);
  for (absl::string_view rest = text; !rest.empty();) {
    const ssize_t size = send(client, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (size <= 0) return;
    rest.remove_prefix(static_cast<size_t>(size));
  }
}

// One client after the other: the listener is for a scraper and an operator.
class Listener final : public Admin {
 public:
  Listener(int file, Answers answers)
      : answers_(std::move(answers)),
        file_(file),
        stop_(eventfd(0, EFD_CLOEXEC)),
        address_(absl::StrCat("127.0.0.1:", PortOf(file))),
        thread_([this] { Loop(); }) {}
  ~Listener() override {
    const uint64_t one = 1;
    if (write(stop_.get(), &one, sizeof one) == sizeof one) thread_.join();
  }

  const std::string& address() const override { return address_; }

 private:
  void Loop() {
    pollfd files[] = {{file_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}};
    while (true) {
      if (poll(files, 2, -1) < 0 && errno != EINTR) return;
      if (files[1].revents != 0) return;
      const File client(accept4(file_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (client.get() < 0) continue;
      setsockopt(client.get(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
      setsockopt(client.get(), SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
      Send(client.get(), Answer(ReadPath(client.get())));
    }
  }

  Response Answer(const std::string& path) const {
    if (path == "/metrics") return {.type = kPrometheusText, .body = answers_.metrics()};
    if (path == "/live") return {.body = "live\n"};
    if (path != "/ready") return {.status = "404 Not Found", .body = "/metrics, /live, /ready\n"};
    const absl::Status ready = answers_.ready();
    if (ready.ok()) return {.body = "ready\n"};
    return {.status = "503 calls::Service Unavailable",
            .body = absl::StrCat(Reason(ready), ": ", ready.message(), "\n")};
  }

  const Answers answers_;
  const File file_;
  const File stop_;
  const std::string address_;
  std::thread thread_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Admin>> Admin::Start(absl::string_view listen, Answers answers) {
  ASSIGN_OR_RETURN(const int file, Listen(listen));
  return std::make_unique<Listener>(file, std::move(answers));
}

}  // namespace puente::serving
