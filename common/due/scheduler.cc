#include "common/due/scheduler.h"

#include <unistd.h>

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/context/values.h"
#include "common/due/errors.h"
#include "common/sql/error.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"
#include "common/telemetry/mistake.h"
#include "google/protobuf/util/time_util.h"

namespace puente::due {
namespace {

using google::protobuf::util::TimeUtil;
using journal::Transaction;

// After an error of the database itself.
constexpr absl::Duration kErrorPause = absl::Seconds(1);
// Until the metrics are first read: by then there is what is made at the start.
constexpr absl::Duration kFirstMetrics = absl::Seconds(1);
// Before a task is tried again that found no room: what it makes may be long, and be in vain again.
constexpr absl::Duration kFullPause = absl::Seconds(10);
// So often is a lease renewed within its length.
constexpr int kRenewals = 3;

constexpr sql::Query kHas{"due.has", "SELECT EXISTS (SELECT 1 FROM due WHERE kind = ?)"};
constexpr sql::Query kWanted{
    "due.wanted",
    "INSERT IGNORE INTO due (kind, item_key, version, due_time, claim_time, holder, attempts,"
    " last_error, progress) VALUES (?, '', ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), '', 0, '', '')"};
constexpr sql::Query kClaim{"due.claim",
                            "UPDATE due SET version = ?, attempts = attempts + 1, holder = ?,"
                            " claim_time = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND"
                            " WHERE kind = ? AND item_key = ? AND version = ?"};
constexpr sql::Query kRenew{"due.renew",
                            "UPDATE due SET claim_time = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND"
                            " WHERE kind = ? AND item_key = ? AND version = ?"};
constexpr sql::Query kDone{"due.done",
                           "DELETE FROM due WHERE kind = ? AND item_key = ? AND version = ?"};
constexpr sql::Query kAgain{
    "due.again",
    "UPDATE due SET version = version + 1, attempts = 0, holder = '', last_error = '',"
    " progress = ?, due_time = COALESCE(?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND),"
    " claim_time = COALESCE(?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND)"
    " WHERE kind = ? AND item_key = ? AND version = ?"};
// The next slice runs at once, by whoever ran this one.
constexpr sql::Query kGoesOn{
    "due.goes_on",
    "UPDATE due SET version = version + 1, attempts = 1, last_error = '', progress = ?,"
    " due_time = UTC_TIMESTAMP(6), claim_time = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND"
    " WHERE kind = ? AND item_key = ? AND version = ?"};
constexpr sql::Query kFailed{"due.failed",
                             "UPDATE due SET version = version + 1, holder = '', last_error = ?,"
                             " attempts = attempts - ?,"
                             " claim_time = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND"
                             " WHERE kind = ? AND item_key = ? AND version = ?"};

std::string Holder() {
  char host[65] = {};
  gethostname(host, sizeof host - 1);
  return absl::StrCat(host, " ", getpid());
}

std::string ReasonOf(const absl::Status& status) {
  const std::string reason = Reason(status);
  return reason.empty() ? absl::StatusCodeToString(status.code()) : reason;
}

prometheus::ClientMetric Labelled(const std::string& kind, double value) {
  prometheus::ClientMetric metric;
  metric.label = {{"kind", kind}};
  metric.gauge.value = value;
  metric.counter.value = value;
  return metric;
}

}  // namespace

Scheduler::Scheduler(Options options) : options_(std::move(options)), holder_(Holder()) {}

Scheduler::~Scheduler() { Stop(); }

void Scheduler::Handle(std::string kind, Work work, Lane lane, absl::Duration longest_slice) {
  Kind& known = kinds_[kind];
  if (known.work != nullptr) telemetry::Mistake("two functions for one kind of due work", kind);
  known.work = std::move(work);
  known.lane = lane;
  known.longest_slice = longest_slice;
}

void Scheduler::HandleStanding(std::string kind, Work work, absl::Duration longest_slice,
                               Lane lane) {
  Handle(kind, std::move(work), lane, longest_slice);
  kinds_[kind].wanted = [] { return true; };
}

void Scheduler::HandleWanted(std::string kind, Work work, std::function<bool()> wanted) {
  Handle(kind, std::move(work));
  kinds_[kind].wanted = std::move(wanted);
}

void Scheduler::Start(journal::Journal journal) {
  journal_ = std::move(journal);
  // The usual one tells of all work that is left.
  std::set<Lane> lanes;
  for (const auto& [kind, how] : kinds_) lanes.insert({Lane::kUsual, how.lane});
  for (const Lane lane : lanes) turns_[lane];
  for (const Lane lane : lanes) {
    const int threads = lane == Lane::kPeers ? options_.peers_at_once : 1;
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this, lane] { Loop(lane); });
  }
  if (!threads_.empty()) {
    lease_keeper_ = std::thread([this] { KeepLeases(); });
    metrics_keeper_ = std::thread([this] { KeepMetrics(); });
  }
}

