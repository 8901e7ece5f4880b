// HTTP on loopback for operators: /metrics, /live, /ready.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/serving/listener.h"

namespace puente::serving {

class Admin {
 public:
  struct Answers {
    std::function<std::string()> metrics;
    // OK, or why calls can't be answered for now: the text of /ready with 503.
    std::function<absl::Status()> ready;
  };

  // Listens on "127.0.0.1:PORT"; port 0 is a free one. CONFIG_INVALID for any other address,
  // LISTEN_FAILED if the port is taken. The answers are asked for on the listener's thread.
  static absl::StatusOr<std::unique_ptr<Admin>> Start(absl::string_view listen, Answers answers);

  // "127.0.0.1:41235"
  const std::string& address() const { return listener_->address(); }

 private:
  explicit Admin(Answers answers) : answers_(std::move(answers)) {}
  void Serve(int client) const;

  const Answers answers_;
  std::unique_ptr<Listener> listener_;  // last: it uses the answers
};

}  // namespace puente::serving
