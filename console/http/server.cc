#include "console/http/server.h"

#include <sys/stat.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status/macros.h"
#include "console/http/connection.h"

namespace puente::console {
namespace {

using Acceptor = asio::basic_socket_acceptor<asio::generic::stream_protocol>;
using Endpoint = asio::generic::stream_protocol::endpoint;

constexpr auto kAcceptPause = std::chrono::milliseconds(100);  // when there are no descriptors left

struct Address {
  Endpoint endpoint;
  std::string host;  // "" of a socket in the file system
  std::string path;
};

absl::StatusOr<Address> Parse(const std::string& text) {
  const auto wrong = [&] {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", text, "\" is not an address: write HOST:PORT, as 127.0.0.1:8080, or ", "unix:/PATH"));
  };
  absl::string_view rest = text;
  if (absl::ConsumePrefix(&rest, "unix:")) {
    sockaddr_un longest;
    if (rest.empty() || rest.size() >= sizeof longest.sun_path) return wrong();
    const std::string path(rest);
    return Address{asio::local::stream_protocol::endpoint(path), "", path};
  }
  const size_t colon = rest.rfind(':');
  int port = 0;
  if (colon == rest.npos || !absl::SimpleAtoi(rest.substr(colon + 1), &port) || port < 0 ||
      port > 65535) {
    return wrong();
  }
  const std::string host(rest.substr(0, colon));
  absl::string_view bare = host;
  if (absl::ConsumePrefix(&bare, "[")) absl::ConsumeSuffix(&bare, "]");
  beast::error_code error;
  const auto ip = asio::ip::make_address(std::string(bare), error);
  if (error) return wrong();
  return Address{asio::ip::tcp::endpoint(ip, static_cast<uint16_t>(port)), host, ""};
}

}  // namespace

class Server::State {
 public:
  State(Handler& handler, Limits limits)
      : handler_(handler), limits_(limits), connections_(limits) {}

  ~State() {
    asio::post(strand_, [this] { Closed(); });
    connections_.End(/*now=*/false);
    if (!connections_.AwaitNone(limits_.drain)) connections_.End(/*now=*/true);
    // Calls that are given up come back at once.
    connections_.AwaitNone(absl::InfiniteDuration());
    work_.reset();
    for (std::thread& thread : threads_) thread.join();
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  absl::StatusOr<std::string> Listen(const std::string& text) {
    ASSIGN_OR_RETURN(const Address address, Parse(text));
    const absl::Status open = Open(address);
    if (!open.ok()) return absl::UnavailableError(absl::StrCat(text, ": ", open.message()));
    const int half = static_cast<int>(std::thread::hardware_concurrency() / 2);
    const int threads = limits_.threads > 0 ? limits_.threads : std::max(half, 1);
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { context_.run(); });
    asio::post(strand_, [this] { Accept(); });
    if (!address.path.empty()) return text;
    asio::ip::tcp::endpoint bound;
    const Endpoint local = acceptor_.local_endpoint();
    std::memcpy(bound.data(), local.data(), local.size());
    return absl::StrCat(address.host, ":", bound.port());
  }

 private:
  absl::Status Open(const Address& address) {
    beast::error_code error;
    const auto done = [&] { return absl::UnavailableError(error.message()); };
    if (!address.path.empty()) RemoveOld(address);
    if (acceptor_.open(address.endpoint.protocol(), error)) return done();
    acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    // Whoever reaches the socket acts as the caller.
    const mode_t mask = ::umask(0117);
    acceptor_.bind(address.endpoint, error);
    ::umask(mask);
    if (error || acceptor_.listen(asio::socket_base::max_listen_connections, error)) return done();
    path_ = address.path;
    return absl::OkStatus();
  }

  // The socket of a process that was killed.
  static void RemoveOld(const Address& address) {
    struct stat found = {};
    if (::lstat(address.path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) return;
    asio::io_context context;
    asio::generic::stream_protocol::socket probe(context);
    beast::error_code error;
    probe.connect(address.endpoint, error);
    if (error) ::unlink(address.path.c_str());
  }

  void Accept() {
    acceptor_.async_accept(
        asio::make_strand(context_),
        asio::bind_executor(strand_, [this](beast::error_code error, Socket socket) {
          Accepted(error, std::move(socket));
        }));
  }

  void Accepted(beast::error_code error, Socket socket) {
    if (closed_) return;
    if (error) {
      timer_.expires_after(kAcceptPause);
      timer_.async_wait(asio::bind_executor(strand_, [this](beast::error_code) {
        if (!closed_) Accept();
      }));
      return;
    }
    if (path_.empty()) socket.set_option(asio::ip::tcp::no_delay(true), error);
    const auto connection =
        std::make_shared<Connection>(std::move(socket), handler_, limits_, connections_);
    if (connections_.Add(connection)) connection->Start();
    Accept();
  }

  void Closed() {
    closed_ = true;
    beast::error_code ignored;
    acceptor_.close(ignored);
    timer_.cancel();
  }

  Handler& handler_;
  const Limits limits_;
  asio::io_context context_;
  Strand strand_ = asio::make_strand(context_);
  asio::executor_work_guard<asio::io_context::executor_type> work_ =
      asio::make_work_guard(context_);
  Acceptor acceptor_{context_};
  asio::steady_timer timer_{context_};
  bool closed_ = false;
  std::string path_;
  Connections connections_;
  std::vector<std::thread> threads_;
};

Server::Server(Handler& handler, Limits limits)
    : state_(std::make_unique<State>(handler, limits)) {}

Server::~Server() = default;

absl::StatusOr<std::string> Server::Listen(const std::string& address) {
  return state_->Listen(address);
}

}  // namespace puente::console
