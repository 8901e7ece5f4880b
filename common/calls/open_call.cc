#include "common/calls/open_call.h"

#include "common/status/grpc_status.h"
#include "common/telemetry/log.h"
#include "common/workers/errors.h"

namespace puente::calls {

absl::Status OpenCall::Open(absl::Duration default_deadline) {
  caller_set_deadline_ = context_->deadline() != std::chrono::system_clock::time_point::max();
  call_.deadline =
      caller_set_deadline_ ? absl::FromChrono(context_->deadline()) : arrived_ + default_deadline;
  const absl::Status let_in = host_.LetIn(*context_, method_, call_);
  if (!let_in.ok()) return let_in;
  return call_.deadline <= arrived_ ? Error(error::kDeadlineExceeded) : absl::OkStatus();
}

bool OpenCall::StartTimer(std::function<void(bool expired)> expired) {
  if (caller_set_deadline_) return false;
  alarm_.emplace();
  alarm_->Set(absl::ToChronoTime(call_.deadline), std::move(expired));
  return true;
}

grpc::Status OpenCall::Close(const absl::Status& status) {
  if (alarm_) alarm_->Cancel();
  const absl::Duration took = absl::Now() - arrived_;
  method_.metrics.Handled(status.code(), took);
  telemetry::LogCall(call_, status, took);
  if (status.ok()) return grpc::Status::OK;
  if (Reason(status).empty()) {
    return ToGrpc(Error(puente::error::kInternal, {{"trace", call_.trace}}), call_.locale);
  }
  return ToGrpc(status, call_.locale);
}

absl::Status OpenCall::CancelReason() const {
  return Error(call_.deadline <= absl::Now() ? error::kDeadlineExceeded : error::kCancelled);
}

}  // namespace puente::calls
