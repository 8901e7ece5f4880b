#include "gateway/compose/executor.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "gateway/compose/provenance.h"
#include "gateway/errors.h"

namespace puente::compose {

struct Executor::Shared {
  Shared(std::shared_ptr<Transport> transport, Timers& timers, Options options)
      : transport(std::move(transport)), timers(timers), options(options) {}

  // False if the agency has its most calls out.
  bool Enter(Agency agency) {
    if (out[static_cast<size_t>(agency)]++ < options.most_calls_per_agency) return true;
    Leave(agency);
    return false;
  }
  void Leave(Agency agency) { --out[static_cast<size_t>(agency)]; }

  const std::shared_ptr<Transport> transport;
  Timers& timers;
  const Options options;
  std::array<std::atomic<int>, kAgencies.size()> out = {};
};

namespace {

// One call to an agency, which equal sections share. It owns its buffers: the answer may come long
// after the run is over.
struct Flight {
  const Section* section;  // the first that wanted it
  std::unique_ptr<google::protobuf::Message> request;
  std::shared_ptr<google::protobuf::Message> answer;
  absl::Time start;
  absl::Time deadline;
  std::vector<size_t> sections;  // which wait for it
  std::optional<Result> result;
  bool out = true;
  Cancel cancel;
};
using FlightPtr = std::shared_ptr<Flight>;
using FlightKey = std::tuple<Agency, std::string, std::string>;  // with method and request

class ViewRun : public std::enable_shared_from_this<ViewRun> {
 public:
  ViewRun(std::shared_ptr<Executor::Shared> shared, const Plan& plan,
          const google::protobuf::Message& request, const Call& call, Executor::Done done)
      : shared_(std::move(shared)),
        plan_(plan),
        request_(request.New()),
        call_(call),
        done_(std::move(done)),
        results_(std::vector<Result>(plan.sections().size())),
        phases_(plan.sections().size(), kWaiting) {
    request_->CopyFrom(request);
    for (size_t i = 0; i < phases_.size(); ++i) results_.at(i).name = plan.sections()[i].name();
  }

  void Start() {
    const absl::Time now = shared_->timers.Now();
    const absl::Duration remaining = call_.deadline - now;
    budget_end_ = std::max(now, now + remaining - Reserve(remaining));
    Cancel alarm =
        shared_->timers.At(budget_end_, [self = shared_from_this()] { self->BudgetOver(); });
    Keep(alarm_, std::move(alarm));
    Advance();
  }

  // Ends the run with `outcome`; if that is OK, with the error of a section that ends the view, or
  // with the results. Only the first end counts.
  void End(absl::Status outcome) {
    std::vector<Cancel> cancels;
    Executor::Done done;
    {
      absl::MutexLock lock(&mutex_);
      if (std::exchange(ended_, true)) return;
      if (outcome.ok()) outcome = std::move(view_error_);
      done = std::move(done_);
      cancels.push_back(std::move(alarm_));
      for (auto& [key, flight] : flights_) {
        if (flight->out) cancels.push_back(std::move(flight->cancel));
      }
    }
    // Nobody changes the results of a run that has ended.
    if (outcome.ok()) {
      done(std::move(results_));
    } else {
      done(std::move(outcome));
    }
    for (const Cancel& cancel : cancels) {
      if (cancel) cancel();
    }
  }

 private:
  enum Phase { kWaiting, kAsking, kSettled };

  // Starts what can start, until nothing more can; ends the run if all is settled.
  void Advance() {
    std::vector<FlightPtr> starting;
    bool all_settled = true;
    {
      absl::MutexLock lock(&mutex_);
      if (ended_) return;
      // A section stands behind those it needs, so one pass sees what it settles itself.
      for (size_t i = 0; i < phases_.size(); ++i) {
        if (phases_[i] == kWaiting && NeedsSettled(i)) Prepare(i, starting);
        all_settled = all_settled && phases_[i] == kSettled;
      }
    }
    for (const FlightPtr& flight : starting) Launch(flight);
    if (all_settled) End(absl::OkStatus());
  }

