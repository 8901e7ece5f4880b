#include "common/journal/sequencer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/journal/deltas.h"
#include "common/journal/projection.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"
#include "common/status/macros.h"

namespace puente::journal {
namespace {

constexpr int kBatch = 1000;
constexpr size_t kMostGapsARound = 512;
constexpr absl::Duration kRetryNotReached = absl::Milliseconds(500);
constexpr absl::Duration kPauseAfterError = absl::Milliseconds(200);

constexpr sql::Query kHead{"sequencer.head",
                           "SELECT epoch, next_position, swept_id FROM journal_head WHERE id = 1"};
constexpr sql::Query kNew{"sequencer.new",
                          "SELECT id, digest, deltas FROM journal_entry WHERE id > ? ORDER BY id"
                          " LIMIT 1000"};
// Entries without a position above a swept id: the start, and the sweep.
constexpr sql::Query kUnsequenced{
    "sequencer.unsequenced",
    "SELECT e.id, e.digest, e.deltas FROM journal_entry e LEFT JOIN journal_position p"
    " ON p.entry_id = e.id WHERE e.id > ? AND e.id <= ? AND p.entry_id IS NULL ORDER BY e.id"
    " LIMIT 1000"};
constexpr sql::Query kIds{"sequencer.ids",
                          "SELECT id FROM journal_entry WHERE id > ? AND id <= ? ORDER BY id"};
constexpr sql::Query kMaxSequenced{"sequencer.max", "SELECT MAX(entry_id) FROM journal_position"};
constexpr sql::BulkInsert kPositions{
    "sequencer.positions", "INSERT INTO journal_position (position, entry_id, leaf_hash) VALUES",
    3};
constexpr sql::Query kMoveHead{"sequencer.move_head",
                               "UPDATE journal_head SET next_position = ? WHERE id = 1"
                               " AND epoch = ? AND next_position = ?"};
constexpr sql::Query kMoveSwept{"sequencer.move_swept",
                                "UPDATE journal_head SET swept_id = ? WHERE id = 1 AND epoch = ?"
                                " AND swept_id < ?"};

}  // namespace

Sequencer::Sequencer(SequencerOptions options)
    : options_(std::move(options)), connection_(options_.target), thread_([this] { Loop(); }) {}

Sequencer::~Sequencer() {
  {
    absl::MutexLock lock(&mutex_);
    stop_ = true;
  }
  thread_.join();
  absl::MutexLock lock(&mutex_);
  for (Waiter& waiter : waiters_)
    waiter.ready(RetryableError(error::kNotReached, kRetryNotReached));
}

void Sequencer::Poke() {
  absl::MutexLock lock(&mutex_);
  Note();
}

void Sequencer::Note() {
  poked_ = true;
  news_ = round_;
}

Sequencer::Commit::Commit(Sequencer* sequencer) : sequencer_(sequencer) {
  if (sequencer_ == nullptr) return;
  absl::MutexLock lock(&sequencer_->mutex_);
  ++sequencer_->commits_;
}

Sequencer::Commit::~Commit() {
  if (sequencer_ == nullptr) return;
  absl::MutexLock lock(&sequencer_->mutex_);
  --sequencer_->commits_;
  sequencer_->Note();
}

Newest Sequencer::newest() const {
  absl::MutexLock lock(&mutex_);
  return {published_, published_pass_.start, commits_ == 0 && news_ < published_pass_.round};
}

absl::Status Sequencer::health() const {
  absl::MutexLock lock(&mutex_);
  return health_;
}

bool Sequencer::Reached(const Token& token) const {
  if (token.epoch != published_.epoch) return token.epoch < published_.epoch;
  if (token.kind == Token::Kind::kPosition) return token.number <= published_.head;
  return token.number <= published_.last_entry && !published_gaps_.contains(token.number);
}

bool Sequencer::Reached(const Waiter& waiter) const {
  return waiter.token ? Reached(*waiter.token) : waiter.round <= published_pass_.round;
}

void Sequencer::WhenReached(absl::string_view token, absl::Time deadline, Ready ready) {
  if (token.empty()) return ready(absl::OkStatus());
  const absl::StatusOr<Token> parsed = options_.tokens.Parse(token);
  if (!parsed.ok()) return ready(parsed.status());
  {
    absl::MutexLock lock(&mutex_);
    if (!Reached(*parsed)) {
      waiters_.push_back({*parsed, 0, deadline, std::move(ready)});
      awaited_ = true;
      return;
    }
  }
  ready(absl::OkStatus());
}

// The round that runs may have begun to read before what is meant was committed; the next has not.
void Sequencer::WhenCaughtUp(absl::Time deadline, Ready ready) {
  absl::MutexLock lock(&mutex_);
  waiters_.push_back({std::nullopt, round_ + 1, deadline, std::move(ready)});
  awaited_ = true;
}

void Sequencer::Loop() {
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      ++round_;
    }
    round_start_ = options_.clock->Now();
    const absl::StatusOr<int> sequenced = Round();
    if (!sequenced.ok()) {
      connection_.Rollback();
      loaded_ = false;  // whatever is true now is in the database
    }
    Publish(sequenced);
    absl::MutexLock lock(&mutex_);
    Rest(sequenced);
    poked_ = false;
    awaited_ = next_gap_ != 0 && !waiters_.empty();  // the rest of a pass
    if (stop_) return;
  }
}

