#include "console/http/connection.h"

#include <sys/socket.h>

#include <array>
#include <deque>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace puente::console {
namespace {

constexpr unsigned kVersion = 11;         // of HTTP
constexpr size_t kPiece = 64 << 10;       // of a body, at first
constexpr size_t kMostLinger = 64 << 20;  // of a body that nobody wants
constexpr absl::Duration kLinger = absl::Seconds(2);

absl::string_view View(beast::string_view text) { return {text.data(), text.size()}; }

std::chrono::steady_clock::duration Chrono(absl::Duration duration) {
  return absl::ToChronoNanoseconds(duration);
}

std::string Date() {
  return absl::FormatTime("%a, %d %b %E4Y %H:%M:%S GMT", absl::Now(), absl::UTCTimeZone());
}

// Of what says who asks for what, a second field would be read by some and not by others.
bool IsDoubled(const http::fields& fields) {
  for (const auto& field : fields) {
    const absl::string_view name = View(field.name_string());
    if ((absl::EqualsIgnoreCase(name, "host") || absl::EqualsIgnoreCase(name, "origin") ||
         absl::StartsWithIgnoreCase(name, "content-") ||
         absl::StartsWithIgnoreCase(name, "transfer-") ||
         absl::StartsWithIgnoreCase(name, "connect-") ||
         absl::StartsWithIgnoreCase(name, "puente-")) &&
        fields.count(field.name_string()) > 1) {
      return true;
    }
  }
  return false;
}

// Whether all who read the head agree on where the request ends.
bool SaysItsLength(const http::fields& fields) {
  const auto coding = fields.find(http::field::transfer_encoding);
  return coding == fields.end() || (absl::EqualsIgnoreCase(View(coding->value()), "chunked") &&
                                    fields.count(http::field::content_length) == 0);
}

}  // namespace

bool Connections::Add(const std::shared_ptr<Connection>& connection) {
  absl::MutexLock lock(&mutex_);
  if (all_.size() >= most_) return false;
  all_.emplace(connection.get(), connection);
  return true;
}

void Connections::Remove(Connection* connection) {
  absl::MutexLock lock(&mutex_);
  all_.erase(connection);
}

void Connections::End(bool now) {
  std::vector<std::shared_ptr<Connection>> all;
  {
    absl::MutexLock lock(&mutex_);
    for (const auto& [connection, weak] : all_) {
      if (auto shared = weak.lock()) all.push_back(std::move(shared));
    }
  }
  for (const auto& connection : all) connection->End(now);
}

bool Connections::TakeRoom(size_t bytes) {
  if (body_bytes_.fetch_add(bytes) + bytes <= most_body_bytes_) return true;
  GiveRoomBack(bytes);
  return false;
}

bool Connections::AwaitNone(absl::Duration limit) {
  absl::MutexLock lock(&mutex_);
  return mutex_.AwaitWithTimeout(absl::Condition(
                                     +[](decltype(all_)* all) { return all->empty(); }, &all_),
                                 limit);
}

// A request and its answer. What it is asked for runs on the strand of its connection.
class Connection::Request : public Exchange, public std::enable_shared_from_this<Request> {
 public:
  Request(std::shared_ptr<Connection> connection, HeadParser&& head)
      : connection_(std::move(connection)), parser_(std::move(head)) {}

  // Nobody will answer it any more, or only a part of it.
  ~Request() override {
    connection_->counted_.all.GiveRoomBack(room_);
    if (!finished_) {
      connection_->OnStrand([connection = connection_] { connection->Close(); });
    }
  }

  absl::string_view method() const override { return View(head().method_string()); }
  absl::string_view target() const override { return View(head().target()); }
  absl::string_view Field(absl::string_view name) const override {
    const auto found = head().find(beast::string_view(name.data(), name.size()));
    return found == head().end() ? absl::string_view() : View(found->value());
  }
  bool Has(absl::string_view name) const override {
    return head().count(beast::string_view(name.data(), name.size())) > 0;
  }

