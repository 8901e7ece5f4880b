#include "common/journal/sequencer.h"

#include <algorithm>
#include <iterator>
#include <utility>

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
constexpr ptrdiff_t kGapsAtOnce = 512;
// What is missing comes soon or never. Of many gaps, such as a cluster leaves that gives each node
// ids of its own, the older ones are asked for this seldom.
constexpr ptrdiff_t kYoungGaps = 2'048;
constexpr std::chrono::seconds kOldGapsPause{1};
// So many rounds in turn may lose to another sequencer before something is thought to be wrong.
constexpr int kMostLost = 20;
constexpr absl::Duration kRetryNotReached = absl::Milliseconds(500);
constexpr absl::Duration kPauseAfterError = absl::Milliseconds(200);

constexpr sql::Query kHead{"sequencer.head",
                           "SELECT epoch, next_position, swept_id FROM journal_head WHERE id = 1"};
// With what another sequencer has placed already.
#define PUENTE_ENTRIES                                                           \
  "SELECT e.id, e.digest, e.deltas, p.entry_id IS NOT NULL FROM journal_entry e" \
  " LEFT JOIN journal_position p ON p.entry_id = e.id WHERE e.id "
constexpr sql::Query kNew{"sequencer.new", PUENTE_ENTRIES "> ? ORDER BY e.id LIMIT 1000"};
// Entries without a position above a swept id: the start, and the sweep.
constexpr sql::Query kUnsequenced{
    "sequencer.unsequenced",
    PUENTE_ENTRIES "> ? AND e.id <= ? AND p.entry_id IS NULL ORDER BY e.id LIMIT 1000"};
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

Sequencer::Seconds Sequencer::Now() { return std::chrono::steady_clock::now().time_since_epoch(); }

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
  return token.number <= published_.last_entry &&
         !std::binary_search(published_gaps_->begin(), published_gaps_->end(), token.number);
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
      const bool lost = sql::IsConflict(sequenced.status()) || sql::IsDuplicate(sequenced.status());
      lost_ = lost ? lost_ + 1 : 0;
      if (lost && lost_ < kMostLost) {
        GoOnLater();
        continue;
      }
      loaded_ = false;  // whatever is true now is in the database
    }
    lost_ = 0;
    Publish(sequenced);
    absl::MutexLock lock(&mutex_);
    Rest(sequenced);
    poked_ = false;
    awaited_ = false;
    if (stop_) return;
  }
}

// Another sequencer was first: no fault, and nothing is known that was not before.
void Sequencer::GoOnLater() {
  absl::MutexLock lock(&mutex_);
  Note();
  mutex_.AwaitWithTimeout(absl::Condition(&stop_), options_.gather_pause);
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
  // A connection that was made anew may be to another host.
  if (!loaded_ || connection_.opened() != loaded_from_) RETURN_IF_ERROR(Load());
  const Seconds now = Now();
  std::vector<Entry> entries;
  ASSIGN_OR_RETURN(const bool all, ReadGaps(now, entries));
  const int64_t above = max_seen_;
  RETURN_IF_ERROR(Read(kNew, {max_seen_}, entries));
  if (connection_.opened() != loaded_from_) return Error(sql::error::kConflict);
  // After what was read: where another sequencer has placed some, the head must not stay where it
  // was before it.
  if (!entries.empty() || lost_ > 0) RETURN_IF_ERROR(ReadHead());
  RETURN_IF_ERROR(Sequence(entries));
  if (all) {
    absl::MutexLock lock(&mutex_);
    passed_ = {round_, round_start_};
    all_gaps_read_ = now;
  }
  NoteSeen(entries, above);
  DropOldGaps(now);
  RETURN_IF_ERROR(ReadEdition());
  auto seen = static_cast<int>(entries.size());
  if (now - last_sweep_ >= absl::ToChronoNanoseconds(options_.sweep_pause)) {
    ASSIGN_OR_RETURN(const int left, Sweep());
    seen += left;
  }
  return seen;
}

absl::Status Sequencer::ReadHead() {
  return connection_.Select(kHead, {}, nullptr, [this](const sql::Row& row) -> absl::Status {
    if (row.Int64(0) != epoch_) {
      loaded_ = false;
      return Error(sql::error::kConflict);
    }
    next_position_ = row.Int64(1);
    return absl::OkStatus();
  });
}

