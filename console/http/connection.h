// One connection: its requests, one after the other.
#pragma once

#include <atomic>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "absl/synchronization/mutex.h"
#include "console/http/exchange.h"
#include "console/http/server.h"

namespace puente::console {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Strand = asio::strand<asio::io_context::executor_type>;
using Socket = asio::basic_stream_socket<asio::generic::stream_protocol, Strand>;

class Connection;

// All of a server's, so that their end can be awaited.
class Connections {
 public:
  explicit Connections(const Limits& limits)
      : most_(limits.connections), most_body_bytes_(limits.body_bytes) {}

  // Whether there may be one more.
  bool Add(const std::shared_ptr<Connection>& connection);
  void Remove(Connection* connection);
  // Ends those that await no answer, and the others once they have it; all at once if `now`.
  void End(bool now);
  // Whether there is room for so many bytes more of bodies; who takes it gives it back.
  bool TakeRoom(size_t bytes);
  void GiveRoomBack(size_t bytes) { body_bytes_ -= bytes; }
  // Whether all are gone by then.
  bool AwaitNone(absl::Duration limit);

 private:
  const size_t most_, most_body_bytes_;
  std::atomic<size_t> body_bytes_ = 0;
  absl::Mutex mutex_;
  std::map<Connection*, std::weak_ptr<Connection>> all_ ABSL_GUARDED_BY(mutex_);
};

// All of it runs on its own strand.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Socket socket, Handler& handler, const Limits& limits, Connections& all);

  void Start();
  void End(bool now);

 private:
  class Request;
  using HeadParser = http::request_parser<http::empty_body>;

  // At once if this is the strand already.
  template <class Work>
  void OnStrand(Work work) {
    asio::dispatch(stream_.get_executor(),
                   [self = shared_from_this(), work = std::move(work)]() mutable { work(); });
  }

  void ReadHead();
  void HeadRead(beast::error_code error);
  void Refuse(int status);
  // For its client to go, while its request is with the handler.
  void Watch();
  void WatchEnded(beast::error_code error);
  // Gives the request up: its client is gone.
  void Gone();
  void Answered(bool keep, beast::error_code error);
  void Linger();
  void Close();

  // The first member, so the last to go: without connections the server ends, and with it what the
  // others rest on.
  struct Counted {
    ~Counted() { all.Remove(&connection); }
    Connections& all;
    Connection& connection;
  };

  const Counted counted_;
  beast::basic_stream<asio::generic::stream_protocol, Strand> stream_;
  Handler& handler_;
  const Limits& limits_;
  beast::flat_buffer buffer_;
  std::optional<HeadParser> head_;
  std::weak_ptr<Request> current_;  // until it is answered
  bool watching_ = false;
  bool ending_ = false;
  std::string refusal_;
  size_t lingered_ = 0;
};

}  // namespace puente::console