  void ReadAll(size_t most, Body done) override {
    OnStrand([this, most, done = std::move(done)]() mutable {
      most_ = most;
      done_ = std::move(done);
      const auto length = parser_.content_length();
      if (length && *length > most_) return BodyRead(absl::ResourceExhaustedError("body"));
      // A length that is only claimed takes no memory.
      const size_t first = std::min<size_t>(length.value_or(kPiece), kPiece);
      if (!HasRoom(first)) return BodyRead(absl::AbortedError("body"));
      BeginBody([this, first] { ReadMore(first); });
    });
  }

  void ReadSome(Body done) override {
    OnStrand([this, done = std::move(done)]() mutable {
      most_ = 0;
      done_ = std::move(done);
      BeginBody([this] { ReadMore(kPiece); });
    });
  }

  bool TakeRoom(size_t bytes) override { return HasRoom(room_ + bytes); }
  void GiveRoomBack(size_t bytes) override {
    room_ -= bytes;
    connection_->counted_.all.GiveRoomBack(bytes);
  }

  void AddField(std::string name, std::string value) override {
    OnStrand([this, field = std::pair(std::move(name), std::move(value))]() mutable {
      added_.push_back(std::move(field));
    });
  }

  void Send(Answer answer) override {
    OnStrand([this, answer = std::move(answer)]() mutable { DoSend(std::move(answer)); });
  }

  void Begin(Answer answer) override {
    OnStrand([this, answer = std::move(answer)] {
      if (answered_) return;
      answered_ = true;
      Queue(Head(answer, "Transfer-Encoding: chunked\r\n"), nullptr);
    });
  }

  void Write(std::string piece, std::function<void(bool)> done) override {
    OnStrand([this, piece = std::move(piece), done = std::move(done)]() mutable {
      // A chunk of no bytes would be the end.
      if (!piece.empty()) {
        piece = absl::StrCat(absl::Hex(piece.size()), "\r\n", piece, "\r\n");
      }
      Queue(std::move(piece), std::move(done));
    });
  }

  void End() override {
    OnStrand([this] {
      Queue("0\r\n\r\n", [this](bool there) {
        finished_ = true;
        if (there) connection_->Answered(keep_, {});
      });
    });
  }

  void WhenGone(std::function<void()> gone) override {
    OnStrand([this, gone = std::move(gone)]() mutable {
      if (is_gone_) return gone();
      if (!finished_) gone_ = std::move(gone);
    });
  }

  // For its connection, on the strand.
  void Start(Handler& handler) {
    if (!SaysItsLength(head())) {
      finished_ = true;
      return connection_->Refuse(400);
    }
    if (parser_.is_done()) connection_->Watch();
    if (head().version() != kVersion) return DoSend(TextAnswer(505, "Ask by HTTP/1.1.\n"));
    if (IsDoubled(head())) {
      return DoSend(TextAnswer(400, "A field of the head is there twice.\n"));
    }
    handler.Handle(shared_from_this());
  }
  bool is_finished() const { return finished_; }
  void Gone() {
    is_gone_ = true;
    answered_ = true;
    if (auto gone = std::exchange(gone_, nullptr)) gone();
    BodyRead(absl::UnavailableError("the client is gone"));
  }

 private:
  template <class Work>
  void OnStrand(Work work) {
    connection_->OnStrand(
        [self = shared_from_this(), work = std::move(work)]() mutable { work(); });
  }

  const http::request_header<>& head() const { return parser_.get().base(); }

  // A client that waits for leave to send a large body gets it.
  template <class Then>
  void BeginBody(Then then) {
    if (begun_ || parser_.is_done() || !absl::EqualsIgnoreCase(Field("Expect"), "100-continue")) {
      begun_ = true;
      return then();
    }
    begun_ = true;
    static constexpr char kContinue[] = "HTTP/1.1 100 Continue\r\n\r\n";
    connection_->stream_.expires_after(Chrono(connection_->limits_.writing));
    asio::async_write(connection_->stream_, asio::buffer(kContinue, sizeof kContinue - 1),
                      [self = shared_from_this(), then = std::move(then)](beast::error_code error,
                                                                          size_t) mutable {
                        if (error) return self->connection_->Gone();
                        then();
                      });
  }

