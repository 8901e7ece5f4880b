// Gives entries their positions and folds their deltas into the projections, in one transaction a
// batch. What is right rests on the compare-and-swap of journal_head alone: two sequencers of one
// schema do no harm.
//
// Ids are not commit order: a transaction that commits late has a smaller id than what was seen. So
// each batch reads the ids above the largest seen and those of the gap list; a gap is dropped only
// after the longest possible transaction, and a sweep above the last swept id finds what is left.
// What another sequencer has placed is seen with the rest, so that its gaps go on ageing here too.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/context/clock.h"
#include "common/journal/position.h"
#include "common/journal/token.h"
#include "common/sql/connection.h"

namespace puente::journal {

struct SequencerOptions {
  Tokens tokens;
  sql::Target target;
  // After this no transaction of ours can still commit (sql::kLongestTransaction, and MariaDB ends
  // sooner what a frozen process holds).
  absl::Duration longest_transaction = absl::Minutes(10);
  // After a commit it lets others gather for so long, unless somebody waits: a round costs a
  // durable transaction.
  absl::Duration gather_pause = absl::Milliseconds(25);
  // How often it looks without being poked, for entries of other processes.
  absl::Duration idle_pause = absl::Milliseconds(100);
  absl::Duration sweep_pause = absl::Minutes(1);
  // A number that grows with what figures show besides what has entries, such as that of the last
  // release; one row.
  std::optional<sql::Query> edition = std::nullopt;
  const Clock* clock = &Clock::System();
};

class Sequencer {
 public:
  using Ready = std::function<void(absl::Status)>;

  explicit Sequencer(SequencerOptions options);  // starts its thread
  ~Sequencer();  // ends it; whoever waits is told POSITION_NOT_REACHED
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // Says that something was committed, or seen, that newest() may not show.
  void Poke() ABSL_LOCKS_EXCLUDED(mutex_);

  // A COMMIT under way: until it is over, and then looked at, nothing is certain.
  class Commit {
   public:
    explicit Commit(Sequencer* sequencer);  // null for none
    ~Commit();
    Commit(const Commit&) = delete;
    Commit& operator=(const Commit&) = delete;

   private:
    Sequencer* const sequencer_;
  };

  Newest newest() const ABSL_LOCKS_EXCLUDED(mutex_);
  // The position of what a reader sees.
  absl::StatusOr<Position> Read(sql::Session& snapshot) const {
    return ReadPosition(snapshot, options_.edition);
  }

  // Calls `ready` once, perhaps before it returns: OK as soon as what the token names has its
  // position, INVALID_FRESHNESS_TOKEN, or POSITION_NOT_REACHED at the deadline. An empty token is
  // reached at once. Nobody is blocked meanwhile.
  void WhenReached(absl::string_view token, absl::Time deadline, Ready ready)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // The same once everything that is committed now has its position.
  void WhenCaughtUp(absl::Time deadline, Ready ready) ABSL_LOCKS_EXCLUDED(mutex_);

  const Tokens& tokens() const { return options_.tokens; }
  // The last position given; 0 before the first.
  int64_t head() const { return newest().position.head; }
  // OK while the last round succeeded.
  absl::Status health() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Entry {
    int64_t id = 0;
    std::string digest;
    std::string deltas;
    bool placed = false;  // by another sequencer
  };
  // Of a clock that nobody sets: a gap that is dropped too early is an entry that is lost.
  using Seconds = std::chrono::steady_clock::duration;
  static Seconds Now();
  struct Waiter {
    std::optional<Token> token;
    int64_t round = 0;  // without a token
    absl::Time deadline;
    Ready ready;
  };

  void Loop();
  void Note() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void GoOnLater() ABSL_LOCKS_EXCLUDED(mutex_);
  void Rest(const absl::StatusOr<int>& sequenced) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // One batch. Returns how many entries were seen.
  absl::StatusOr<int> Round();
  absl::Status Load();
  absl::Status ReadHead();
  absl::Status Read(const sql::Query& query, absl::Span<const sql::Value> parameters,
                    std::vector<Entry>& entries);
  // Returns whether of all gaps.
  absl::StatusOr<bool> ReadGaps(Seconds now, std::vector<Entry>& entries);
  absl::Status Sequence(const std::vector<Entry>& entries);
  absl::Status Fold(const std::vector<Entry>& entries);
  absl::StatusOr<int> Sweep();
  absl::Status ReadEdition();
  void NoteSeen(const std::vector<Entry>& entries, int64_t above);
  void DropOldGaps(Seconds now);
  void Publish(const absl::StatusOr<int>& sequenced) ABSL_LOCKS_EXCLUDED(mutex_);
  bool Reached(const Waiter& waiter) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool Reached(const Token& token) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const SequencerOptions options_;
  sql::Connection connection_;

  // Of the thread alone.
  bool loaded_ = false;
  int64_t epoch_ = 1;
  int64_t next_position_ = 1;
  int64_t swept_id_ = 0;
  int64_t max_seen_ = 0;
  uint64_t loaded_from_ = 0;         // which connection it was
  std::map<int64_t, Seconds> gaps_;  // id → when it was noticed
  bool gaps_changed_ = false;        // since they were published
  Seconds all_gaps_read_{};          // when all of them were last asked for
  int lost_ = 0;                     // rounds in turn, to another sequencer
  struct Pass {
    int64_t round = 0;
    absl::Time start;
  };
  Pass passed_;  // the last round that asked for all gaps
  absl::Time round_start_;
  int64_t edition_ = 0;
  Seconds last_sweep_{};

  mutable absl::Mutex mutex_;
  bool poked_ ABSL_GUARDED_BY(mutex_) = false;
  bool awaited_ ABSL_GUARDED_BY(mutex_) = false;  // somebody waits for the next round
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status health_ ABSL_GUARDED_BY(mutex_);
  int64_t round_ ABSL_GUARDED_BY(mutex_) = 0;  // the one that runs, or ran last
  int commits_ ABSL_GUARDED_BY(mutex_) = 0;    // under way
  int64_t news_ ABSL_GUARDED_BY(mutex_) = 0;   // the round that may not have seen the last news
  // What Reached() and newest() look at, as of the last round.
  // Nothing is left that was committed when it began.
  Pass published_pass_ ABSL_GUARDED_BY(mutex_);
  Position published_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const std::vector<int64_t>> published_gaps_ ABSL_GUARDED_BY(mutex_) =
      std::make_shared<std::vector<int64_t>>();
  std::vector<Waiter> waiters_ ABSL_GUARDED_BY(mutex_);

  std::thread thread_;  // last: it uses everything above
};

}  // namespace puente::journal