void Scheduler::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
  }
  for (std::thread* const keeper : {&lease_keeper_, &metrics_keeper_}) {
    if (keeper->joinable()) keeper->join();
  }
}

bool Scheduler::stopping() const {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

absl::Duration Scheduler::LongestSlice(const Kind& kind) const {
  return std::max(options_.longest_slice, kind.longest_slice);
}

void Scheduler::Rest(absl::Duration pause) {
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&stopping_), pause);
}

void Scheduler::Loop(Lane lane) {
  sql::Session session(options_.target);
  bool worked = true;
  while (!stopping()) {
    const absl::StatusOr<int> ran = Round(session, lane);
    if (!ran.ok() && worked) {
      telemetry::Log(telemetry::Severity::kError, "due_work_stopped",
                     {{"caller", options_.caller},
                      {"reason", ReasonOf(ran.status())},
                      {"debug", telemetry::DebugText(ran.status())}});
    }
    worked = ran.ok();
    if (ran.ok() && *ran > 0) continue;
    absl::MutexLock turn(&turns_.at(lane));
    Rest(!ran.ok()              ? kErrorPause
         : lane == Lane::kPeers ? options_.idle_pause_of_peers
                                : options_.idle_pause);
  }
}

void Scheduler::KeepLeases() {
  sql::Session session(options_.target);
  while (true) {
    std::vector<std::shared_ptr<Running>> running;
    {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&stopped_), options_.lease / kRenewals)) return;
      running.assign(running_.begin(), running_.end());
    }
    for (const auto& one : running) {
      if (one->until < absl::Now()) continue;
      // After an error the lease goes on for a while, and then is anybody's.
      Renew(session, *one).IgnoreError();
    }
  }
}

// On a thread of its own: a database that is slow must cost no lease.
void Scheduler::KeepMetrics() {
  sql::Session session(options_.target);
  absl::Duration pause = std::min(kFirstMetrics, options_.metrics_pause);
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&stopping_), pause)) return;
    }
    ReadMetrics(session);
    pause = options_.metrics_pause;
  }
}

absl::Status Scheduler::Renew(sql::Session& session, Running& running) {
  Call call;
  call.deadline = absl::Now() + options_.lease / kRenewals;
  int64_t found = 0;
  RETURN_IF_ERROR(journal::KeepBooks(journal_, session, call, [&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(
        found, tx.Execute(kRenew, {absl::ToInt64Microseconds(options_.lease), running.task.kind,
                                   running.task.key, running.version}));
    return absl::OkStatus();
  }));
  if (found != 1) running.lost = true;
  return absl::OkStatus();
}

absl::Status Scheduler::MakeWanted(sql::Session& session, const std::string& kind,
                                   const Kind& how) {
  if (how.wanted == nullptr || !how.wanted()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const int64_t there, session.Number(kHas, {kind}));
  if (there != 0) return absl::OkStatus();
  Call call;
  call.deadline = absl::Now() + options_.longest_slice;
  return journal::KeepBooks(journal_, session, call, [&](Transaction& tx) {
    return tx.Execute(kWanted, {kind, FreshVersion()}).status();
  });
}

absl::StatusOr<int> Scheduler::Round(sql::Session& session, Lane lane) {
  int ran = 0;
  for (auto& [kind, how] : kinds_) {
    if (stopping()) break;
    if (how.lane != lane) continue;
    RETURN_IF_ERROR(MakeWanted(session, kind, how));
    absl::StatusOr<std::optional<Claimed>> claimed;
    {
      absl::MutexLock turn(&turns_.at(lane));
      claimed = Claim(session, kind, how);
    }
    RETURN_IF_ERROR(claimed.status());
    if (!*claimed) continue;
    for (bool goes_on = true; goes_on; ++ran) {
      ASSIGN_OR_RETURN(goes_on, RunSlice(session, how, **claimed));
    }
  }
  return ran;
}