  // Up to `size` more bytes.
  void ReadMore(size_t size) {
    if (is_gone_) return BodyRead(absl::UnavailableError("the client is gone"));
    if (parser_.is_done()) return BodyRead(std::exchange(body_, {}));
    const size_t before = body_.size();
    if (most_ > 0 && !HasRoom(before + size)) return BodyRead(absl::AbortedError("body"));
    body_.resize(before + size);
    auto& body = parser_.get().body();
    body.data = body_.data() + before;
    body.size = size;
    body.more = true;
    connection_->stream_.expires_after(Chrono(connection_->limits_.reading));
    auto done = [self = shared_from_this(), before, size](beast::error_code error, size_t) {
      self->MoreRead(before + size - self->parser_.get().body().size, error);
    };
    if (most_ == 0) {
      http::async_read_some(connection_->stream_, connection_->buffer_, parser_, std::move(done));
    } else {
      http::async_read(connection_->stream_, connection_->buffer_, parser_, std::move(done));
    }
  }

  // For so much of a body that is kept whole.
  bool HasRoom(size_t size) {
    if (size <= room_) return true;
    if (!connection_->counted_.all.TakeRoom(size - room_)) return false;
    room_ = size;
    return true;
  }

  void MoreRead(size_t size, beast::error_code error) {
    body_.resize(size);
    if (error && error != http::error::need_buffer) {
      BodyRead(absl::UnavailableError(error.message()));
      return connection_->Gone();
    }
    if (most_ == 0) {
      // It may have been the head of a chunk; no bytes would be the end.
      if (body_.empty() && !parser_.is_done()) return ReadMore(kPiece);
      return BodyRead(std::exchange(body_, {}));
    }
    if (body_.size() > most_) return BodyRead(absl::ResourceExhaustedError("body"));
    const auto length = parser_.content_length_remaining();
    const size_t rest = length ? *length : most_ + 1 - body_.size();
    ReadMore(std::min(std::max(kPiece, body_.size()), rest));
  }

  void BodyRead(absl::StatusOr<std::string> body) {
    if (!done_) return;  // was told that the client is gone
    connection_->stream_.expires_never();
    if (parser_.is_done()) connection_->Watch();
    std::exchange(done_, nullptr)(std::move(body));
  }

  // With what says how long the body is.
  std::string Head(const Answer& answer, absl::string_view length) {
    keep_ = parser_.get().keep_alive() && parser_.is_done() && !connection_->ending_;
    std::string head =
        absl::StrCat("HTTP/1.1 ", answer.status, " ",
                     View(http::obsolete_reason(static_cast<http::status>(answer.status))),
                     "\r\nDate: ", Date(), "\r\nX-Content-Type-Options: nosniff\r\n");
    for (const Fields* fields : std::array<const Fields*, 2>{&answer.fields, &added_}) {
      for (const auto& [name, value] : *fields) {
        absl::StrAppend(&head, name, ": ", value, "\r\n");
      }
    }
    absl::StrAppend(&head, keep_ ? "" : "Connection: close\r\n", length, "\r\n");
    return head;
  }

  void DoSend(Answer answer) {
    if (answered_) return;
    answered_ = true;
    // Those have no body, whatever its length would be.
    const bool none = answer.status == 304 || answer.status == 204;
    head_ = Head(answer, none ? "" : absl::StrCat("Content-Length: ", answer.body.size(), "\r\n"));
    if (!none && method() != "HEAD") answer_ = std::move(answer.body);
    connection_->stream_.expires_after(Chrono(connection_->limits_.writing));
    asio::async_write(connection_->stream_, std::array{asio::buffer(head_), asio::buffer(answer_)},
                      [self = shared_from_this()](beast::error_code error, size_t) {
                        self->finished_ = true;
                        self->connection_->Answered(self->keep_, error);
                      });
  }

  void Queue(std::string bytes, std::function<void(bool)> done) {
    if (is_gone_) {
      if (done) done(false);
      return;
    }
    queue_.emplace_back(std::move(bytes), std::move(done));
    if (queue_.size() == 1) WriteNext();
  }

  void WriteNext() {
    connection_->stream_.expires_after(Chrono(connection_->limits_.writing));
    asio::async_write(
        connection_->stream_, asio::buffer(queue_.front().first),
        [self = shared_from_this()](beast::error_code error, size_t) { self->Written(!error); });
  }

