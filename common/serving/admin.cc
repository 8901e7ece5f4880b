#include "common/serving/admin.h"

#include <sys/socket.h>
#include <sys/time.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
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

absl::Status WrongAddress() {
  return Error(error::kConfigInvalid, "where"_is("admin_listen"),
               "why"_is("it must be 127.0.0.1:PORT"));
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

Response AnswerTo(const std::string& path, const Admin::Answers& answers) {
  if (path == "/metrics") return {.type = kPrometheusText, .body = answers.metrics()};
  if (path == "/live") return {.body = "live\n"};
  if (path != "/ready") return {.status = "404 Not Found", .body = "/metrics, /live, /ready\n"};
  const absl::Status ready = answers.ready();
  if (ready.ok()) return {.body = "ready\n"};
  return {.status = "503 Service Unavailable",
          .body = absl::StrCat(Reason(ready), ": ", ready.message(), "\n")};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Admin>> Admin::Start(absl::string_view listen, Answers answers) {
  if (!LoopbackPort(listen)) return WrongAddress();
  std::unique_ptr<Admin> admin(new Admin(std::move(answers)));
  ASSIGN_OR_RETURN(admin->listener_, Listener::Open(std::string(listen)));
  admin->listener_->Start([raw = admin.get()](int client) { raw->Serve(client); });
  return admin;
}

// One client after the other: the listener is for a scraper and an operator.
void Admin::Serve(int client) const {
  const Descriptor closed_at_the_end(client);
  setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  Send(client, AnswerTo(ReadPath(client), answers_));
}

}  // namespace puente::serving
