// One life of a call, whatever its kind: it is let in, timed, claimed once by whoever ends it (its
// body, its deadline, its caller going away, the host), and reported.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/calls/host.h"
#include "common/context/call.h"
#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kInvalidMessage{"INVALID_MESSAGE", absl::StatusCode::kInvalidArgument,
                                           "puente",
                                           "Los bytes de la solicitud no corresponden a un mensaje "
                                           "$type; genere el cliente con el contrato vigente.",
                                           "The request's bytes are not a valid $type message; "
                                           "generate the client from the current contract."};

}  // namespace puente::error

namespace puente::calls {

using google::protobuf::Message;

class OpenCall : protected workers::Pool::Task, protected OpenStream {
 public:
  using Lane = workers::Pool::Lane;

  struct Opening {
    Host& host;
    Method& method;
    grpc::CallbackServerContext* context;
    grpc::ByteBuffer* answer;  // gRPC's; null where messages are sent one by one
  };

  OpenCall(const OpenCall&) = delete;
  OpenCall& operator=(const OpenCall&) = delete;

  const Call& call() const override { return call_; }

 protected:
  explicit OpenCall(const Opening& opening)
      : host_(opening.host),
        in_flight_(host_.in_flight()),
        method_(opening.method),
        context_(opening.context),
        answer_bytes_(opening.answer),
        answer_(opening.answer == nullptr ? nullptr : method_.answer.New()),
        arrived_(absl::Now()) {
    in_flight_->Begin();
  }
  virtual ~OpenCall() { in_flight_->End(); }

  // Identity, access, deadline; SHUTTING_DOWN while the host drains.
  absl::Status Open(absl::Duration default_deadline);
  // The request in these bytes, checked. INVALID_MESSAGE, INVALID_FIELDS.
  absl::StatusOr<std::unique_ptr<Message>> Read(grpc::ByteBuffer bytes) const;
  // At the deadline the call is abandoned, here unless gRPC tells by itself because the caller set
  // one.
  void StartTimer();
  // Starts the timer and puts the call among the host's streams until its end: the host may end it.
  // OVERLOADED, or why the caller no longer takes part.
  absl::Status EnterStreams() ABSL_LOCKS_EXCLUDED(mutex_);

  // Gives the call to a worker, which calls Body(). Ends it if the worker's queue does not take it.
  void Queue(Lane lane);
  // The same, or `then`, once everything up to the request's at_least is in the figures, of which
  // it is told without a worker; at once if there is none. POSITION_NOT_REACHED at the deadline, or
  // in 30 s.
  void QueueWhenReached(const Message& request, Lane lane);
  void WhenReached(const Message& request, std::function<void()> then);
  // The same once everything that is committed has its position.
  void QueueWhenCaughtUp(Lane lane);
  void WhenCaughtUp(std::function<void()> then);
  // Not called once the call has ended.
  virtual void Body(sql::Session* session) {}

  // What an OK answers, for calls of one answer.
  Message& answer() { return *answer_; }

  // True for one caller only, who then may touch the context and must Answer().
  bool Claim() ABSL_LOCKS_EXCLUDED(mutex_);
  bool ClaimLocked(bool abandoned = false) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool claimed() const { return state_.load(std::memory_order_acquire) != State::kOpen; }
  // Whether it was claimed for another reason than that its body had come to an end.
  bool abandoned() const { return state_.load(std::memory_order_acquire) == State::kAbandoned; }
  void Answer(absl::Status status);
  // Both.
  void End(const absl::Status& status) override;
  // The same with an OK whose answer is bytes already.
  void EndWith(absl::string_view answer);
  // The caller has gone, or the deadline has passed; the body may still run.
  void Cancelled() { Abandon(CancelReason()); }
  void Abandon(const absl::Status& why);
  virtual void OnAbandoned() {}
  virtual void FinishReactor(const grpc::Status& status) = 0;

  Host& host() const { return host_; }
  Method& method() const { return method_; }
  grpc::CallbackServerContext* context() const { return context_; }

  void Ref() final { references_.fetch_add(1, std::memory_order_relaxed); }
  void Unref() final;

  // Held while an operation of gRPC's is started, so that none starts on a call that has finished.
  absl::Mutex mutex_;

 private:
  enum class State { kOpen, kAnswered, kAbandoned };

  // Goes on with the call if what it waited for has come, ends it if not. Holds it until then.
  std::function<void(absl::Status)> Waiting(std::function<void()> then);
  absl::Time LatestStart() const;
  void Run(sql::Session* session) final;
  void Drop(const absl::Status& why) final;
  void Finished(const absl::Status& status);
  // Once the time has come for what answers at certain times alone.
  void FinishAtStep(const absl::Status& status);
  // The status for the wire; counts and logs the call and stops the timer.
  grpc::Status Close(const absl::Status& status);
  // Why gRPC called OnCancel().
  absl::Status CancelReason() const;

  Host& host_;
  const std::shared_ptr<InFlight> in_flight_;
  Method& method_;
  grpc::CallbackServerContext* const context_;
  grpc::ByteBuffer* const answer_bytes_;
  const std::unique_ptr<Message> answer_;
  Call call_;
  const absl::Time arrived_;
  bool counted_ = false;  // among the host's streams
  std::optional<grpc::Alarm> alarm_;
  std::optional<grpc::Alarm> step_alarm_;
  std::atomic<State> state_ = State::kOpen;  // written under the lock
  std::atomic<int> references_ = 1;          // gRPC's, until OnDone()
};

// A call as gRPC knows it.
template <class Reactor>
class CallOf : public Reactor, public OpenCall {
 protected:
  using OpenCall::OpenCall;
  void FinishReactor(const grpc::Status& status) override { this->Finish(status); }

 private:
  void OnDone() final { Unref(); }
  void OnCancel() final { Cancelled(); }
};

}  // namespace puente::calls
