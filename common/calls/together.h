// Mutations that would wait for one another: calls that come while others of their method are being
// stored are stored together once these are, in one transaction (journal/write.h), so that what is
// wanted by many is locked, asked and committed once for all of them.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/calls/unary.h"
#include "common/journal/write.h"

namespace puente::calls {

// One of the calls of a method that are answered at once.
struct Asked {
  const Call& call;
  const Message& request;
  Message& answer;
  absl::StatusOr<OwnerProof> outcome;  // whether `answer` is the answer
};

class JoiningCall;

// The calls of one method. One task of the pool at a time takes those that wait.
class Gathering final : public workers::Pool::Task {
 public:
  using Alone = std::function<absl::StatusOr<OwnerProof>(const Call&, journal::Transaction&,
                                                         const Message& request, Message& answer)>;
  using Together = std::function<absl::Status(journal::Transaction&, absl::Span<Asked> asked)>;

  // `together` does them all, and says the outcome of each; of those that it refuses, none or all
  // of what they write may have been written by then. The answer of each is the resource that it
  // changes.
  Gathering(Host& host, Alone alone, Together together)
      : host_(host), alone_(std::move(alone)), together_(std::move(together)) {}

  const Alone& alone() const { return alone_; }
  // Has the call run, now or with others; it is kept alive until then.
  void Enter(JoiningCall& call) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  static constexpr size_t kMostTogether = 16;

  struct Joined {
    JoiningCall* call;
    journal::WritePath path;
  };

  void Run(sql::Session* session) override;
  void Drop(const absl::Status& why) override;
  void Submit();
  std::vector<JoiningCall*> Take(size_t most) ABSL_LOCKS_EXCLUDED(mutex_);
  // Stores them; gives back those that are to be run by themselves, since they were refused, or
  // stored before, or another was in their way.
  std::vector<JoiningCall*> Store(sql::Session& session, const std::vector<JoiningCall*>& calls);
  // `asked` is empty if nobody was told anything.
  absl::Status StoreOnce(sql::Session& session, absl::Span<const Joined> joined,
                         std::vector<Asked>& asked);

  Host& host_;
  const Alone alone_;
  const Together together_;
  absl::Mutex mutex_;
  std::vector<JoiningCall*> waiting_ ABSL_GUARDED_BY(mutex_);
  bool runs_ ABSL_GUARDED_BY(mutex_) = false;  // or waits in the pool
};

class JoiningCall final : public UnaryCall {
 public:
  JoiningCall(const Opening& opening, std::shared_ptr<Gathering> gathering)
      : UnaryCall(opening), gathering_(std::move(gathering)) {}

 private:
  friend class Gathering;

  void Begin() override { gathering_->Enter(*this); }
  void Body(sql::Session* session) override;

  const std::shared_ptr<Gathering> gathering_;
};

}  // namespace puente::calls