  bool NeedsSettled(size_t i) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const auto& needs = plan_.needs(i);
    return std::all_of(needs.begin(), needs.end(),
                       [&](size_t need) { return phases_[need] == kSettled; });
  }

  // Settles the section, has it wait for an equal call, or makes it a call to start.
  void Prepare(size_t i, std::vector<FlightPtr>& starting) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const Section& section = plan_.sections()[i];
    const Inputs inputs(*request_, call_.start, results_);
    if (!section.Wanted(inputs)) return void(phases_[i] = kSettled);
    if (absl::Status needs = NeedsOf(i); !needs.ok()) return Fail(i, needs, RestsOnNothing(i));
    auto request = section.Ask(inputs);
    if (!request.ok()) return Fail(i, request.status(), /*not_asked=*/true);
    FlightPtr& flight = flights_[Key(section, **request)];
    if (flight == nullptr) {
      flight = MakeFlight(section, *std::move(request));
      starting.push_back(flight);
    }
    if (flight->result) return Settle(i, *flight->result);
    flight->sections.push_back(i);
    phases_[i] = kAsking;
  }

  static FlightKey Key(const Section& section, const google::protobuf::Message& request) {
    return {section.agency(), section.rpc().name, crypto::Canonical(request)};
  }

  FlightPtr MakeFlight(const Section& section, std::unique_ptr<google::protobuf::Message> request) {
    auto flight = std::make_shared<Flight>();
    flight->section = &section;
    flight->request = std::move(request);
    flight->answer.reset(section.rpc().empty_answer->New());
    flight->start = shared_->timers.Now();
    flight->deadline = flight->start + (budget_end_ - flight->start) * section.share() / 100;
    return flight;
  }

  void Launch(const FlightPtr& flight) {
    const Agency agency = flight->section->agency();
    if (!shared_->Enter(agency)) return Take(flight, Busy(agency));
    const CallOptions options{flight->deadline, call_.caller.path, call_.actor,
                              call_.purpose,    call_.locale,      call_.trace};
    Keep(flight->cancel, shared_->transport->Start(
                             *flight->section, *flight->request, flight->answer.get(), options,
                             [self = shared_from_this(), flight](absl::Status status) {
                               self->shared_->Leave(flight->section->agency());
                               self->Take(flight, std::move(status));
                             }));
  }

  // Takes up the outcome of a call; one that comes after the end changes nothing.
  void Take(const FlightPtr& flight, absl::Status status) {
    {
      absl::MutexLock lock(&mutex_);
      flight->out = false;
      flight->cancel = nullptr;
      if (ended_) return;
    }
    const Result result = Judge(*flight, status);  // digests: not under the lock
    bool ends_view = false;
    {
      absl::MutexLock lock(&mutex_);
      if (ended_) return;
      flight->result = result;
      for (size_t i : flight->sections) {
        if (phases_[i] == kSettled) continue;  // as late, a moment ago
        Settle(i, result);
        ends_view = ends_view || plan_.sections()[i].EndsView(status.code());
      }
      // Without a reason it is not the agency that says so.
      ends_view = ends_view && !Reason(status).empty();
      // Kept with what is settled: others may find all settled, and end the run, before this does.
      if (ends_view) view_error_.Update(status);
    }
    if (ends_view) return End(absl::OkStatus());
    Advance();
  }

  Result Judge(const Flight& flight, const absl::Status& status) const {
    Result result;
    result.asked = true;
    result.status = status.ok() ? status : Explain(flight.section->agency(), status, call_);
    if (status.ok()) {
      result.answer = flight.answer;
      Answered(*flight.answer,
               {flight.section->agency(), call_, flight.start, shared_->options.stale_after},
               result.provenance);
    } else {
      Failed(result.status, call_, result.provenance);
    }
    *result.provenance.mutable_latency() = ToProto(shared_->timers.Now() - flight.start);
    return result;
  }

