// What a client sends as it stands, over a connection that it may keep.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace puente::console {

class RawClient {
 public:
  explicit RawClient(const std::string& address) : file_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to = {};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval limit = {.tv_sec = 20, .tv_usec = 0};
    setsockopt(file_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    connected_ = connect(file_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  ~RawClient() { close(file_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }

  RawClient& Send(const std::string& text) {
    (void)!send(file_, text.data(), text.size(), MSG_NOSIGNAL);
    return *this;
  }

  // As much as has come once it holds `text`; "" if the server closes before.
  std::string ReadUntil(const std::string& text) {
    while (!absl::StrContains(read_, text)) {
      if (!ReadMore()) return "";
    }
    return std::exchange(read_, "");
  }

  // All until the server closes.
  std::string ReadAll() {
    while (ReadMore()) {
    }
    return std::exchange(read_, "");
  }

 private:
  bool ReadMore() {
    char bytes[4096];
    const ssize_t size = recv(file_, bytes, sizeof bytes, 0);
    if (size > 0) read_.append(bytes, static_cast<size_t>(size));
    return size > 0;
  }

  const int file_;
  bool connected_ = false;
  std::string read_;
};

}  // namespace puente::console
