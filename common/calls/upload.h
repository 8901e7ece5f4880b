// Client-streaming calls: raw slices in, one answer out.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/calls/stream.h"

namespace puente::calls {

// What becomes of an upload. One object a call; its functions run on workers, one at a time, the
// worker being free in between. Destroyed when the call has ended and none of them runs.
template <class Req, class Resp>
class Uploader {
 public:
  virtual ~Uploader() = default;
  // The next message, in order, checked. An error ends the call with it.
  virtual absl::Status Consume(const Call& call, sql::Session& session, const Req& message) = 0;
  // After the last message.
  virtual absl::StatusOr<Resp> Finish(const Call& call, sql::Session& session) = 0;
};

namespace internal {

template <class Req, class Resp>
class UploadCall final : public grpc::ServerReadReactor<Req>, private UploadCore {
 public:
  UploadCall(Host& host, grpc::CallbackServerContext* context, Resp* response,
             std::unique_ptr<Uploader<Req, Resp>> uploader)
      : UploadCore(host, context, host.MethodOf(Req::descriptor())),
        response_(response),
        uploader_(std::move(uploader)) {}

  void Begin() { UploadCore::Begin(); }

 private:
  void OnReadDone(bool ok) override {
    if (ok) {
      Received(incoming_, [this] { waiting_.push_back(std::move(incoming_)); });
    } else {
      ReceivedAll();
    }
  }
  void OnCancel() override { Cancelled(); }
  void OnDone() override { Unref(); }

  // UploadCore
  void ReadNext() override {
    incoming_.Clear();
    this->StartRead(&incoming_);
  }
  void TakeSlice() override { slice_.swap(waiting_); }
  absl::Status ConsumeSlice(sql::Session* session) override {
    for (const Req& message : slice_) {
      if (ended()) break;
      absl::Status status = uploader_->Consume(call(), *session, message);
      if (!status.ok()) return status;
    }
    slice_.clear();
    return absl::OkStatus();
  }
  void FinishUpload(sql::Session* session) override {
    absl::StatusOr<Resp> answer = uploader_->Finish(call(), *session);
    if (!Claim()) return;
    if (answer.ok()) *response_ = *std::move(answer);
    Answer(answer.status());
  }
  void FinishReactor(const grpc::Status& status) override { this->Finish(status); }

  Req incoming_;
  std::vector<Req> waiting_;  // guarded by the core's lock
  std::vector<Req> slice_;    // the worker's
  Resp* const response_;
  std::unique_ptr<Uploader<Req, Resp>> uploader_;
};

}  // namespace internal

template <class Req, class Resp>
grpc::ServerReadReactor<Req>* Upload(Host& host, grpc::CallbackServerContext* context,
                                     Resp* response,
                                     std::unique_ptr<Uploader<Req, Resp>> uploader) {
  auto* call = new internal::UploadCall<Req, Resp>(host, context, response, std::move(uploader));
  call->Begin();
  return call;
}

}  // namespace puente::calls