void Sequencer::Rest(const absl::StatusOr<int>& sequenced) {
  if (!sequenced.ok()) {
    mutex_.AwaitWithTimeout(absl::Condition(&stop_), kPauseAfterError);
    return;
  }
  const auto hurry = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return awaited_ || stop_; };
  const auto due = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return poked_ || hurry(); };
  if (*sequenced == 0) mutex_.AwaitWithTimeout(absl::Condition(&due), options_.idle_pause);
  if (*sequenced < kBatch) mutex_.AwaitWithTimeout(absl::Condition(&hurry), options_.gather_pause);
}

absl::StatusOr<int> Sequencer::Round() {
  if (!loaded_) RETURN_IF_ERROR(Load());
  std::vector<Entry> entries;
  RETURN_IF_ERROR(ReadGaps(entries));
  const int64_t above = max_seen_;
  ASSIGN_OR_RETURN(std::vector<Entry> fresh, ReadNew());
  entries.insert(entries.end(), std::make_move_iterator(fresh.begin()),
                 std::make_move_iterator(fresh.end()));
  if (!entries.empty()) RETURN_IF_ERROR(Sequence(entries));
  NoteSeen(entries, above);
  DropOldGaps();
  RETURN_IF_ERROR(ReadEdition());
  if (entries.empty() && absl::Now() - last_sweep_ > options_.sweep_pause) return Sweep();
  return static_cast<int>(entries.size());
}

absl::Status Sequencer::Load() {
  RETURN_IF_ERROR(connection_.Select(kHead, {}, nullptr, [this](const sql::Row& row) {
    epoch_ = row.Int64(0);
    swept_id_ = row.Int64(2);
    return absl::OkStatus();
  }));
  max_seen_ = swept_id_;
  gaps_.clear();
  next_gap_ = 0;
  RETURN_IF_ERROR(connection_.Select(kMaxSequenced, {}, nullptr, [this](const sql::Row& row) {
    max_seen_ = std::max(max_seen_, row.Int64(0));
    return absl::OkStatus();
  }));
  // What is missing below the largest id sequenced may still come, or has come without a position.
  int64_t expected = swept_id_ + 1;
  const absl::Time now = absl::Now();
  RETURN_IF_ERROR(
      connection_.Select(kIds, {swept_id_, max_seen_}, nullptr, [&](const sql::Row& row) {
        for (; expected < row.Int64(0); ++expected) {
          gaps_.emplace(expected, now);
        }
        ++expected;
        return absl::OkStatus();
      }));
  // Last: of an entry seen above that another sequencer has placed meanwhile, the head must not
  // stay where it was before it. One that was placed but not seen is read as new, and makes it load
  // again.
  RETURN_IF_ERROR(connection_.Select(kHead, {}, nullptr, [this](const sql::Row& row) {
    next_position_ = row.Int64(1);
    return absl::OkStatus();
  }));
  last_sweep_ = absl::InfinitePast();
  loaded_ = true;
  while (true) {
    ASSIGN_OR_RETURN(const int found, Sweep());
    if (found == 0) return absl::OkStatus();
  }
}

absl::StatusOr<std::vector<Sequencer::Entry>> Sequencer::ReadNew() {
  std::vector<Entry> entries;
  RETURN_IF_ERROR(connection_.Select(kNew, {max_seen_}, nullptr, [&](const sql::Row& row) {
    entries.push_back({row.Int64(0), row.Text(1), row.Text(2)});
    return absl::OkStatus();
  }));
  return entries;
}

absl::Status Sequencer::ReadGaps(std::vector<Entry>& entries) {
  auto gap = gaps_.lower_bound(next_gap_);
  if (gap == gaps_.begin()) {
    absl::MutexLock lock(&mutex_);
    pass_ = {round_, round_start_};
  }
  std::vector<sql::Value> ids;
  for (; gap != gaps_.end() && ids.size() < kMostGapsARound; ++gap) ids.emplace_back(gap->first);
  next_gap_ = gap == gaps_.end() ? 0 : gap->first;
  if (next_gap_ == 0) passed_ = pass_;
  if (ids.empty()) return absl::OkStatus();
  const std::string text = absl::StrCat("SELECT id, digest, deltas FROM journal_entry WHERE id IN ",
                                        sql::InList(ids.size()), " ORDER BY id");
  sql::PadList(ids);
  return connection_.Select({"sequencer.gaps", text}, ids, nullptr, [&](const sql::Row& row) {
    entries.push_back({row.Int64(0), row.Text(1), row.Text(2)});
    return absl::OkStatus();
  });
}

