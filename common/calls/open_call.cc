#include "common/calls/open_call.h"

#include "common/status/grpc_status.h"
#include "common/telemetry/log.h"
#include "common/workers/errors.h"

namespace puente::calls {
namespace {

// Infinite if the caller set none. context.deadline() counts nanoseconds and wraps after 2262.
absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  const gpr_timespec given = gpr_convert_clock_type(context.raw_deadline(), GPR_CLOCK_REALTIME);
  if (gpr_time_cmp(given, gpr_inf_future(GPR_CLOCK_REALTIME)) == 0) return absl::InfiniteFuture();
  return absl::FromUnixSeconds(given.tv_sec) + absl::Nanoseconds(given.tv_nsec);
}

}  // namespace

absl::Status OpenCall::Open(absl::Duration default_deadline) {
  call_.deadline = DeadlineOf(*context_);
  caller_set_deadline_ = call_.deadline != absl::InfiniteFuture();
  if (!caller_set_deadline_) call_.deadline = arrived_ + default_deadline;
  const absl::Status let_in = host_.LetIn(*context_, method_, call_);
  if (!let_in.ok()) return let_in;
  if (in_flight_->draining()) return Error(error::kShuttingDown);
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
  if (call_.deadline <= absl::Now()) return Error(error::kDeadlineExceeded);
  return Error(in_flight_->draining() ? error::kShuttingDown : error::kCancelled);
}

}  // namespace puente::calls
