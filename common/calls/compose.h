// Calls that are answered by asking others. They hold no worker and no waiting thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "common/calls/unary.h"

namespace puente::calls {

// A call under composition, for which a `Given` is asked for. Held by whatever works on it; the
// request and the call outlive the caller's interest. Thread-safe.
template <class Req, class Given>
class Composition {
 public:
  virtual const Call& call() const = 0;
  virtual const Req& request() const = 0;
  // Only while the function that got the composition runs.
  virtual const grpc::CallbackServerContext& context() const = 0;
  // Ends the composition. The first one counts; dropping all holders without one is INTERNAL.
  virtual void Done(absl::StatusOr<Given> given) = 0;
  // Runs `told` when the call ends before Done(): caller gone, or deadline passed; at once if it
  // has already. On any thread.
  virtual void WhenAbandoned(std::function<void()> told) = 0;

 protected:
  ~Composition() = default;
};

// What asks others for a call; it must not block.
template <class Req, class Given>
using Composer = std::function<void(std::shared_ptr<Composition<Req, Given>>)>;
// What the database has to say before others are asked, on a worker; gives what asks them.
template <class Req, class Given>
using ComposerReader =
    std::function<absl::StatusOr<Composer<Req, Given>>(const Call&, sql::Session&, const Req&)>;

namespace internal {

template <class Req, class Given>
class AnyComposeCall : public UnaryCall, public Composition<Req, Given> {
 public:
  // Either asks at once, or reads before. They are the service's.
  struct Asking {
    Composer<Req, Given> ask;
    ComposerReader<Req, Given> read;
  };

  AnyComposeCall(const Opening& opening, const Asking& asking)
      : UnaryCall(opening), asking_(asking) {}

  const Call& call() const override { return UnaryCall::call(); }
  const Req& request() const override { return static_cast<const Req&>(UnaryCall::request()); }
  const grpc::CallbackServerContext& context() const override { return *UnaryCall::context(); }
  void Done(absl::StatusOr<Given> given) final {
    if (done_.exchange(true)) return;
    TellNobody();
    Take(std::move(given));
  }
  void WhenAbandoned(std::function<void()> told) override { TellIfAbandoned(std::move(told)); }

 protected:
  void Body(sql::Session* session) override {
    absl::StatusOr<Composer<Req, Given>> ask = asking_.read(call(), *session, request());
    if (!ask.ok()) return Refuse(*session, ask.status());
    Ask(*ask);
  }
  template <class Resp>
  void AnswerWith(absl::StatusOr<Resp> given) {
    if (!given.ok()) return End(given.status());
    if (!Claim()) return;
    static_cast<Resp&>(answer()) = *std::move(given);
    Answer(absl::OkStatus());
  }

 private:
  // What comes of what was given, or of why it wasn't: the call's answer, or what leads to it.
  virtual void Take(absl::StatusOr<Given> given) = 0;
  // What comes of why nobody was asked.
  virtual void Refuse(sql::Session&, const absl::Status& why) { End(why); }

  void Begin() override {
    if (asking_.read != nullptr) return Queue(Lane::kNormal);
    Ask(asking_.ask);
  }
  void Ask(const Composer<Req, Given>& ask) {
    Ref();
    ask(std::shared_ptr<Composition<Req, Given>>(this, [](Composition<Req, Given>* composition) {
      auto* call = static_cast<AnyComposeCall*>(composition);
      if (!call->done_) call->End(absl::InternalError("composition gave no answer"));
      call->Unref();
    }));
  }

  const Asking& asking_;
  std::atomic<bool> done_ = false;
};

// What was asked for is the answer.
template <class Req, class Resp>
class ComposeCall final : public AnyComposeCall<Req, Resp> {
 public:
  using AnyComposeCall<Req, Resp>::AnyComposeCall;

 private:
  void Take(absl::StatusOr<Resp> given) override { this->AnswerWith(std::move(given)); }
};

// What was asked for is what a read of the database needs, which makes the answer.
template <class Req, class Given, class Resp>
class ComposeAndReadCall final : public AnyComposeCall<Req, Given> {
 public:
  using Read =
      std::function<absl::StatusOr<Resp>(const Call&, sql::Session&, const Req&, const Given&)>;
  struct Functions {
    typename AnyComposeCall<Req, Given>::Asking asking;
    Read read;
  };

  ComposeAndReadCall(const UnaryCall::Opening& opening, const Functions& functions)
      : AnyComposeCall<Req, Given>(opening, functions.asking), read_(functions.read) {}

 private:
  void Take(absl::StatusOr<Given> given) override {
    if (!given.ok()) return this->End(given.status());
    given_ = *std::move(given);
    this->Queue(UnaryCall::Lane::kNormal);
  }
  void Body(sql::Session* session) override {
    this->AnswerWith(read_(this->call(), *session, this->request(), *given_));
  }

  const Read& read_;  // the service's
  std::optional<Given> given_;
};

// What was asked for is what a mutation needs, which sets the answer. Why it can't be had is a
// mutation's refusal: of a call that was stored before, the first answer counts.
template <class Req, class Given, class Resp>
class ComposeAndMutateCall final : public AnyComposeCall<Req, Given> {
 public:
  using Mutate = std::function<absl::StatusOr<OwnerProof>(const Call&, journal::Transaction&,
                                                          const Req&, const Given&, Resp& answer)>;
  struct Functions {
    typename AnyComposeCall<Req, Given>::Asking asking;
    Mutate mutate;
  };

  ComposeAndMutateCall(const UnaryCall::Opening& opening, const Functions& functions)
      : AnyComposeCall<Req, Given>(opening, functions.asking), mutate_(functions.mutate) {}

 private:
  void Take(absl::StatusOr<Given> given) override {
    given_ = std::move(given);
    this->Queue(UnaryCall::Lane::kNormal);
  }
  void Body(sql::Session* session) override {
    if (!given_.has_value()) return AnyComposeCall<Req, Given>::Body(session);
    if (!given_->ok()) return Refuse(*session, given_->status());
    this->Write(*session, [this](journal::Transaction& tx) {
      return mutate_(this->call(), tx, this->request(), **given_,
                     static_cast<Resp&>(this->answer()))
          .status();
    });
  }
  void Refuse(sql::Session& session, const absl::Status& why) override {
    this->Write(session, [&why](journal::Transaction&) { return why; });
  }

  const Mutate& mutate_;  // the service's
  std::optional<absl::StatusOr<Given>> given_;
};

}  // namespace internal

}  // namespace puente::calls