absl::Status Sequencer::Sequence(const std::vector<Entry>& entries) {
  RETURN_IF_ERROR(connection_.Begin(sql::Isolation::kReadCommitted));
  std::vector<sql::Value> rows;
  int64_t position = next_position_;
  for (const Entry& entry : entries) {
    rows.insert(rows.end(),
                {sql::Value(position++), sql::Value(entry.id), sql::Value(entry.digest)});
  }
  RETURN_IF_ERROR(sql::InsertRows(connection_, kPositions, rows));
  RETURN_IF_ERROR(Fold(entries));
  ASSIGN_OR_RETURN(const int64_t moved,
                   connection_.Execute(kMoveHead, {position, epoch_, next_position_}));
  if (moved != 1) return Error(sql::error::kConflict);  // another sequencer was first
  RETURN_IF_ERROR(connection_.Commit());
  next_position_ = position;
  return absl::OkStatus();
}

absl::Status Sequencer::Fold(const std::vector<Entry>& entries) {
  Deltas deltas;
  for (const Entry& entry : entries) {
    if (!entry.deltas.empty()) RETURN_IF_ERROR(deltas.Add(entry.deltas));
  }
  return ApplyDeltas(connection_, deltas);
}

void Sequencer::NoteSeen(const std::vector<Entry>& entries, int64_t above) {
  const absl::Time now = absl::Now();
  for (const Entry& entry : entries) {
    gaps_.erase(entry.id);
    if (entry.id <= above) continue;
    for (int64_t id = max_seen_ + 1; id < entry.id; ++id) gaps_.emplace(id, now);
    max_seen_ = entry.id;
  }
}

void Sequencer::DropOldGaps() {
  const absl::Time oldest = absl::Now() - options_.longest_transaction;
  while (!gaps_.empty() && gaps_.begin()->second < oldest) gaps_.erase(gaps_.begin());
}

absl::StatusOr<int> Sequencer::Sweep() {
  std::vector<Entry> left;
  RETURN_IF_ERROR(
      connection_.Select(kUnsequenced, {swept_id_, max_seen_}, nullptr, [&](const sql::Row& row) {
        left.push_back({row.Int64(0), row.Text(1), row.Text(2)});
        return absl::OkStatus();
      }));
  if (!left.empty()) {
    RETURN_IF_ERROR(Sequence(left));
    for (const Entry& entry : left) gaps_.erase(entry.id);
    return static_cast<int>(left.size());
  }
  last_sweep_ = absl::Now();
  const int64_t swept = gaps_.empty() ? max_seen_ : gaps_.begin()->first - 1;
  if (swept <= swept_id_) return 0;
  RETURN_IF_ERROR(connection_.Execute(kMoveSwept, {swept, epoch_, swept}).status());
  swept_id_ = swept;
  return 0;
}

absl::Status Sequencer::ReadEdition() {
  if (!options_.edition) return absl::OkStatus();
  return connection_.Select(*options_.edition, {}, nullptr, [this](const sql::Row& row) {
    edition_ = row.Int64(0);
    return absl::OkStatus();
  });
}

void Sequencer::Publish(const absl::StatusOr<int>& sequenced) {
  std::vector<std::pair<Ready, absl::Status>> done;
  {
    absl::MutexLock lock(&mutex_);
    health_ = sequenced.status();
    if (health_.ok()) {
      published_ = {epoch_, next_position_ - 1, max_seen_, edition_};
      published_gaps_ = gaps_;
      if (*sequenced < kBatch) published_pass_ = passed_;
    } else if (!sql::IsUnavailable(health_)) {
      Note();  // another sequencer may have been first
    }
    const absl::Time now = absl::Now();
    std::vector<Waiter> waiting;
    for (Waiter& waiter : waiters_) {
      if (Reached(waiter)) {
        done.emplace_back(std::move(waiter.ready), absl::OkStatus());
      } else if (waiter.deadline <= now) {
        done.emplace_back(std::move(waiter.ready),
                          RetryableError(error::kNotReached, kRetryNotReached));
      } else {
        waiting.push_back(std::move(waiter));
      }
    }
    waiters_ = std::move(waiting);
  }
  for (auto& [ready, status] : done) ready(status);
}

}  // namespace puente::journal
