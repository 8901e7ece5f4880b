#include "common/calls/unary.h"

#include "common/status/macros.h"

namespace puente::calls {

absl::Status UnaryCall::Open(const grpc::ByteBuffer& request) {
  RETURN_IF_ERROR(OpenCall::Open(host().options().default_deadline));
  ASSIGN_OR_RETURN(request_, Read(request));
  return absl::OkStatus();
}

void UnaryCall::Start(const grpc::ByteBuffer& request) {
  if (const absl::Status status = Open(request); !status.ok()) return End(status);
  StartTimer();
  Begin();
}

void UnaryCall::Write(sql::Session& session,
                      const std::function<absl::Status(journal::Transaction&)>& mutation) {
  const auto done = journal::PathOf(host().journal(), call(), request())
                        .RunInto(session, call(), answer(), mutation);
  if (!done.ok()) return End(done.status());
  EndWritten(*done);
}

void UnaryCall::EndWritten(const journal::Done& done) {
  if (!Claim()) return;
  if (!done.freshness.empty()) context()->AddInitialMetadata(kFreshnessKey, done.freshness);
  Answer(absl::OkStatus());
}

void UnaryCall::TellIfAbandoned(std::function<void()> told) {
  {
    absl::MutexLock lock(&mutex_);
    if (!abandoned()) {
      if (!claimed()) told_.push_back(std::move(told));
      return;
    }
  }
  told();
}

void UnaryCall::TellNobody() {
  std::vector<std::function<void()>> forgotten;  // destroyed outside the lock
  absl::MutexLock lock(&mutex_);
  forgotten.swap(told_);
}

void UnaryCall::OnAbandoned() {
  std::vector<std::function<void()>> told;
  {
    absl::MutexLock lock(&mutex_);
    told.swap(told_);
  }
  for (const auto& tell : told) tell();
}

}  // namespace puente::calls
