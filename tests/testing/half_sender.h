// A caller who begins many requests and finishes none, in HTTP/2 of its own: gRPC's clients send a
// request whole.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "common/identity/tls.h"

namespace puente::testing {

class HalfSender {
 public:
  HalfSender(const std::string& address, const identity::TlsFiles& files);
  ~HalfSender();
  HalfSender(const HalfSender&) = delete;
  HalfSender& operator=(const HalfSender&) = delete;

  // Begins so many calls, or as many as the server allows, of a method ("/a.Service/Method"), and
  // sends `bytes` of a message of kMessageBytes in each, as far as the server lets it. Returns how
  // many bytes it took in all.
  static constexpr size_t kMessageBytes = 1'000'000;
  size_t Send(const std::string& method, int calls, size_t bytes);

 private:
  struct Frame {
    uint8_t type = 0;
    uint8_t flags = 0;
    uint32_t stream = 0;
    std::string payload;
  };

  void Write(uint8_t type, uint8_t flags, uint32_t stream, const std::string& payload);
  void WriteBytes(const std::string& bytes);
  bool ReadBytes(size_t size, std::string& bytes);
  bool Read(Frame& frame);
  void Handle(const Frame& frame);
  void Apply(const std::string& settings);
  // As much as its window lets it; false if that is nothing.
  bool SendSome(uint32_t stream, size_t bytes);

  int socket_ = -1;
  SSL_CTX* context_ = nullptr;
  SSL* ssl_ = nullptr;
  bool open_ = true;
  int64_t window_ = 65'535;
  int64_t initial_window_ = 65'535;
  int most_calls_ = 1'000'000;
  struct Stream {
    int64_t window = 0;
    size_t sent = 0;
  };
  std::map<uint32_t, Stream> streams_;  // those that the server has not ended
  size_t taken_ = 0;
};

}  // namespace puente::testing
