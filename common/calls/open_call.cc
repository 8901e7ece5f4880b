#include "common/calls/open_call.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include "common/journal/sequencer.h"
#include "common/personal/fields.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"
#include "common/workers/errors.h"

namespace puente::calls {
namespace {

// For the sequencer. Who waits is kept until then, also when its caller is gone.
constexpr absl::Duration kMostWaiting = absl::Seconds(30);

using Wire = grpc::SerializationTraits<Message>;

// Infinite if the caller set none. context.deadline() counts nanoseconds and wraps after 2262.
absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  const gpr_timespec given = gpr_convert_clock_type(context.raw_deadline(), GPR_CLOCK_REALTIME);
  if (gpr_time_cmp(given, gpr_inf_future(GPR_CLOCK_REALTIME)) == 0) return absl::InfiniteFuture();
  return absl::FromUnixSeconds(given.tv_sec) + absl::Nanoseconds(given.tv_nsec);
}

}  // namespace

absl::Status OpenCall::Open(absl::Duration default_deadline) {
  call_.deadline = DeadlineOf(*context_);
  call_.own_deadline = call_.deadline != absl::InfiniteFuture();
  if (!call_.own_deadline) call_.deadline = arrived_ + default_deadline;
  const absl::Status let_in = host_.LetIn(*context_, method_, call_);
  if (!let_in.ok()) return let_in;
  if (in_flight_->draining()) return Error(error::kShuttingDown);
  return call_.deadline <= arrived_ ? Error(error::kDeadlineExceeded) : absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Message>> OpenCall::Read(grpc::ByteBuffer bytes) const {
  std::unique_ptr<Message> request(method_.request.New());
  if (!Wire::Deserialize(&bytes, request.get()).ok()) {
    return Error(error::kInvalidMessage, "type"_is(request->GetDescriptor()->full_name()));
  }
  std::vector<Violation> of_caller;
  if (method_.of_caller) of_caller = method_.of_caller(call_, *request);
  RETURN_IF_ERROR(method_.fields.Check(*request, std::move(of_caller)));
  return request;
}

void OpenCall::StartTimer() {
  if (call_.own_deadline) return;
  Ref();
  alarm_.emplace();
  alarm_->Set(absl::ToChronoTime(call_.deadline), [this](bool expired) {
    if (expired) Abandon(Error(error::kDeadlineExceeded));
    Unref();
  });
}

// Under the lock, so that neither the host nor the timer ends what has not begun.
absl::Status OpenCall::EnterStreams() {
  absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(host_.BeginStream(*this));
  counted_ = true;
  StartTimer();
  return absl::OkStatus();
}

// A worker's reference is taken here and given back in Run() or Drop().
void OpenCall::Queue(Lane lane) {
  Ref();
  const absl::Status taken = host_.pool().Submit(this, lane, call_.deadline);
  if (taken.ok()) return;
  End(taken);
  Unref();
}

std::function<void(absl::Status)> OpenCall::Waiting(std::function<void()> then) {
  Ref();
  return [this, then = std::move(then)](absl::Status reached) {
    if (reached.ok()) {
      then();
    } else {
      End(reached);
    }
    Unref();
  };
}

void OpenCall::QueueWhenReached(const Message& request, Lane lane) {
  WhenReached(request, [this, lane] { Queue(lane); });
}

void OpenCall::WhenReached(const Message& request, std::function<void()> then) {
  const auto* field = method_.at_least;
  const std::string token =
      field == nullptr ? "" : request.GetReflection()->GetString(request, field);
  if (token.empty()) return then();
  host_.sequencer()->WhenReached(token, LatestStart(), Waiting(std::move(then)));
}

void OpenCall::QueueWhenCaughtUp(Lane lane) {
  WhenCaughtUp([this, lane] { Queue(lane); });
}

void OpenCall::WhenCaughtUp(std::function<void()> then) {
  host_.sequencer()->WhenCaughtUp(LatestStart(), Waiting(std::move(then)));
}

absl::Time OpenCall::LatestStart() const {
  return std::min(call_.deadline, absl::Now() + kMostWaiting);
}

void OpenCall::Run(sql::Session* session) {
  if (!claimed()) Body(session);
  Unref();
}

void OpenCall::Drop(const absl::Status& why) {
  End(why);
  Unref();
}

bool OpenCall::Claim() {
  absl::MutexLock lock(&mutex_);
  return ClaimLocked();
}

bool OpenCall::ClaimLocked(bool abandoned) {
  if (claimed()) return false;
  state_.store(abandoned ? State::kAbandoned : State::kAnswered, std::memory_order_release);
  return true;
}

void OpenCall::Answer(absl::Status status) {
  bool own = false;
  if (answer_ != nullptr && method_.may_hold_personal && !method_.access.opens_personal()) {
    personal::LeaveOut(*answer_);
  }
  if (status.ok() && answer_ != nullptr && !Wire::Serialize(*answer_, answer_bytes_, &own).ok()) {
    status = absl::InternalError("the answer can't be serialized");
  }
  Finished(status);
}

void OpenCall::EndWith(absl::string_view answer) {
  if (!Claim()) return;
  const grpc::Slice bytes(answer.data(), answer.size());
  *answer_bytes_ = grpc::ByteBuffer(&bytes, 1);
  Finished(absl::OkStatus());
}

void OpenCall::Finished(const absl::Status& status) {
  if (counted_) host_.EndStream(*this);
  if (method_.answers_every > absl::ZeroDuration()) return FinishAtStep(status);
  in_flight_->Answered();
  FinishReactor(Close(status));
}

void OpenCall::FinishAtStep(const absl::Status& status) {
  Ref();
  step_alarm_.emplace();
  const absl::Duration took = absl::Now() - arrived_;
  step_alarm_->Set(absl::ToChronoTime(arrived_ + absl::Ceil(took, method_.answers_every)),
                   [this, status](bool) {
                     in_flight_->Answered();
                     FinishReactor(Close(status));
                     Unref();
                   });
}

void OpenCall::End(const absl::Status& status) {
  if (Claim()) Answer(status);
}

void OpenCall::Abandon(const absl::Status& why) {
  {
    absl::MutexLock lock(&mutex_);
    if (!ClaimLocked(true)) return;
  }
  Answer(why);
  OnAbandoned();
}

grpc::Status OpenCall::Close(const absl::Status& status) {
  if (alarm_) alarm_->Cancel();
  const absl::Duration took = absl::Now() - arrived_;
  method_.metrics.Handled(status.code(), took);
  telemetry::LogCall(call_, status, took);
  if (status.ok()) return grpc::Status::OK;
  if (Reason(status).empty()) {
    return ToGrpc(Error(puente::error::kInternal, "trace"_is(call_.trace)), call_.locale);
  }
  return ToGrpc(status, call_.locale);
}

absl::Status OpenCall::CancelReason() const {
  if (call_.deadline <= absl::Now()) return Error(error::kDeadlineExceeded);
  return in_flight_->draining() ? Error(error::kShuttingDown) : Error(error::kCancelled);
}

void OpenCall::Unref() {
  if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

}  // namespace puente::calls
