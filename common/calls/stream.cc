#include "common/calls/stream.h"

#include "common/status/macros.h"
#include "common/workers/errors.h"

namespace puente::calls::internal {

void UploadCore::Begin() {
  absl::Status status = open_.Open(open_.host().options().default_upload_deadline);
  if (status.ok()) status = Enter();
  if (!status.ok()) End(status);
}

// Under the lock, so that neither the host nor the timer ends what has not begun.
absl::Status UploadCore::Enter() {
  absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(open_.host().BeginStream(*this));
  counted_ = true;
  Ref();
  const bool timed = open_.StartTimer([this](bool expired) {
    if (expired) End(Error(error::kDeadlineExceeded));
    Unref();
  });
  if (!timed) Unref();
  ReadIfRoom();
  return absl::OkStatus();
}

void UploadCore::ReadIfRoom() {
  if (reading_ || received_all_ || ended() || waiting_bytes_ >= kMostBufferedBytes / 2) return;
  reading_ = true;
  ReadNext();
}

void UploadCore::Received(google::protobuf::Message& message, absl::FunctionRef<void()> keep) {
  const absl::Status status = open_.method().fields.Check(message);
  if (!status.ok()) return End(status);
  const size_t bytes = message.ByteSizeLong();
  bool queue = false;
  {
    absl::MutexLock lock(&mutex_);
    keep();
    waiting_bytes_ += bytes + 1;  // empty messages count too
    reading_ = false;
    queue = !working_;
    working_ = true;
    ReadIfRoom();
  }
  if (queue) QueueSlice();
}

void UploadCore::ReceivedAll() {
  bool queue = false;
  {
    absl::MutexLock lock(&mutex_);
    reading_ = false;
    received_all_ = true;
    queue = !working_;
    working_ = true;
  }
  if (queue) QueueSlice();
}

void UploadCore::Cancelled() { End(open_.CancelReason()); }

// A worker's reference is taken here and given back in Run() or Drop().
void UploadCore::QueueSlice() {
  Ref();
  const absl::Status taken =
      open_.host().pool().Submit(this, workers::Pool::Lane::kStream, call().deadline);
  if (taken.ok()) return;
  End(taken);
  Unref();
}

void UploadCore::Run(sql::Session* session) {
  bool finish = false, cancelled = false;
  {
    absl::MutexLock lock(&mutex_);
    finish = waiting_bytes_ == 0;
    // Reads end when the caller cancels too, mostly before OnCancel() comes: no whole file. Asked
    // under the lock, without which the call could end, and its context go, meanwhile.
    cancelled = finish && !ended() && open_.context()->IsCancelled();
    TakeSlice();
    waiting_bytes_ = 0;
    ReadIfRoom();
  }
  if (!ended()) {
    if (cancelled) {
      Cancelled();
    } else if (finish) {
      FinishUpload(session);
    } else {
      const absl::Status status = ConsumeSlice(session);
      if (!status.ok()) End(status);
    }
  }
  bool again = false;
  if (!finish && !ended()) {
    absl::MutexLock lock(&mutex_);
    again = waiting_bytes_ > 0 || received_all_;
    working_ = again;
  }
  if (again) QueueSlice();
  Unref();
}

void UploadCore::Drop(const absl::Status& why) {
  End(why);
  Unref();
}

bool UploadCore::Claim() {
  absl::MutexLock lock(&mutex_);
  return !claimed_.exchange(true, std::memory_order_acq_rel);
}

void UploadCore::Answer(const absl::Status& status) {
  if (counted_) open_.host().EndStream(*this);
  FinishReactor(open_.Close(status));
}

void UploadCore::End(const absl::Status& status) {
  if (Claim()) Answer(status);
}

void UploadCore::Unref() {
  if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

}  // namespace puente::calls::internal
