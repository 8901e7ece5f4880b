// What unary and streaming calls have in common: they are let in, timed, and reported.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <optional>

#include "common/calls/host.h"
#include "common/context/call.h"

namespace puente::calls {

class OpenCall {
 public:
  OpenCall(Host& host, grpc::CallbackServerContext* context, Method& method)
      : host_(host),
        in_flight_(host.in_flight()),
        method_(method),
        context_(context),
        arrived_(absl::Now()) {
    in_flight_->Begin();
  }
  ~OpenCall() { in_flight_->End(); }
  OpenCall(const OpenCall&) = delete;
  OpenCall& operator=(const OpenCall&) = delete;

  // Identity, access, deadline; SHUTTING_DOWN while the host drains.
  absl::Status Open(absl::Duration default_deadline);
  // At the deadline, unless gRPC tells by itself because the caller set one. `expired` is called
  // exactly once if this returns true, with false after Close().
  bool StartTimer(std::function<void(bool expired)> expired);
  // The status for the wire; counts and logs the call and stops the timer.
  grpc::Status Close(const absl::Status& status);
  // Why gRPC called OnCancel().
  absl::Status CancelReason() const;

  Host& host() const { return host_; }
  Method& method() const { return method_; }
  grpc::CallbackServerContext* context() const { return context_; }
  const Call& call() const { return call_; }

 private:
  Host& host_;
  const std::shared_ptr<InFlight> in_flight_;
  Method& method_;
  grpc::CallbackServerContext* const context_;
  Call call_;
  const absl::Time arrived_;
  bool caller_set_deadline_ = false;
  std::optional<grpc::Alarm> alarm_;
};

}  // namespace puente::calls
