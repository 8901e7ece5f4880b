// The life of a unary call, whatever its types. Services use service.h.
#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <memory>

#include "common/calls/open_call.h"

namespace puente::calls {

using google::protobuf::Message;

// Identity, access, deadline, message, fields, body, in this order. gRPC's buffers are touched only
// by whoever wins Claim(): the body's answer, or the deadline, or the caller going away, which end
// the call at once even while the body still runs.
class UnaryCall : public grpc::ServerUnaryReactor, protected workers::Pool::Task {
 public:
  struct Opening {
    Host& host;
    Method& method;
    grpc::CallbackServerContext* context;
    const grpc::ByteBuffer& request;
    grpc::ByteBuffer* answer;
  };

  // Lets the call in, reads and checks its request, and Begin()s; or ends it.
  void Start();

  const Call& call() const { return open_.call(); }

 protected:
  explicit UnaryCall(const Opening& opening);
  virtual ~UnaryCall() = default;

  virtual void Begin() { Queue(); }
  // Gives the call to a worker, which calls Body().
  void Queue();
  // On a worker; must end with End(), or Claim() and Answer().
  virtual void Body(sql::Session* session) {}

  const Message& request() const { return *request_; }
  // What an OK answers.
  Message& answer() { return *answer_; }

  // True for one caller only, who then may touch context and must Answer().
  bool Claim() { return !claimed_.exchange(true, std::memory_order_acq_rel); }
  bool claimed() const { return claimed_.load(std::memory_order_acquire); }
  void Answer(absl::Status status);
  // Both.
  void End(const absl::Status& status);
  // When the call ended without its body's answer; the body may still run.
  virtual void OnAbandoned() {}

  grpc::CallbackServerContext* context() const { return open_.context(); }
  Host& host() const { return open_.host(); }

  void Ref() { references_.fetch_add(1, std::memory_order_relaxed); }
  void Unref();

 private:
  void OnDone() final { Unref(); }
  void OnCancel() final;
  void Abandon(const absl::Status& why);
  void Run(sql::Session* session) final;
  void Drop(const absl::Status& why) final;
  absl::Status Open();

  OpenCall open_;
  grpc::ByteBuffer request_bytes_;
  grpc::ByteBuffer* const answer_bytes_;  // gRPC's
  const std::unique_ptr<Message> request_;
  const std::unique_ptr<Message> answer_;
  std::atomic<bool> claimed_ = false;
  std::atomic<int> references_ = 1;  // gRPC's, until OnDone()
};

}  // namespace puente::calls