  void Written(bool there) {
    connection_->stream_.expires_never();
    const auto done = std::move(queue_.front().second);
    queue_.pop_front();
    if (!there) connection_->Gone();
    const bool goes_on = !queue_.empty() && !is_gone_;
    if (goes_on) WriteNext();
    // It may write more.
    if (done) done(!is_gone_);
    if (is_gone_ && !queue_.empty()) Written(false);
  }

  const std::shared_ptr<Connection> connection_;
  http::request_parser<http::buffer_body> parser_;
  Body done_;
  std::string body_;
  size_t most_ = 0;  // 0: piece by piece
  size_t room_ = 0;  // that is taken for it
  bool begun_ = false;
  std::function<void()> gone_;
  bool is_gone_ = false;
  bool answered_ = false;               // somebody does, or it is too late
  std::atomic<bool> finished_ = false;  // its destructor runs anywhere
  bool keep_ = false;
  Fields added_;  // to those of its answer
  std::string head_, answer_;
  std::deque<std::pair<std::string, std::function<void(bool)>>> queue_;
};

Connection::Connection(Socket socket, Handler& handler, const Limits& limits, Connections& all)
    : counted_{all, *this}, stream_(std::move(socket)), handler_(handler), limits_(limits) {}

void Connection::Start() {
  OnStrand([this] { ReadHead(); });
}

void Connection::End(bool now) {
  OnStrand([this, now] {
    ending_ = true;
    const auto request = current_.lock();
    if (request == nullptr || now) Gone();
  });
}

void Connection::ReadHead() {
  if (ending_) return Close();
  head_.emplace();
  head_->header_limit(static_cast<uint32_t>(limits_.head_bytes));
  // Whoever reads it says; Beast 1.74 takes none for a limit of 0.
  head_->body_limit(std::numeric_limits<uint64_t>::max());
  stream_.expires_after(Chrono(limits_.idle));
  http::async_read_header(
      stream_, buffer_, *head_,
      [self = shared_from_this()](beast::error_code error, size_t) { self->HeadRead(error); });
}

void Connection::HeadRead(beast::error_code error) {
  stream_.expires_never();
  const bool is_http =
      error.category() == http::make_error_code(http::error::end_of_stream).category();
  if (error &&
      (!is_http || error == http::error::end_of_stream || error == http::error::partial_message)) {
    return Close();
  }
  if (error) return Refuse(error == http::error::header_limit ? 431 : 400);
  const auto request = std::make_shared<Request>(shared_from_this(), std::move(*head_));
  current_ = request;
  request->Start(handler_);
}

// What came is no request.
void Connection::Refuse(int status) {
  refusal_ = absl::StrCat("HTTP/1.1 ", status,
                          status == 431 ? " Request Header Fields Too Large" : " Bad Request",
                          "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  stream_.expires_after(Chrono(limits_.writing));
  asio::async_write(stream_, asio::buffer(refusal_),
                    [self = shared_from_this()](beast::error_code error, size_t) {
                      self->Answered(false, error);
                    });
}

void Connection::Watch() {
  if (watching_) return;
  watching_ = true;
  stream_.socket().async_wait(
      Socket::wait_read,
      [self = shared_from_this()](beast::error_code error) { self->WatchEnded(error); });
}

void Connection::WatchEnded(beast::error_code error) {
  watching_ = false;
  const auto request = current_.lock();
  if (error || request == nullptr || !!request->is_finished()) return;
  char byte = 0;
  const ssize_t size = recv(stream_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  // What follows already is another request; after it nobody can see the client go.
  if (size > 0) return;
  if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return Watch();
  Gone();
}

void Connection::Gone() {
  Close();
  if (const auto request = current_.lock()) request->Gone();
}

void Connection::Answered(bool keep, beast::error_code error) {
  current_.reset();
  if (error) return Close();
  if (keep) return ReadHead();
  // Closed with bytes unread, the client might lose the answer.
  stream_.socket().shutdown(Socket::shutdown_send, error);
  stream_.expires_after(Chrono(kLinger));
  Linger();
}

void Connection::Linger() {
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(kPiece),
                          [self = shared_from_this()](beast::error_code error, size_t size) {
                            self->lingered_ += size;
                            if (error || self->lingered_ > kMostLinger) return self->Close();
                            self->Linger();
                          });
}

void Connection::Close() {
  stream_.expires_never();
  beast::error_code ignored;
  stream_.socket().close(ignored);
}

}  // namespace puente::console
