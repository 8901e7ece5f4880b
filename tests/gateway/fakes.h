// Agencies and time as tests want them, on one thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/compose/executor.h"

namespace puente::compose {

// Time stands still until Advance().
class VirtualTimers final : public Timers {
 public:
  absl::Time Now() const override { return now_; }

  Cancel At(absl::Time time, std::function<void()> ring) override {
    const auto key = std::make_pair(std::max(time, now_), ++last_id_);
    alarms_[key] = std::move(ring);
    return [this, key] { alarms_.erase(key); };
  }

  // Rings, in order, everything due up to then.
  void Advance(absl::Duration by) {
    const absl::Time end = now_ + by;
    while (!alarms_.empty() && alarms_.begin()->first.first <= end) {
      now_ = alarms_.begin()->first.first;
      const std::function<void()> ring = std::move(alarms_.begin()->second);
      alarms_.erase(alarms_.begin());
      ring();
    }
    now_ = end;
  }
  size_t pending() const { return alarms_.size(); }

 private:
  absl::Time now_ = absl::FromCivil(absl::CivilSecond(2026, 3, 2, 12, 0, 0), absl::UTCTimeZone());
  int last_id_ = 0;
  std::map<std::pair<absl::Time, int>, std::function<void()>> alarms_;
};

enum class Behaviour {
  kWell,     // answers after 20 ms
  kAbsent,   // no connection, known after 1 ms
  kHanging,  // no answer: gRPC gives up at the call's deadline
  kFailing,  // an error of its own after 10 ms
  kDeaf,     // no answer, and even the end of a cancelled call comes only after 10 s
};

struct SeenCall {
  std::string section;
  std::string method;
  std::shared_ptr<google::protobuf::Message> request;
  CallOptions options;
  bool cancelled = false;
  bool done = false;
};

class FakeAgencies final : public Transport {
 public:
  using Answer = std::function<void(const google::protobuf::Message& request,
                                    google::protobuf::Message& answer)>;

  explicit FakeAgencies(VirtualTimers& timers) : timers_(timers) {}

  Behaviour& operator[](Agency agency) { return behaviours_[agency]; }
  void FailWith(Agency agency, absl::Status status) {
    behaviours_[agency] = Behaviour::kFailing;
    failures_[agency] = std::move(status);
  }
  // What the method of this answer says, whatever it is asked.
  template <class Message>
  void Says(Message answer) {
    answers_[Message::descriptor()->full_name()] = std::make_shared<Message>(std::move(answer));
  }

  Cancel Start(const Section& section, const google::protobuf::Message& request,
               google::protobuf::Message* answer, const CallOptions& options,
               std::function<void(absl::Status)> done) override {
    auto call = std::make_shared<SeenCall>();
    call->section = section.name();
    call->method = section.rpc().name;
    call->request.reset(request.New());
    call->request->CopyFrom(request);
    call->options = options;
    calls.push_back(call);
    const auto finish = [call, done](absl::Status status) {
      if (!std::exchange(call->done, true)) done(std::move(status));
    };
    const Behaviour behaviour = behaviours_[section.agency()];
    Schedule(behaviour, section.agency(), answer, options.deadline, call, finish);
    return [this, call, finish, deaf = behaviour == Behaviour::kDeaf] {
      if (call->done || std::exchange(call->cancelled, true)) return;
      timers_.At(timers_.Now() + (deaf ? absl::Seconds(10) : absl::Milliseconds(1)),
                 [finish] { finish(absl::CancelledError("")); });
    };
  }

  std::vector<std::shared_ptr<SeenCall>> calls;

 private:
  void Schedule(Behaviour behaviour, Agency agency, google::protobuf::Message* answer,
                absl::Time deadline, const std::shared_ptr<SeenCall>& call,
                const std::function<void(absl::Status)>& finish) {
    const absl::Time now = timers_.Now();
    const auto at = [&](absl::Time time, absl::Status status) {
      if (time > deadline) {
        time = deadline;
        status = absl::DeadlineExceededError("");
      }
      timers_.At(time, [finish, status, answer, call, this] {
        if (status.ok() && !call->cancelled) {
          const auto found = answers_.find(answer->GetDescriptor()->full_name());
          if (found != answers_.end()) answer->CopyFrom(*found->second);
        }
        finish(status);
      });
    };
    switch (behaviour) {
      case Behaviour::kWell:
        return at(now + absl::Milliseconds(20), absl::OkStatus());
      case Behaviour::kAbsent:
        return at(now + absl::Milliseconds(1), absl::UnavailableError("connection refused"));
      case Behaviour::kHanging:
        return at(absl::InfiniteFuture(), absl::OkStatus());
      case Behaviour::kFailing:
        return at(now + absl::Milliseconds(10), failures_[agency]);
      case Behaviour::kDeaf:
        return;
    }
  }

  VirtualTimers& timers_;
  std::map<Agency, Behaviour> behaviours_;
  std::map<Agency, absl::Status> failures_;
  std::map<std::string, std::shared_ptr<google::protobuf::Message>> answers_;
};

// A transport that the test owns.
inline std::shared_ptr<Transport> Borrow(Transport& transport) {
  return {std::shared_ptr<void>(), &transport};
}

// One run on virtual time.
struct Outcome {
  int completions = 0;
  absl::Time time;
  absl::StatusOr<Results> results = absl::UnknownError("no answer");
};

inline Call CallOf(const VirtualTimers& timers, absl::Duration deadline = absl::Seconds(2)) {
  Call call;
  call.method = "/puente.gateway.v1.CouncilService/GetOverview";
  call.caller.path = "council/cce";
  call.locale = Locale::kEnglish;
  call.start = timers.Now();
  call.deadline = timers.Now() + deadline;
  call.trace = "0af7651916cd43dd8448eb211c80319c";
  return call;
}

// Where an outcome appears when it comes.
inline Executor::Done Into(std::shared_ptr<Outcome> outcome, const VirtualTimers& timers) {
  return [outcome, &timers](absl::StatusOr<Results> results) {
    ++outcome->completions;
    outcome->time = timers.Now();
    outcome->results = std::move(results);
  };
}

}  // namespace puente::compose
