#include "tests/testing/half_sender.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace puente::testing {
namespace {

enum Type : uint8_t {
  kData = 0,
  kHeaders = 1,
  kReset = 3,
  kSettings = 4,
  kPing = 6,
  kGoaway = 7,
  kWindow = 8
};
constexpr uint8_t kAck = 1;
constexpr uint8_t kEndHeaders = 4;
constexpr uint32_t kMostStreams = 3;
constexpr uint32_t kInitialWindow = 4;
constexpr size_t kFrameBytes = 16'384;
constexpr timeval kPatience = {2, 0};  // with a server that gives no more room

std::string Number(uint64_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i));
  return text;
}

uint32_t NumberAt(const std::string& bytes, size_t at, int size) {
  uint32_t value = 0;
  for (int i = 0; i < size; ++i) value = value << 8 | static_cast<uint8_t>(bytes.at(at + i));
  return value;
}

// HPACK, without Huffman coding and tables.
std::string Literal(const std::string& name, const std::string& value) {
  return absl::StrCat(std::string(1, '\0'), Number(name.size(), 1), name, Number(value.size(), 1),
                      value);
}

std::string HeadersOf(const std::string& method) {
  return absl::StrCat(Literal(":method", "POST"), Literal(":scheme", "https"),
                      Literal(":path", method), Literal(":authority", "localhost"),
                      Literal("te", "trailers"), Literal("content-type", "application/grpc"));
}

}  // namespace

HalfSender::HalfSender(const std::string& address, const identity::TlsFiles& files) {
  signal(SIGPIPE, SIG_IGN);  // the server may close
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  context_ = SSL_CTX_new(TLS_client_method());
  SSL_CTX_use_certificate_chain_file(context_, files.certificate.c_str());
  SSL_CTX_use_PrivateKey_file(context_, files.key.c_str(), SSL_FILETYPE_PEM);
  ssl_ = SSL_new(context_);
  constexpr unsigned char kH2[] = {2, 'h', '2'};
  SSL_set_alpn_protos(ssl_, kH2, sizeof kH2);
  SSL_set_fd(ssl_, socket_);
  open_ =
      connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 && SSL_connect(ssl_) == 1;
  WriteBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  Write(kSettings, 0, 0, "");
}

HalfSender::~HalfSender() {
  SSL_free(ssl_);
  SSL_CTX_free(context_);
  close(socket_);
}

size_t HalfSender::Send(const std::string& method, int calls, size_t bytes) {
  Frame first;
  if (Read(first)) Handle(first);  // its settings
  for (int i = 0; i < std::min(calls, most_calls_); ++i) {
    const auto stream = static_cast<uint32_t>(2 * i + 1);
    streams_[stream].window = initial_window_;
    Write(kHeaders, kEndHeaders, stream, HeadersOf(method));
  }
  const auto all_sent = [&] {
    return std::all_of(streams_.begin(), streams_.end(),
                       [&](const auto& one) { return one.second.sent >= bytes; });
  };
  while (open_ && !all_sent()) {
    bool sent = false;
    for (const auto& [stream, unused] : streams_) sent |= SendSome(stream, bytes);
    Frame frame;
    if (sent && SSL_pending(ssl_) == 0) continue;
    if (!Read(frame)) break;
    Handle(frame);
  }
  return taken_;
}

bool HalfSender::SendSome(uint32_t number, size_t bytes) {
  Stream& stream = streams_[number];
  const int64_t room = std::min<int64_t>(
      {window_, stream.window, kFrameBytes, static_cast<int64_t>(bytes - stream.sent)});
  if (!open_ || room < 5) return false;
  std::string payload(static_cast<size_t>(room), 'x');
  if (stream.sent == 0) payload.replace(0, 5, absl::StrCat(Number(0, 1), Number(kMessageBytes, 4)));
  Write(kData, 0, number, payload);
  window_ -= room;
  stream.window -= room;
  stream.sent += payload.size();
  taken_ += payload.size();
  return true;
}

void HalfSender::Apply(const std::string& settings) {
  for (size_t at = 0; at + 6 <= settings.size(); at += 6) {
    const int64_t value = NumberAt(settings, at + 2, 4);
    if (NumberAt(settings, at, 2) == kMostStreams) most_calls_ = static_cast<int>(value);
    if (NumberAt(settings, at, 2) != kInitialWindow) continue;
    for (auto& [number, stream] : streams_) stream.window += value - initial_window_;
    initial_window_ = value;
  }
  Write(kSettings, kAck, 0, "");
}

void HalfSender::Handle(const Frame& frame) {
  switch (frame.type) {
    case kSettings:
      if ((frame.flags & kAck) == 0) Apply(frame.payload);
      return;
    case kPing:
      if ((frame.flags & kAck) == 0) Write(kPing, kAck, 0, frame.payload);
      return;
    case kWindow: {
      const uint32_t more = NumberAt(frame.payload, 0, 4);
      const auto stream = streams_.find(frame.stream);
      if (frame.stream == 0) window_ += more;
      if (stream != streams_.end()) stream->second.window += more;
      return;
    }
    case kReset:
    case kHeaders:  // an answer before the request is there is an error
      streams_.erase(frame.stream);
      return;
    case kGoaway:
      open_ = false;
      return;
    default:
      return;
  }
}

void HalfSender::Write(uint8_t type, uint8_t flags, uint32_t stream, const std::string& payload) {
  WriteBytes(absl::StrCat(Number(payload.size(), 3), Number(type, 1), Number(flags, 1),
                          Number(stream, 4), payload));
}

void HalfSender::WriteBytes(const std::string& bytes) {
  open_ = open_ && SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) ==
                       static_cast<int>(bytes.size());
}

bool HalfSender::ReadBytes(size_t size, std::string& bytes) {
  bytes.resize(size);
  for (size_t at = 0; at < size;) {
    const int got = SSL_read(ssl_, bytes.data() + at, static_cast<int>(size - at));
    if (got <= 0) return false;
    at += static_cast<size_t>(got);
  }
  return true;
}

bool HalfSender::Read(Frame& frame) {
  std::string head;
  if (!open_ || !ReadBytes(9, head)) return false;
  frame.type = static_cast<uint8_t>(head[3]);
  frame.flags = static_cast<uint8_t>(head[4]);
  frame.stream = NumberAt(head, 5, 4) & 0x7FFF'FFFF;
  return ReadBytes(NumberAt(head, 0, 3), frame.payload);
}

}  // namespace puente::testing
