#include "common/rpc/unary.h"

#include "common/journal/sequencer.h"
#include "common/rpc/errors.h"

namespace puente::rpc {

bool UnaryCall::Open(google::protobuf::Message& request) {
  absl::Status status = open_.Open(host().options().default_deadline);
  if (status.ok()) status = open_.method().fields.Check(request);
  if (!status.ok()) {
    End(status);
    return false;
  }
  Ref();
  const bool timed = open_.StartTimer([this](bool expired) {
    if (expired) Abandon(Error(error::kDeadlineExceeded));
    Unref();
  });
  if (!timed) Unref();
  return true;
}

void UnaryCall::Queue() {
  Ref();
  const absl::Status taken = host().pool().Submit(this, Pool::Lane::kNormal, call().deadline);
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

void UnaryCall::Answer(const absl::Status& status) { Finish(open_.Close(status)); }

void UnaryCall::End(const absl::Status& status) {
  if (Claim()) Answer(status);
}

void UnaryCall::Wrote() {
  if (host().sequencer() != nullptr) host().sequencer()->Poke();
}

void UnaryCall::Unref() {
  if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

}  // namespace puente::rpc
