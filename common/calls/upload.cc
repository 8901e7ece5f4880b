#include "common/calls/upload.h"

#include <vector>

namespace puente::calls::internal {
namespace {

// At most this much is buffered of one upload: half by the worker, half read ahead.
constexpr size_t kMostBufferedBytes = 1 << 20;

// Reads end alike when the caller has sent all and when he has gone. gRPC tells of the second in an
// event of its own, moments before or after, from another thread: so long is waited for it.
constexpr absl::Duration kCancelComes = absl::Milliseconds(50);

// Reads ahead; a worker takes what has come.
class UploadCall final : public CallOf<grpc::ServerReadReactor<grpc::ByteBuffer>> {
 public:
  UploadCall(const Opening& opening, std::unique_ptr<AnyUploader> uploader)
      : CallOf(opening), uploader_(std::move(uploader)) {}

  void Start() {
    absl::Status status = Open(host().options().default_stream_deadline);
    if (status.ok()) status = EnterStreams();
    if (!status.ok()) return End(status);
    absl::MutexLock lock(&mutex_);
    ReadIfRoom();
  }

 private:
  void OnReadDone(bool ok) override;
  void Body(sql::Session* session) override;
  void ReadIfRoom() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // There is something for a worker.
  void HandOver(std::unique_ptr<Message> message, size_t bytes) ABSL_LOCKS_EXCLUDED(mutex_);
  // The same, once it is certain that the caller has not gone.
  void EndOfReads();

  const std::unique_ptr<AnyUploader> uploader_;
  grpc::ByteBuffer incoming_;
  grpc::Alarm end_;
  std::vector<std::unique_ptr<Message>> waiting_ ABSL_GUARDED_BY(mutex_);
  size_t waiting_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool working_ ABSL_GUARDED_BY(mutex_) = false;  // a slice is queued or runs
  bool received_all_ ABSL_GUARDED_BY(mutex_) = false;
};

void UploadCall::ReadIfRoom() {
  if (reading_ || received_all_ || claimed() || waiting_bytes_ >= kMostBufferedBytes / 2) return;
  reading_ = true;
  StartRead(&incoming_);
}

void UploadCall::OnReadDone(bool ok) {
  if (!ok) return EndOfReads();
  const size_t bytes = incoming_.Length() + 1;  // empty messages count too
  absl::StatusOr<std::unique_ptr<Message>> read = Read(std::move(incoming_));
  if (!read.ok()) return End(read.status());
  HandOver(*std::move(read), bytes);
}

void UploadCall::EndOfReads() {
  Ref();
  end_.Set(absl::ToChronoTime(absl::Now() + kCancelComes), [this](bool) {
    if (!claimed()) HandOver(nullptr, 0);
    Unref();
  });
}

void UploadCall::HandOver(std::unique_ptr<Message> message, size_t bytes) {
  bool queue = false;
  {
    absl::MutexLock lock(&mutex_);
    reading_ = false;
    if (message != nullptr) {
      waiting_.push_back(std::move(message));
      waiting_bytes_ += bytes;
    } else {
      received_all_ = true;
    }
    queue = !working_;
    working_ = true;
    ReadIfRoom();
  }
  if (queue) Queue(Lane::kStream);
}

void UploadCall::Body(sql::Session* session) {
  std::vector<std::unique_ptr<Message>> slice;
  bool cancelled = false;
  {
    absl::MutexLock lock(&mutex_);
    slice.swap(waiting_);
    waiting_bytes_ = 0;
    // No whole file. Asked under the lock, without which the call could end, and its context go,
    // meanwhile.
    cancelled = slice.empty() && !claimed() && context()->IsCancelled();
    ReadIfRoom();
  }
  if (cancelled) return Cancelled();
  if (slice.empty()) return End(uploader_->FinishAny(call(), *session, answer()));
  for (const auto& message : slice) {
    if (claimed()) return;
    const absl::Status status = uploader_->ConsumeAny(call(), *session, *message);
    if (!status.ok()) return End(status);
  }
  bool again = false;
  {
    absl::MutexLock lock(&mutex_);
    again = !waiting_.empty() || received_all_;
    working_ = again;
  }
  if (again) Queue(Lane::kStream);
}

}  // namespace

grpc::ServerReadReactor<grpc::ByteBuffer>* StartUpload(const OpenCall::Opening& opening,
                                                       std::unique_ptr<AnyUploader> uploader) {
  auto* call = new UploadCall(opening, std::move(uploader));
  call->Start();
  return call;
}

}  // namespace puente::calls::internal
