// The life of a unary call, apart from its types. Handlers use handlers.h.
#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>

#include "common/rpc/open_call.h"

namespace puente::rpc {

// Identity, access, deadline, fields, body, in this order. gRPC's buffers are touched only by
// whoever wins Claim(): the body's answer, or the deadline, or the caller going away, which end the
// call at once even while the body still runs.
class UnaryCall : public grpc::ServerUnaryReactor, private Pool::Task {
 public:
  const Call& call() const { return open_.call(); }

 protected:
  UnaryCall(Host& host, grpc::CallbackServerContext* context, Method& method)
      : open_(host, context, method) {}
  virtual ~UnaryCall() = default;

  // Lets the call in and checks `request`, which the call owns. False if it has ended already.
  bool Open(google::protobuf::Message& request);
  // Gives the call to a worker, which calls Body().
  void Queue();
  // On a worker; must end with Claim() and Answer().
  virtual void Body(sql::Session* session) {}

  // True for one caller only, who then may touch context and response and must Answer().
  bool Claim() { return !claimed_.exchange(true, std::memory_order_acq_rel); }
  bool claimed() const { return claimed_.load(std::memory_order_acquire); }
  void Answer(const absl::Status& status);
  // Both.
  void End(const absl::Status& status);
  // Has the sequencer look at once.
  void Wrote();
  // When the call ended without its body's answer; the body may still run.
  virtual void OnAbandoned() {}

  grpc::CallbackServerContext* context() { return open_.context(); }
  Host& host() { return open_.host(); }

  void Ref() { references_.fetch_add(1, std::memory_order_relaxed); }
  void Unref();

 private:
  void OnDone() final { Unref(); }
  void OnCancel() final;
  void Abandon(const absl::Status& why);
  void Run(sql::Session* session) final;
  void Drop(const absl::Status& why) final;

  OpenCall open_;
  std::atomic<bool> claimed_ = false;
  std::atomic<int> references_ = 1;  // gRPC's, until OnDone()
};

}  // namespace puente::rpc
