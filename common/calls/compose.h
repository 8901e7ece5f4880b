// Calls that are answered by asking others. They hold no worker and no waiting thread but while
// they use the module's own database.
#pragma once

#include <atomic>
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
  // `freshness` is that of what was written for it (journal::Done), or "".
  virtual void Done(absl::StatusOr<Resp> answer, const std::string& freshness = "") = 0;
  // Goes on with `then` on a worker, with its connection to the database, unless the call ends
  // before. Of a host with a database; one at a time.
  using Then = std::function<void(std::shared_ptr<Composition>, sql::Session&)>;
  virtual void Work(Then then) = 0;
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
  void Done(absl::StatusOr<Resp> given, const std::string& freshness) override {
    if (!Claim()) return;
    TellNobody();
    if (given.ok()) static_cast<Resp&>(answer()) = *std::move(given);
    if (!freshness.empty()) UnaryCall::context()->AddInitialMetadata(kFreshnessKey, freshness);
    Answer(given.status());
  }
  void Work(typename Composition<Req, Resp>::Then then) override {
    then_ = std::move(then);
    ++holders_;
    Queue(OpenCall::Lane::kNormal);
  }
  void WhenAbandoned(std::function<void()> told) override { TellIfAbandoned(std::move(told)); }

 private:
  void Begin() override { fn_(Holder()); }
  void Body(sql::Session* session) override { std::exchange(then_, nullptr)(Holder(), *session); }

  // The last one to drop it ends the call if nobody has. Waiting for a worker holds it, too.
  std::shared_ptr<Composition<Req, Resp>> Holder() {
    Ref();
    return std::shared_ptr<Composition<Req, Resp>>(this, [](Composition<Req, Resp>* composition) {
      auto* call = static_cast<ComposeCall*>(composition);
      if (--call->holders_ == 0) call->End(absl::InternalError("composition gave no answer"));
      call->Unref();
    });
  }

  const Fn& fn_;                  // the service's
  std::atomic<int> holders_ = 1;  // Begin()'s
  typename Composition<Req, Resp>::Then then_;
};

}  // namespace internal

}  // namespace puente::calls
