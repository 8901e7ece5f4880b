// Does a module's due work, a slice at a time, on threads of its own: a slice may wait for a peer,
// and neither a call nor another lane's slice waits for it.
//
// What is right rests on the compare-and-swap of a row's version alone. A slice claims its row
// until the lease ends, which is renewed while the slice runs, until it has taken the longest that
// it may; and then stores what it did and what is next in one transaction, if the row is as it
// claimed it. So two processes of a module do no harm, and whoever was frozen or killed loses the
// row to the other, one lease later, however long the slice was (docs/decisions/0070).
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/due/task.h"
#include "common/journal/journal.h"
#include "prometheus/metric_family.h"

namespace puente::due {

class Scheduler {
 public:
  struct Options {
    std::string caller;  // who the module is in its journal: "agency/labor"
    sql::Target target;
    // Another may take a row that was claimed so long after its holder was last seen to run.
    absl::Duration lease = absl::Minutes(1);
    absl::Duration longest_slice = absl::Seconds(10);
    // How often it looks, and how often for those for whom somebody waits.
    absl::Duration idle_pause = absl::Milliseconds(250);
    absl::Duration idle_pause_of_peers = absl::Milliseconds(25);
    // How many slices of the peers' lane run at once: each waits for most of its time.
    int peers_at_once = 8;
    // Before what failed is tried again: twice as long each time.
    absl::Duration first_pause = absl::Seconds(1);
    absl::Duration longest_pause = absl::Minutes(5);
    absl::Duration longest_wanted_pause = absl::Seconds(30);  // of kinds that are wanted
    absl::Duration metrics_pause = absl::Seconds(15);         // so late are they at most
  };

  explicit Scheduler(Options options);
  ~Scheduler();  // as Stop()
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  // Of kinds that wait for one another: one slice of them at a time. kPeers is of those whose
  // slices may wait for long for others' answers, and for whom somebody waits: several tasks go on
  // at once, each with one slice after the other until it has to wait. kReleases is of releases of
  // figures, which take minutes, while what gives seats back is short. kLong is of those that take
  // minutes while somebody waits: neither what is short nor releases wait for them, nor they for
  // it. kLongest is of those that may take longer than whoever waits for one of kLong would.
  enum class Lane { kUsual, kPeers, kReleases, kLong, kLongest };

  // Says how tasks of a kind are done; before Start(). Ends the process if it was said before. A
  // slice may take this long, if it is more than usual; others of its lane wait meanwhile.
  void Handle(std::string kind, Work work, Lane lane = Lane::kUsual,
              absl::Duration longest_slice = absl::ZeroDuration());
  // The same for a kind with one task, of the key "", that is there from the start.
  void HandleStanding(std::string kind, Work work,
                      absl::Duration longest_slice = absl::ZeroDuration(),
                      Lane lane = Lane::kUsual);
  // The same for one that is made whenever there is none and `wanted` says so, which is asked
  // often, on the scheduler's thread.
  void HandleWanted(std::string kind, Work work, std::function<bool()> wanted);

  // Begins, if there is a kind. The journal's sequencer must outlive Stop().
  void Start(journal::Journal journal);
  // When the slice that runs has ended.
  void Stop();

  std::vector<prometheus::MetricFamily> Metrics() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Kind {
    Work work;
    Lane lane = Lane::kUsual;
    std::function<bool()> wanted;  // null: scheduled by mutations alone
    absl::Duration longest_slice = absl::ZeroDuration();
    std::atomic<int64_t> succeeded = 0;
    std::atomic<int64_t> failed = 0;
    std::atomic<int64_t> lost = 0;
  };
  // A row as it was claimed.
  struct Claimed {
    Task task;
    int64_t version = 0;
    int attempt = 0;
    std::string last_error;
  };

  // A slice that runs, whose lease is to be renewed.
  struct Running {
    const Task task;
    const int64_t version;
    const absl::Time until;  // by then it should have ended
    std::atomic<bool> lost = false;
  };

  void Loop(Lane lane);
  // Renews the leases of slices that run, and reads the metrics, for which no slice is waited.
  void KeepLeases();
  void KeepMetrics() ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Renew(sql::Session& session, Running& running);
  void Rest(absl::Duration pause);
  absl::Duration LongestSlice(const Kind& kind) const;
  bool stopping() const;
  // Makes the task of a kind that is wanted and has none.
  absl::Status MakeWanted(sql::Session& session, const std::string& kind, const Kind& how);
  // A slice of each kind of the lane that has one. Returns how many ran.
  absl::StatusOr<int> Round(sql::Session& session, Lane lane);
  absl::StatusOr<std::optional<Claimed>> Claim(sql::Session& session, const std::string& kind,
                                               const Kind& how);
  // Whether the next slice of the same task may run at once, as `claimed` is then.
  absl::StatusOr<bool> RunSlice(sql::Session& session, Kind& kind, Claimed& claimed);
  // `keeps`: the task stays claimed for its next slice.
  absl::Status Store(sql::Session& session, const Call& call, const Claimed& claimed,
                     const Next& next, bool keeps);
  absl::Status StoreFailure(sql::Session& session, const Kind& kind, const Claimed& claimed,
                            const absl::Status& failure, bool interrupted);
  void ReadMetrics(sql::Session& session) ABSL_LOCKS_EXCLUDED(mutex_);

  const Options options_;
  const std::string holder_;
  journal::Journal journal_;
  std::map<std::string, Kind> kinds_;
  // Of a lane's threads one looks for work, the others wait for their turn: else all would find the
  // same task.
  std::map<Lane, absl::Mutex> turns_;

  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;  // no slice runs any more
  std::set<std::shared_ptr<Running>> running_ ABSL_GUARDED_BY(mutex_);
  std::vector<api::v1::DueWork> work_ ABSL_GUARDED_BY(mutex_);  // as it was last read
  std::vector<std::thread> threads_;
  std::thread lease_keeper_;
  std::thread metrics_keeper_;
};

}  // namespace puente::due
