// Mutations that would wait for one another, since they want the same: calls that come while others
// are being written that want it too are written together once these are, in one transaction
// (journal/write.h), so that what many want is locked, asked and committed once for all of them.
// The next begin while the last are committed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
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

// The calls of one method. Of those that want the same, one task of the pool takes all that wait,
// and the next one comes when nothing but COMMIT is left of these.
class Gathering {
 public:
  using Alone = std::function<absl::StatusOr<OwnerProof>(const Call&, journal::Transaction&,
                                                         const Message& request, Message& answer)>;
  using Together = std::function<absl::Status(journal::Transaction&, absl::Span<Asked> asked)>;
  using Wanted = std::function<std::string(const Message& request)>;

  // `together` does them all, and says the outcome of each; of those that it refuses, none or all
  // of what they write may have been written by then. The answer of each is the resource that it
  // changes. `wanted`: what a call wants, by which others would wait for it.
  Gathering(Host& host, Alone alone, Together together, Wanted wanted)
      : host_(host),
        alone_(std::move(alone)),
        together_(std::move(together)),
        wanted_(std::move(wanted)) {}

  const Alone& alone() const { return alone_; }
  // Has the call run, now or with others; it is kept alive until then.
  void Enter(JoiningCall& call) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  static constexpr size_t kMostTogether = 16;

  // Those that want one thing, from the first that comes until none waits.
  struct Gate final : workers::Pool::Task {
    explicit Gate(Gathering& gathering) : gathering(gathering) {}
    void Run(sql::Session* session) override { gathering.Run(*this, *session); }
    void Drop(const absl::Status& why) override { gathering.Drop(*this, why); }

    Gathering& gathering;
    std::vector<JoiningCall*> waiting;  // under the lock of the gathering
  };
  using Gates = absl::flat_hash_map<std::string, std::unique_ptr<Gate>>;

  struct Joined {
    JoiningCall* call;
    journal::WritePath path;
  };

  void Submit(Gate& gate);
  // The gate may be gone after each of these.
  void Run(Gate& gate, sql::Session& session);
  void PassOn(Gate& gate);
  void Drop(Gate& gate, const absl::Status& why);
  std::vector<JoiningCall*> Take(Gate& gate, size_t most) ABSL_LOCKS_EXCLUDED(mutex_);
  void Close(const Gate& gate) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Stores them; gives back those that are to be run by themselves, since they were refused, or
  // stored before, or another was in their way.
  // `written` runs once nothing but COMMIT is left.
  std::vector<JoiningCall*> Store(sql::Session& session, const std::vector<JoiningCall*>& calls,
                                  const std::function<void()>& written);
  // `asked` is empty if nobody was told anything.
  absl::Status StoreOnce(sql::Session& session, absl::Span<const Joined> joined,
                         const std::function<void()>& written, std::vector<Asked>& asked);

  Host& host_;
  const Alone alone_;
  const Together together_;
  const Wanted wanted_;
  absl::Mutex mutex_;
  Gates gates_ ABSL_GUARDED_BY(mutex_);  // by what is wanted
};

class JoiningCall final : public UnaryCall {
 public:
  JoiningCall(const Opening& opening, std::shared_ptr<Gathering> gathering)
      : UnaryCall(opening), gathering_(std::move(gathering)) {}

 private:
  friend class Gathering;

  void Begin() override { gathering_->Enter(*this); }
  void Body(sql::Session* session) override { StoreAlone(*session, nullptr); }
  void StoreAlone(sql::Session& session, const std::function<void()>& written);

  const std::shared_ptr<Gathering> gathering_;
};

}  // namespace puente::calls
