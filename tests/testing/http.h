// Asking the admin listener of a server.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace puente::testing {

// What the server answers to a request sent as it stands.
inline std::string Ask(const std::string& address, const std::string& request) {
  const int file = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (connect(file, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 &&
      send(file, request.data(), request.size(), 0) == static_cast<ssize_t>(request.size())) {
    shutdown(file, SHUT_WR);
    char bytes[4096];
    for (ssize_t size; (size = recv(file, bytes, sizeof bytes, 0)) > 0;) {
      answer.append(bytes, static_cast<size_t>(size));
    }
  }
  close(file);
  return answer;
}

inline std::string HttpGet(const std::string& address, const std::string& path) {
  return Ask(address, absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: x\r\n\r\n"));
}

}  // namespace puente::testing