absl::StatusOr<std::optional<Scheduler::Claimed>> Scheduler::Claim(sql::Session& session,
                                                                   const std::string& kind,
                                                                   const Kind& how) {
  static const auto* const find = new std::string(
      absl::StrCat("SELECT item_key, version, attempts, progress, ", sql::Micros("due_time"),
                   ", last_error FROM due WHERE kind = ? AND claim_time <= UTC_TIMESTAMP(6)"
                   " ORDER BY claim_time LIMIT 1"));
  while (!stopping()) {
    std::optional<Claimed> claimed;
    RETURN_IF_ERROR(session.Each({"due.find", *find}, {kind}, [&](const sql::Row& row) {
      claimed = Claimed{{kind, row.Text(0), row.Text(3), absl::FromUnixMicros(row.Int64(4))},
                        row.Int64(1),
                        static_cast<int>(row.Int64(2)) + 1,
                        row.Text(5)};
      return absl::OkStatus();
    }));
    if (!claimed) return claimed;
    Call call;
    call.deadline = absl::Now() + options_.longest_slice;
    const int64_t fresh = FreshVersion();
    int64_t found = 0;
    RETURN_IF_ERROR(
        journal::KeepBooks(journal_, session, call, [&](Transaction& tx) -> absl::Status {
          ASSIGN_OR_RETURN(
              found, tx.Execute(kClaim, {fresh, holder_, absl::ToInt64Microseconds(options_.lease),
                                         kind, claimed->task.key, claimed->version}));
          return absl::OkStatus();
        }));
    if (found != 1) continue;  // another was faster
    claimed->version = fresh;
    return claimed;
  }
  return std::nullopt;
}

absl::StatusOr<bool> Scheduler::RunSlice(sql::Session& session, Kind& kind, Claimed& claimed) {
  const std::string method = absl::StrCat("due/", claimed.task.kind);
  Call call;
  call.method = method;
  call.caller.path = options_.caller;
  call.start = absl::Now();
  call.deadline = call.start + LongestSlice(kind);
  call.trace = telemetry::TraceId("");
  const std::shared_ptr<Running> running(new Running{claimed.task, claimed.version, call.deadline});
  {
    absl::MutexLock lock(&mutex_);
    running_.insert(running);
  }
  const Slice slice{
      claimed.task, claimed.attempt, claimed.last_error,
      call,         session,         [this, running] { return running->lost || stopping(); }};
  const absl::StatusOr<Next> next = kind.work(slice);
  {
    absl::MutexLock lock(&mutex_);
    running_.erase(running);
  }
  absl::Status status = next.status();
  const bool keeps = next.ok() && kind.lane == Lane::kPeers && next->IsNow() && !stopping();
  if (next.ok()) status = Store(session, call, claimed, *next, keeps);
  if (status.ok()) {
    ++kind.succeeded;
    if (keeps)
      claimed = {{claimed.task.kind, claimed.task.key, next->progress}, claimed.version + 1, 1, ""};
    return keeps;
  }
  if (running->lost || Reason(status) == error::kLeaseLost.reason) {
    ++kind.lost;
    return false;
  }
  ++kind.failed;
  telemetry::Log(telemetry::Severity::kWarning, "due_work_failed",
                 {{"kind", claimed.task.kind},
                  {"key", claimed.task.key},
                  {"attempt", absl::StrCat(claimed.attempt)},
                  {"reason", ReasonOf(status)},
                  {"debug", telemetry::DebugText(status)},
                  {"trace", call.trace}});
  const bool interrupted = WasInterrupted(slice, status);
  absl::Status stored = StoreFailure(session, kind, claimed, status, interrupted);
  // Else it would be as if the process had died.
  while (!stored.ok() && WasInterrupted(slice, stored) && !stopping()) {
    Rest(kErrorPause);
    stored = StoreFailure(session, kind, claimed, status, interrupted);
  }
  RETURN_IF_ERROR(stored);
  return false;
}

