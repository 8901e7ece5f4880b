// Calls that are answered by asking others. They hold no worker and no waiting thread.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "common/calls/unary.h"

namespace puente::calls {

// A call under composition. Held by whatever works on it; the request and the call outlive the
// caller's interest. Thread-safe.
template <class Req, class Resp>
class Composition {
 public:
  virtual const Call& call() const = 0;
  virtual const Req& request() const = 0;
  // Only while the function that got the composition runs.
  virtual const grpc::CallbackServerContext& context() const = 0;
  // Answers the call. The first one counts; dropping all holders without one is INTERNAL.
  virtual void Done(absl::StatusOr<Resp> answer) = 0;
  // Runs `told` when the call ends before Done(): caller gone, or deadline passed; at once if it
  // has already. On any thread.
  virtual void WhenAbandoned(std::function<void()> told) = 0;

 protected:
  ~Composition() = default;
};

namespace internal {

template <class Req, class Resp>
class ComposeCall final : public UnaryCall, public Composition<Req, Resp> {
 public:
  using Fn = std::function<void(std::shared_ptr<Composition<Req, Resp>>)>;

  ComposeCall(const Opening& opening, const Fn& fn) : UnaryCall(opening), fn_(fn) {}

  const Call& call() const override { return UnaryCall::call(); }
  const Req& request() const override { return static_cast<const Req&>(UnaryCall::request()); }
  const grpc::CallbackServerContext& context() const override { return *UnaryCall::context(); }
  void Done(absl::StatusOr<Resp> given) override {
    if (!Claim()) return;
    TellNobody();
    if (given.ok()) static_cast<Resp&>(answer()) = *std::move(given);
    Answer(given.status());
  }
  void WhenAbandoned(std::function<void()> told) override { TellIfAbandoned(std::move(told)); }

 private:
  void Begin() override {
    Ref();
    fn_(std::shared_ptr<Composition<Req, Resp>>(this, [](Composition<Req, Resp>* composition) {
      auto* call = static_cast<ComposeCall*>(composition);
      call->End(absl::InternalError("composition gave no answer"));
      call->Unref();
    }));
  }

  const Fn& fn_;  // the service's
};

}  // namespace internal

}  // namespace puente::calls
