// Reads of figures. An answer depends on the question, the legal day and the position of the
// journal, and on nothing else: not on who asks. So an equal question at an equal position is
// answered from memory, without a worker and without the database; and of those that find nothing
// there, equal ones are computed once for all that wait (docs/decisions/0038).
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/calls/remembered.h"
#include "common/calls/unary.h"
#include "common/sql/session.h"
#include "prometheus/metric_family.h"

namespace puente::calls {

class FiguresCall;

class Figures {
 public:
  // Computes an answer in a snapshot. Of the answer's times it leaves out the one that Figures
  // sets: check_time if it has that field, else as_of_time. That is when the figures were last
  // known to be of the newest position.
  using Body = std::function<absl::Status(sql::Session& snapshot, absl::CivilDay day,
                                          const Message& request, Message& answer)>;
  // Whether `at_least` is part of the question. It is waited for in any case.
  enum class Token { kAwaited, kAsked };
  // A method of figures.
  struct Kind {
    Kind(const Method& method, Body body, Token token);
    const Method& method;
    const Body body;
    const Token token;
    const google::protobuf::FieldDescriptor* const time;
  };

  Figures(Host& host, size_t most_bytes);
  ~Figures();

  // A call of this kind; both must outlive it.
  UnaryCall* NewCall(const UnaryCall::Opening& opening, const Kind& kind);

  std::vector<prometheus::MetricFamily> Metrics() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  friend class FiguresCall;
  class Computation;
  using Asker = std::shared_ptr<FiguresCall>;
  using Askers = std::vector<Asker>;

  // Tells the call its answer, perhaps later.
  void Ask(Asker call) ABSL_LOCKS_EXCLUDED(mutex_);
  // What is remembered of the newest position; null if nothing is, or the position isn't certain.
  Remembered::Bytes Recall(const journal::Newest& newest, absl::string_view question)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void TellFromMemory(const Askers& askers, const std::string& answer, absl::Time as_of);

  Host& host_;
  mutable absl::Mutex mutex_;
  Remembered remembered_ ABSL_GUARDED_BY(mutex_);
  // Those that somebody waits for, by question.
  absl::flat_hash_map<std::string, std::unique_ptr<Computation>> computations_
      ABSL_GUARDED_BY(mutex_);
  std::atomic<int64_t> from_memory_ = 0;  // answers
  std::atomic<int64_t> computed_ = 0;     // however many they were told
};

}  // namespace puente::calls
