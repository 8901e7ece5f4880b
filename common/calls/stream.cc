#include "common/calls/stream.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include <deque>

#include "common/status/macros.h"

namespace puente::calls {

void Slice::Add(const Message& message) {
  bool own = false;
  grpc::ByteBuffer& buffer = messages.emplace_back();
  if (!grpc::SerializationTraits<Message>::Serialize(message, &buffer, &own).ok()) {
    status = absl::InternalError("a message can't be serialized");
  }
  bytes += buffer.Length() + 1;  // empty messages count too
  if (bytes > kMostSliceBytes) status = absl::InternalError("a slice is too large");
}

namespace internal {
namespace {

// Slices run ahead of what the client takes, as far as there is room.
class StreamCall final : public CallOf<grpc::ServerWriteReactor<grpc::ByteBuffer>> {
 public:
  explicit StreamCall(const Opening& opening) : CallOf(opening) {}

  void Start(const grpc::ByteBuffer& request, const MakeSlicer& make) {
    const absl::Status status = Begin(request, make);
    if (!status.ok()) return End(status);
    QueueWhenReached(*request_, Lane::kStream);
  }

 private:
  // What is left to do outside the lock.
  enum class Step { kNone, kSlice, kSliceWhenCaughtUp, kFinish };

  absl::Status Begin(const grpc::ByteBuffer& request, const MakeSlicer& make);
  void Body(sql::Session* session) override;
  absl::Status Next(sql::Session& session, Slice& slice);
  void OnWriteDone(bool ok) override;
  void FinishReactor(const grpc::Status& status) override;
  bool resumable() const override { return true; }
  // Whether all is said is decided here, where the stream would otherwise go idle.
  Step Advance() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Do(Step step);

  std::unique_ptr<Message> request_;
  std::unique_ptr<AnySlicer> slicer_;  // the worker's
  std::deque<grpc::ByteBuffer> unsent_ ABSL_GUARDED_BY(mutex_);
  size_t unsent_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;  // the first of them is
  bool slicing_ ABSL_GUARDED_BY(mutex_) = true;   // a slice waits, is queued or runs
  bool last_ ABSL_GUARDED_BY(mutex_) = false;     // has run
  bool catch_up_ ABSL_GUARDED_BY(mutex_) = false;
};

absl::Status StreamCall::Begin(const grpc::ByteBuffer& request, const MakeSlicer& make) {
  RETURN_IF_ERROR(Open(host().options().default_stream_deadline));
  ASSIGN_OR_RETURN(request_, Read(request));
  slicer_ = make(*request_);
  return EnterStreams();
}

absl::Status StreamCall::Next(sql::Session& session, Slice& slice) {
  RETURN_IF_ERROR(slicer_->NextAny(call(), session, slice));
  return slice.status;
}

void StreamCall::Body(sql::Session* session) {
  Slice slice;
  const absl::Status status = Next(*session, slice);
  if (!status.ok()) return End(status);
  Step step = Step::kNone;
  {
    absl::MutexLock lock(&mutex_);
    if (claimed()) return;
    for (grpc::ByteBuffer& message : slice.messages) unsent_.push_back(std::move(message));
    unsent_bytes_ += slice.bytes;
    last_ = slice.last;
    catch_up_ = slice.catch_up;
    slicing_ = false;
    step = Advance();
  }
  Do(step);
}

void StreamCall::OnWriteDone(bool ok) {
  if (!ok) return Cancelled();
  Step step = Step::kNone;
  {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    unsent_bytes_ -= unsent_.front().Length() + 1;
    unsent_.pop_front();
    step = Advance();
  }
  Do(step);
}

StreamCall::Step StreamCall::Advance() {
  if (claimed()) return Step::kNone;
  if (!writing_ && !unsent_.empty()) {
    writing_ = true;
    StartWrite(&unsent_.front());
  }
  if (last_) return unsent_.empty() && ClaimLocked() ? Step::kFinish : Step::kNone;
  if (slicing_ || unsent_bytes_ > kMostUnsentBytes - kMostSliceBytes) return Step::kNone;
  slicing_ = true;
  return catch_up_ ? Step::kSliceWhenCaughtUp : Step::kSlice;
}

void StreamCall::Do(Step step) {
  if (step == Step::kSlice) Queue(Lane::kStream);
  if (step == Step::kSliceWhenCaughtUp) QueueWhenCaughtUp(Lane::kStream);
  if (step == Step::kFinish) Answer(absl::OkStatus());
}

// A client that does not read keeps the call open, but no more of it than the message being
// written.
void StreamCall::FinishReactor(const grpc::Status& status) {
  {
    absl::MutexLock lock(&mutex_);
    while (unsent_.size() > (writing_ ? 1 : 0)) unsent_.pop_back();
  }
  CallOf::FinishReactor(status);
}

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* StartStream(const OpenCall::Opening& opening,
                                                        const grpc::ByteBuffer& request,
                                                        const MakeSlicer& make) {
  auto* call = new StreamCall(opening);
  call->Start(request, make);
  return call;
}

}  // namespace internal
}  // namespace puente::calls
