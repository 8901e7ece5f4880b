#include "common/rpc/admin.h"

#include <civetweb.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/errors.h"

namespace puente::rpc {
namespace {

constexpr char kPlainText[] = "text/plain; charset=utf-8";
constexpr char kPrometheusText[] = "text/plain; version=0.0.4; charset=utf-8";

void Send(mg_connection* connection, int code, const char* type, const std::string& body) {
  mg_printf(connection,
            "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
            "Cache-Control: no-store\r\nConnection: close\r\n\r\n",
            code, code == 200 ? "OK" : "Service Unavailable", type, body.size());
  mg_write(connection, body.data(), body.size());
}

int HandleMetrics(mg_connection* connection, void* answers) {
  Send(connection, 200, kPrometheusText, static_cast<Admin::Answers*>(answers)->metrics());
  return 200;
}

int HandleLive(mg_connection* connection, void* /*answers*/) {
  Send(connection, 200, kPlainText, "live\n");
  return 200;
}

int HandleReady(mg_connection* connection, void* answers) {
  const absl::Status ready = static_cast<Admin::Answers*>(answers)->ready();
  const int code = ready.ok() ? 200 : 503;
  Send(connection, code, kPlainText,
       ready.ok() ? "ready\n" : absl::StrCat(Reason(ready), ": ", ready.message(), "\n"));
  return code;
}

int Mute(const mg_connection* /*connection*/, const char* /*message*/) { return 1; }

class CivetAdmin final : public Admin {
 public:
  explicit CivetAdmin(Answers answers) : answers_(std::move(answers)) {}
  ~CivetAdmin() override {
    if (context_ != nullptr) mg_stop(context_);
    mg_exit_library();
  }

  absl::Status Listen(absl::string_view listen) {
    mg_init_library(0);
    const std::string ports(listen);
    const char* options[] = {"listening_ports",    ports.c_str(), "num_threads", "2",
                             "request_timeout_ms", "5000",        nullptr};
    mg_callbacks callbacks = {};
    callbacks.log_message = &Mute;
    context_ = mg_start(&callbacks, nullptr, options);
    mg_server_port port = {};
    if (context_ == nullptr || mg_get_server_ports(context_, 1, &port) != 1) {
      return Error(error::kListenFailed, {{"address", ports}});
    }
    mg_set_request_handler(context_, "/metrics$", &HandleMetrics, &answers_);
    mg_set_request_handler(context_, "/live$", &HandleLive, &answers_);
    mg_set_request_handler(context_, "/ready$", &HandleReady, &answers_);
    address_ = absl::StrCat(listen.substr(0, listen.rfind(':')), ":", port.port);
    return absl::OkStatus();
  }

  const std::string& address() const override { return address_; }

 private:
  Answers answers_;
  mg_context* context_ = nullptr;
  std::string address_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Admin>> Admin::Start(absl::string_view listen, Answers answers) {
  if (!absl::StartsWith(listen, "127.0.0.1:") && !absl::StartsWith(listen, "[::1]:")) {
    return Error(error::kConfigInvalid,
                 {{"where", "admin_listen"}, {"why", "it must be 127.0.0.1:PORT or [::1]:PORT"}});
  }
  auto admin = std::make_unique<CivetAdmin>(std::move(answers));
  absl::Status listening = admin->Listen(listen);
  if (!listening.ok()) return listening;
  return admin;
}

}  // namespace puente::rpc
