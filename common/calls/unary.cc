#include "common/calls/unary.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include "common/calls/errors.h"
#include "common/status/macros.h"
#include "common/workers/errors.h"

namespace puente::calls {
namespace {

using Wire = grpc::SerializationTraits<Message>;

}  // namespace

UnaryCall::UnaryCall(const Opening& opening)
    : open_(opening.host, opening.context, opening.method),
      request_bytes_(opening.request),
      answer_bytes_(opening.answer),
      request_(opening.method.request.New()),
      answer_(opening.method.answer.New()) {}

absl::Status UnaryCall::Open() {
  RETURN_IF_ERROR(open_.Open(host().options().default_deadline));
  if (!Wire::Deserialize(&request_bytes_, request_.get()).ok()) {
    return Error(error::kInvalidMessage, {{"type", request_->GetDescriptor()->full_name()}});
  }
  return open_.method().fields.Check(*request_);
}

void UnaryCall::Start() {
  if (const absl::Status status = Open(); !status.ok()) return End(status);
  Ref();
  const bool timed = open_.StartTimer([this](bool expired) {
    if (expired) Abandon(Error(error::kDeadlineExceeded));
    Unref();
  });
  if (!timed) Unref();
  Begin();
}

void UnaryCall::Queue() {
  Ref();
  const absl::Status taken =
      host().pool().Submit(this, workers::Pool::Lane::kNormal, call().deadline);
  if (taken.ok()) return;
  End(taken);
  Unref();
}

void UnaryCall::Run(sql::Session* session) {
  if (!claimed()) Body(session);
  Unref();
}

void UnaryCall::Drop(const absl::Status& why) {
  End(why);
  Unref();
}

void UnaryCall::OnCancel() { Abandon(open_.CancelReason()); }

void UnaryCall::Abandon(const absl::Status& why) {
  if (!Claim()) return;
  Answer(why);
  OnAbandoned();
}

void UnaryCall::Answer(absl::Status status) {
  bool own = false;
  if (status.ok() && !Wire::Serialize(*answer_, answer_bytes_, &own).ok()) {
    status = absl::InternalError("the answer can't be serialized");
  }
  Finish(open_.Close(status));
}

void UnaryCall::End(const absl::Status& status) {
  if (Claim()) Answer(status);
}

void UnaryCall::Unref() {
  if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

}  // namespace puente::calls
