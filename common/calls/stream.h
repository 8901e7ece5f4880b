// The life of an upload, apart from its types: reads ahead, one slice a time on a worker.
#pragma once

#include <atomic>
#include <functional>

#include "absl/functional/function_ref.h"
#include "absl/synchronization/mutex.h"
#include "common/calls/open_call.h"

namespace puente::calls::internal {

// At most this much is buffered of one upload: half by the worker, half read ahead.
inline constexpr size_t kMostBufferedBytes = 1 << 20;

class UploadCore : private workers::Pool::Task, private OpenStream {
 protected:
  UploadCore(Host& host, grpc::CallbackServerContext* context, Method& method)
      : open_(host, context, method) {}
  virtual ~UploadCore() = default;

  // Lets the call in and starts to read, or ends it.
  void Begin();
  // A message has come; if it is as it should be, `keep` puts it with those that wait.
  void Received(google::protobuf::Message& message, absl::FunctionRef<void()> keep);
  void ReceivedAll();
  void Cancelled();
  void Unref() final;

  const Call& call() const final { return open_.call(); }
  bool ended() const { return claimed_.load(std::memory_order_acquire); }
  // True for one caller only, who then must Answer().
  bool Claim();
  void Answer(const absl::Status& status);

  virtual void ReadNext() = 0;
  virtual void TakeSlice() = 0;
  virtual absl::Status ConsumeSlice(sql::Session* session) = 0;
  virtual void FinishUpload(sql::Session* session) = 0;
  virtual void FinishReactor(const grpc::Status& status) = 0;

 private:
  void Run(sql::Session* session) final;
  void Drop(const absl::Status& why) final;
  absl::Status Enter();
  void Ref() final { references_.fetch_add(1); }
  void End(const absl::Status& status) final;
  void ReadIfRoom() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void QueueSlice();

  OpenCall open_;
  std::atomic<int> references_ = 1;  // gRPC's, until OnDone
  bool counted_ = false;             // among the host's streams

  // Held while a read is started, so that none starts on a call that has finished.
  absl::Mutex mutex_;
  std::atomic<bool> claimed_ = false;  // written under the lock
  size_t waiting_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool working_ ABSL_GUARDED_BY(mutex_) = false;  // a slice is queued or runs
  bool received_all_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace puente::calls::internal