absl::Status Scheduler::Store(sql::Session& session, const Call& call, const Claimed& claimed,
                              const Next& next, bool keeps) {
  const Task& task = claimed.task;
  const sql::Value time = next.time == absl::InfinitePast() ? sql::Value() : sql::Value(next.time);
  const int64_t pause = absl::ToInt64Microseconds(next.pause);
  return journal::KeepBooks(journal_, session, call, [&](Transaction& tx) -> absl::Status {
    // The task's row first, as whoever changes a record and its task with it (resource::Turn), so
    // that the two wait for one another and neither is rolled back.
    const absl::StatusOr<int64_t> found =
        next.done ? tx.Execute(kDone, {task.kind, task.key, claimed.version})
        : keeps   ? tx.Execute(kGoesOn, {next.progress, absl::ToInt64Microseconds(options_.lease),
                                         task.kind, task.key, claimed.version})
                : tx.Execute(kAgain, {next.progress, time, pause, time, pause, task.kind, task.key,
                                      claimed.version});
    RETURN_IF_ERROR(found.status());
    if (*found != 1) return Error(error::kLeaseLost, "kind"_is(task.kind));
    return next.write == nullptr ? absl::OkStatus() : next.write(tx);
  });
}

absl::Status Scheduler::StoreFailure(sql::Session& session, const Kind& kind,
                                     const Claimed& claimed, const absl::Status& failure,
                                     bool interrupted) {
  const int doublings = std::min(claimed.attempt - 1, 20);
  const absl::Duration later =
      std::min(kind.wanted == nullptr ? options_.longest_pause : options_.longest_wanted_pause,
               options_.first_pause * (1 << doublings));
  const absl::Duration pause = sql::IsFull(failure) ? std::max(later, kFullPause) : later;
  Call call;
  call.deadline = absl::Now() + options_.longest_slice;
  return journal::KeepBooks(journal_, session, call, [&](Transaction& tx) {
    // No row: who has taken it over says how it went.
    return tx
        .Execute(kFailed, {ReasonOf(failure), interrupted ? 1 : 0, absl::ToInt64Microseconds(pause),
                           claimed.task.kind, claimed.task.key, claimed.version})
        .status();
  });
}

void Scheduler::ReadMetrics(sql::Session& session) {
  absl::StatusOr<std::vector<api::v1::DueWork>> work = ReadDueWork(session);
  if (!work.ok()) return;
  absl::MutexLock lock(&mutex_);
  work_ = *std::move(work);
}

std::vector<prometheus::MetricFamily> Scheduler::Metrics() const {
  using prometheus::MetricType;
  prometheus::MetricFamily slices{
      "puente_due_slices_total", "Slices of due work, by outcome.", MetricType::Counter, {}};
  for (const auto& [kind, how] : kinds_) {
    for (const auto& [outcome, count] :
         {std::pair<const char*, int64_t>("succeeded", how.succeeded),
          {"failed", how.failed},
          {"lost", how.lost}}) {
      slices.metric.push_back(Labelled(kind, static_cast<double>(count)));
      slices.metric.back().label.push_back({"outcome", outcome});
    }
  }
  prometheus::MetricFamily count{
      "puente_due_count", "Due work that is left.", MetricType::Gauge, {}};
  prometheus::MetricFamily failing{
      "puente_due_failing", "Due work that failed when last tried.", MetricType::Gauge, {}};
  prometheus::MetricFamily late{
      "puente_due_late_seconds", "Since when the oldest is due.", MetricType::Gauge, {}};
  absl::MutexLock lock(&mutex_);
  for (const api::v1::DueWork& work : work_) {
    const absl::Duration since =
        absl::Now() -
        absl::FromUnixMicros(TimeUtil::TimestampToMicroseconds(work.first_due_time()));
    count.metric.push_back(Labelled(work.kind(), static_cast<double>(work.count())));
    failing.metric.push_back(Labelled(work.kind(), static_cast<double>(work.failing_count())));
    late.metric.push_back(Labelled(work.kind(), std::max(0.0, absl::ToDoubleSeconds(since))));
  }
  return {std::move(slices), std::move(count), std::move(failing), std::move(late)};
}

}  // namespace puente::due
