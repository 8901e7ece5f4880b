// Unary calls, whatever their types. Services use service.h.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "common/calls/open_call.h"
#include "common/journal/write.h"

namespace puente::calls {

// Identity, access, deadline, message, fields, body, in this order. gRPC's buffers are touched only
// by whoever wins Claim(): the body's answer, or the deadline, or the caller going away, which end
// the call at once even while the body still runs.
class UnaryCall : public CallOf<grpc::ServerUnaryReactor> {
 public:
  // Lets the call in, reads and checks its request, and Begin()s; or ends it.
  void Start(const grpc::ByteBuffer& request);

 protected:
  using CallOf::CallOf;

  virtual void Begin() { Queue(Lane::kNormal); }

  const Message& request() const { return *request_; }

  // Runs a mutation that sets answer(), perhaps several times (journal/write.h), and ends the call,
  // with kFreshnessKey.
  void Write(sql::Session& session,
             const std::function<absl::Status(journal::Transaction&)>& mutation);
  // Ends a call whose mutation is stored, and whose answer() is set.
  void EndWritten(const journal::Done& done);

  // Runs `told` when the call is abandoned, on any thread; at once if it has been.
  void TellIfAbandoned(std::function<void()> told) ABSL_LOCKS_EXCLUDED(mutex_);
  // For whoever has claimed the call: nobody is told any more.
  void TellNobody() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::Status Open(const grpc::ByteBuffer& request);
  void OnAbandoned() final;

  std::unique_ptr<Message> request_;
  std::vector<std::function<void()>> told_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace puente::calls