  // The budget is over: what is out is late, and what waits for it misses it.
  void BudgetOver() {
    {
      absl::MutexLock lock(&mutex_);
      if (ended_) return;
      const absl::Status late = absl::DeadlineExceededError("");
      for (const auto& [key, flight] : flights_) {
        if (!flight->out) continue;
        const Result result = Judge(*flight, late);
        for (size_t i : flight->sections) Settle(i, result);
      }
      for (size_t i = 0; i < phases_.size(); ++i) {
        if (phases_[i] == kSettled) continue;
        const absl::Status needs = NeedsOf(i);
        Fail(i, needs.ok() ? Explain(plan_.sections()[i].agency(), late, call_) : needs);
      }
    }
    End(absl::OkStatus());
  }

  // NEEDS_SECTION of the first section that this one needs and that has no answer.
  absl::Status NeedsOf(size_t i) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (size_t need : plan_.needs(i)) {
      const Result& needed = results_.at(need);
      if (!needed.status.ok()) return Needs(needed.name, needed.status, call_);
    }
    return absl::OkStatus();
  }

  // Whether there was nothing to ask the first of those for, so that this one is not asked either.
  bool RestsOnNothing(size_t i) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (size_t need : plan_.needs(i)) {
      const Result& needed = results_.at(need);
      if (needed.status.ok()) continue;
      return needed.provenance.state() == gateway::v1::SECTION_STATE_NOT_ASKED;
    }
    return false;
  }

  absl::Status Busy(Agency agency) const {
    return Error(error::kAgencyBusy, "agency"_is(Name(agency)),
                 "limit"_is(shared_->options.most_calls_per_agency));
  }

  void Fail(size_t i, const absl::Status& explained, bool not_asked = false)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    Result result;
    result.asked = true;
    result.status = explained;
    Failed(explained, call_, result.provenance);
    if (not_asked) result.provenance.set_state(gateway::v1::SECTION_STATE_NOT_ASKED);
    Settle(i, std::move(result));
  }

  void Settle(size_t i, Result result) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    result.name = plan_.sections()[i].name();
    result.provenance.set_agency(std::string(Name(plan_.sections()[i].agency())));
    result.provenance.set_hosting(shared_->options.hosting);
    results_.at(i) = std::move(result);
    phases_[i] = kSettled;
  }

  // Keeps a cancel for the end, or uses it at once if that has come.
  void Keep(Cancel& place, Cancel cancel) {
    {
      absl::MutexLock lock(&mutex_);
      if (!ended_) return void(place = std::move(cancel));
    }
    cancel();
  }

  const std::shared_ptr<Executor::Shared> shared_;
  const Plan& plan_;
  const std::unique_ptr<google::protobuf::Message> request_;
  const Call call_;
  absl::Time budget_end_;  // set before anything else runs

  absl::Mutex mutex_;
  Executor::Done done_ ABSL_GUARDED_BY(mutex_);
  Results results_;  // guarded by mutex_ until the end, then moved out
  std::vector<Phase> phases_ ABSL_GUARDED_BY(mutex_);
  std::map<FlightKey, FlightPtr> flights_ ABSL_GUARDED_BY(mutex_);
  absl::Status view_error_ ABSL_GUARDED_BY(mutex_);  // the first that ends the view
  Cancel alarm_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

absl::Duration Reserve(absl::Duration remaining) {
  return std::clamp(remaining / 10, absl::Milliseconds(10), absl::Milliseconds(150));
}

Executor::Executor(std::shared_ptr<Transport> transport, Timers& timers, Options options)
    : shared_(std::make_shared<Shared>(std::move(transport), timers, options)) {}

Cancel Executor::Run(const Plan& plan, const google::protobuf::Message& request, const Call& call,
                     Done done) {
  auto run = std::make_shared<ViewRun>(shared_, plan, request, call, std::move(done));
  run->Start();
  return [run] { run->End(Error(error::kViewCancelled)); };
}

}  // namespace puente::compose
