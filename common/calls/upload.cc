#include "common/calls/upload.h"

#include <vector>

namespace puente::calls::internal {
namespace {

// At most this much is buffered of one upload: half by the worker, half read ahead.
constexpr size_t kMostBufferedBytes = 1 << 20;

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

  const std::unique_ptr<AnyUploader> uploader_;
  grpc::ByteBuffer incoming_;
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
  std::unique_ptr<Message> message;
  const size_t bytes = incoming_.Length() + 1;  // empty messages count too
  if (ok) {
    absl::StatusOr<std::unique_ptr<Message>> read = Read(std::move(incoming_));
    if (!read.ok()) return End(read.status());
    message = *std::move(read);
  }
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
    // Reads end when the caller cancels too, mostly before OnCancel() comes: no whole file. Asked
    // under the lock, without which the call could end, and its context go, meanwhile.
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