absl::Status Sequencer::Load() {
  loaded_ = false;
  RETURN_IF_ERROR(connection_.Select(kHead, {}, nullptr, [this](const sql::Row& row) {
    epoch_ = row.Int64(0);
    swept_id_ = row.Int64(2);
    return absl::OkStatus();
  }));
  loaded_from_ = connection_.opened();
  max_seen_ = swept_id_;
  RETURN_IF_ERROR(connection_.Select(kMaxSequenced, {}, nullptr, [this](const sql::Row& row) {
    max_seen_ = std::max(max_seen_, row.Int64(0));
    return absl::OkStatus();
  }));
  // What is missing below the largest id sequenced may still come, or has come without a position.
  // A gap that was known already is as old as it was.
  const auto known = std::exchange(gaps_, {});
  gaps_changed_ = true;
  const Seconds now = Now();
  int64_t expected = swept_id_ + 1;
  RETURN_IF_ERROR(
      connection_.Select(kIds, {swept_id_, max_seen_}, nullptr, [&](const sql::Row& row) {
        for (; expected < row.Int64(0); ++expected) {
          const auto found = known.find(expected);
          gaps_.emplace(expected, found == known.end() ? now : found->second);
        }
        ++expected;
        return absl::OkStatus();
      }));
  // Not loaded before all of it has its position: what is below the largest id seen is looked for
  // nowhere else.
  while (true) {
    ASSIGN_OR_RETURN(const int found, Sweep());
    if (found > 0) continue;
    loaded_ = true;
    return absl::OkStatus();
  }
}

absl::Status Sequencer::Read(const sql::Query& query, absl::Span<const sql::Value> parameters,
                             std::vector<Entry>& entries) {
  return connection_.Select(query, parameters, nullptr, [&](const sql::Row& row) {
    entries.push_back({row.Int64(0), row.Text(1), row.Text(2), row.Int64(3) != 0});
    return absl::OkStatus();
  });
}

absl::StatusOr<bool> Sequencer::ReadGaps(Seconds now, std::vector<Entry>& entries) {
  const bool all = std::ssize(gaps_) <= kYoungGaps || now - all_gaps_read_ >= kOldGapsPause;
  std::vector<sql::Value> ids;
  for (auto gap = all ? gaps_.begin() : std::prev(gaps_.end(), kYoungGaps); gap != gaps_.end();) {
    ids.clear();
    for (; gap != gaps_.end() && std::ssize(ids) < kGapsAtOnce; ++gap) ids.emplace_back(gap->first);
    const std::string text =
        absl::StrCat(PUENTE_ENTRIES, "IN ", sql::InList(ids.size()), " ORDER BY e.id");
    sql::PadList(ids);
    RETURN_IF_ERROR(Read({"sequencer.gaps", text}, ids, entries));
  }
  return all;
}

absl::Status Sequencer::Sequence(const std::vector<Entry>& entries) {
  std::vector<sql::Value> rows;
  int64_t position = next_position_;
  for (const Entry& entry : entries) {
    if (entry.placed) continue;
    rows.insert(rows.end(),
                {sql::Value(position++), sql::Value(entry.id), sql::Value(entry.digest)});
  }
  if (rows.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(connection_.Begin(sql::Isolation::kReadCommitted));
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
    if (!entry.placed && !entry.deltas.empty()) RETURN_IF_ERROR(deltas.Add(entry.deltas));
  }
  return ApplyDeltas(connection_, deltas);
}

void Sequencer::NoteSeen(const std::vector<Entry>& entries, int64_t above) {
  const Seconds now = Now();
  const size_t before = gaps_.size();
  for (const Entry& entry : entries) {
    gaps_changed_ |= gaps_.erase(entry.id) > 0;
    if (entry.id <= above) continue;
    for (int64_t id = max_seen_ + 1; id < entry.id; ++id) gaps_.emplace(id, now);
    max_seen_ = entry.id;
  }
  gaps_changed_ |= gaps_.size() != before;
}

void Sequencer::DropOldGaps(Seconds now) {
  const Seconds oldest = now - absl::ToChronoNanoseconds(options_.longest_transaction);
  while (!gaps_.empty() && gaps_.begin()->second < oldest) {
    gaps_.erase(gaps_.begin());
    gaps_changed_ = true;
  }
}

absl::StatusOr<int> Sequencer::Sweep() {
  std::vector<Entry> left;
  RETURN_IF_ERROR(Read(kUnsequenced, {swept_id_, max_seen_}, left));
  RETURN_IF_ERROR(ReadHead());
  if (!left.empty()) {
    RETURN_IF_ERROR(Sequence(left));
    for (const Entry& entry : left) gaps_changed_ |= gaps_.erase(entry.id) > 0;
    return static_cast<int>(left.size());
  }
  last_sweep_ = Now();
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
  std::shared_ptr<const std::vector<int64_t>> gaps;
  if (sequenced.ok() && std::exchange(gaps_changed_, false)) {
    auto ids = std::make_shared<std::vector<int64_t>>();
    for (const auto& [id, noticed] : gaps_) ids->push_back(id);
    gaps = std::move(ids);
  }
  {
    absl::MutexLock lock(&mutex_);
    health_ = sequenced.status();
    if (health_.ok()) {
      published_ = {epoch_, next_position_ - 1, max_seen_, edition_};
      if (gaps != nullptr) published_gaps_ = std::move(gaps);
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
