#include "console/connect/stream_call.h"

#include <grpcpp/generic/generic_stub.h>

#include "absl/functional/bind_front.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/status/macros.h"
#include "console/connect/envelopes.h"
#include "console/connect/errors.h"
#include "console/connect/status.h"

namespace puente::console {
namespace {

constexpr size_t kMostMessage = 4 << 20;
// Of a body whose call has ended, which is read so that the client gets to the answer.
constexpr size_t kMostDropped = 256 << 20;

std::string EndOf(const grpc::Status& status) {
  return EndEnvelope(status.ok() ? "{}" : absl::StrCat("{\"error\":", ErrorJson(status), "}"));
}

// Two sides, each with a hold on the call until it has nothing more to start: requests go from the
// client to the server, one at a time; answers the other way, each when the one before was taken.
class StreamCall : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  static void Start(std::shared_ptr<Exchange> exchange, Call call) {
    const auto self = std::make_shared<StreamCall>(std::move(exchange), std::move(call));
    self->self_ = self;
    self->exchange_->WhenGone([weak = std::weak_ptr<StreamCall>(self)] {
      if (const auto gone = weak.lock()) gone->context_.TryCancel();
    });
    self->call_.Prepare(self->context_);
    self->stub_.PrepareBidiStreamingCall(&self->context_, self->call_.method->path,
                                         grpc::StubOptions(), self.get());
    self->AddMultipleHolds(2);
    self->StartRead(&self->response_);
    self->StartCall();
    self->ReadBody();
  }

  StreamCall(std::shared_ptr<Exchange> exchange, Call call)
      : exchange_(std::move(exchange)), call_(std::move(call)), stub_(call_.channel) {}

  void OnWriteDone(bool ok) override {
    request_.Clear();
    exchange_->GiveRoomBack(std::exchange(room_, 0));
    ok ? SendNext() : DropBody();
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      ended_.store(true, std::memory_order_release);
      return RemoveHold();
    }
    auto message = Encoded(call_.codec, call_.method->answer, response_);
    if (!message.ok()) {
      Fail(message.status());
      return RemoveHold();
    }
    BeginAnswer();
    exchange_->Write(Envelope(*message), [this](bool there) {
      if (there) return StartRead(&response_);
      context_.TryCancel();
      RemoveHold();
    });
  }

  void OnDone(const grpc::Status& status) override {
    const auto self = std::move(self_);
    BeginAnswer();
    absl::MutexLock lock(&mutex_);
    exchange_->Write(EndOf(error_.ok() ? Told(status, call_) : InWords(error_, call_.said)),
                     nullptr);
    exchange_->End();
  }

 private:
  void BeginAnswer() {
    if (std::exchange(begun_, true)) return;
    exchange_->Begin({200,
                      {{"Content-Type", std::string(StreamMediaType(call_.codec))},
                       {"Cache-Control", "no-store"}},
                      ""});
  }

  // What the client did wrong, in the place of what the server says of a call that was cancelled.
  void Fail(absl::Status error) {
    {
      absl::MutexLock lock(&mutex_);
      if (error_.ok()) error_ = std::move(error);
    }
    context_.TryCancel();
  }

  // Requests.

  void ReadBody() {
    exchange_->ReadSome([this](absl::StatusOr<std::string> piece) {
      if (!piece.ok()) {
        context_.TryCancel();
        return RemoveHold();
      }
      is_whole_ = piece->empty();
      envelopes_.Add(*piece);
      SendNext();
    });
  }

  void SendNext() {
    if (ended_.load(std::memory_order_acquire)) return DropBody();
    auto message = envelopes_.Next();
    if (!message.ok()) return FailAndDrop(BodyError(message.status(), kMostMessage));
    if (!message->has_value()) {
      if (!is_whole_) return ReadBody();
      if (!envelopes_.empty()) return FailAndDrop(Error(error::kEnvelopeCut));
      StartWritesDone();
      return RemoveHold();
    }
    auto request = Decoded(call_.codec, call_.method->descriptor.input_type(), **message);
    if (!request.ok()) return FailAndDrop(request.status());
    request_ = *std::move(request);
    StartWrite(&request_);
  }

  // For a message, from when its length is known until it is written.
  bool TakeRoom(size_t bytes) {
    if (!exchange_->TakeRoom(bytes)) return false;
    room_ += bytes;
    return true;
  }

  // What one message was before the client zipped it, with room for that as well.
  absl::StatusOr<std::string> Unzipped(absl::string_view zipped) {
    ASSIGN_OR_RETURN(std::string message, UnpackedInRoom(*exchange_, zipped, kMostMessage));
    room_ += message.size();
    return message;
  }

  void FailAndDrop(absl::Status error) {
    Fail(std::move(error));
    DropBody();
  }

  // The call has ended; the rest of its body is not looked at.
  void DropBody() {
    if (is_whole_ || dropped_ > kMostDropped) return RemoveHold();
    exchange_->ReadSome([this](absl::StatusOr<std::string> piece) {
      if (!piece.ok()) return RemoveHold();
      is_whole_ = piece->empty();
      dropped_ += piece->size();
      DropBody();
    });
  }

  std::shared_ptr<StreamCall> self_;  // until it is done
  const std::shared_ptr<Exchange> exchange_;
  const Call call_;
  grpc::ClientContext context_;
  grpc::GenericStub stub_;

  // Of requests.
  Envelopes envelopes_{
      kMostMessage, absl::bind_front(&StreamCall::TakeRoom, this),
      call_.zipped ? Envelopes::Unpack(absl::bind_front(&StreamCall::Unzipped, this)) : nullptr};
  grpc::ByteBuffer request_;
  size_t room_ = 0;        // that the request has
  bool is_whole_ = false;  // all of the body was read
  size_t dropped_ = 0;
  std::atomic<bool> ended_ = false;  // the server says no more

  // Of answers.
  grpc::ByteBuffer response_;
  bool begun_ = false;

  absl::Mutex mutex_;
  absl::Status error_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

absl::string_view StreamMediaType(Codec codec) {
  return codec == Codec::kJson ? "application/connect+json" : "application/connect+proto";
}

void CallStream(std::shared_ptr<Exchange> exchange, Call call) {
  StreamCall::Start(std::move(exchange), std::move(call));
}

Answer StreamErrorAnswer(const grpc::Status& error, Codec codec) {
  return {200, {{"Content-Type", std::string(StreamMediaType(codec))}}, EndOf(error)};
}

}  // namespace puente::console
