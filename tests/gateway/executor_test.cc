#include "gateway/compose/executor.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "absl/synchronization/notification.h"
#include "common/status/error.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/science/v1/signal.grpc.pb.h"
#include "tests/gateway/answers.h"

namespace puente::compose {
namespace {

using education::v1::GetSupplySummaryRequest;
using education::v1::MicrocredentialService;
using gateway::v1::SECTION_STATE_DENIED;
using gateway::v1::SECTION_STATE_FRESH;
using gateway::v1::SECTION_STATE_MISSING;
using science::v1::GetSignalSummaryRequest;
using science::v1::SkillSignalService;
using ::testing::ElementsAre;

constexpr ErrorSpec kNotThere{"THING_NOT_FOUND", absl::StatusCode::kNotFound, "test.puente",
                              "no está", "not there"};

// The view's request is a GetSupplySummaryRequest; a section passes it on.
absl::StatusOr<GetSupplySummaryRequest> Pass(const Inputs& inputs) {
  return inputs.request<GetSupplySummaryRequest>();
}
absl::StatusOr<GetSupplySummaryRequest> PassAnother(const Inputs& inputs) {
  GetSupplySummaryRequest request = inputs.request<GetSupplySummaryRequest>();
  request.set_state_code("32");
  return request;
}
absl::StatusOr<GetSignalSummaryRequest> AskSignals(const Inputs&) {
  return GetSignalSummaryRequest();
}

Section Supply(std::string name,
               absl::StatusOr<GetSupplySummaryRequest> (*ask)(const Inputs&) = &Pass) {
  return Section(
      std::move(name), Agency::kEducation,
      Rpc<MicrocredentialService>(&MicrocredentialService::Stub::async::GetSupplySummary), ask);
}
Section Technology(std::string name) {
  return Section(std::move(name), Agency::kScience,
                 Rpc<SkillSignalService>(&SkillSignalService::Stub::async::GetSignalSummary),
                 &AskSignals);
}

Plan PlanOf(std::vector<Section> sections) {
  return Plan::Make("test", std::move(sections)).value();
}

// Agencies, time and an executor.
struct World {
  explicit World(Executor::Options options = {})
      : agencies(timers), executor(std::make_unique<Executor>(Borrow(agencies), timers, options)) {
    AllWell(agencies);
  }
  Cancel Run(const Plan& plan, absl::Duration deadline = absl::Seconds(2)) {
    return executor->Run(plan, GetSupplySummaryRequest(), CallOf(timers, deadline),
                         Into(outcome, timers));
  }
  const Result& Section(absl::string_view name) { return (*outcome->results)[name]; }
  std::string ReasonOf(absl::string_view name) {
    return Section(name).provenance.failure().reason();
  }

  VirtualTimers timers;
  FakeAgencies agencies;
  std::unique_ptr<Executor> executor;
  std::shared_ptr<Outcome> outcome = std::make_shared<Outcome>();
};

TEST(Executor, MakesEqualCallsOnce) {
  const Plan plan = PlanOf(
      {Supply("a"), Supply("b"), Supply("other", &PassAnother), Supply("later").After({"a"})});
  World world;
  world.Run(plan);
  world.timers.Advance(absl::Seconds(1));
  ASSERT_TRUE(world.outcome->results.ok());
  EXPECT_EQ(world.agencies.calls.size(), 2);
  for (const char* name : {"a", "b", "other", "later"}) {
    EXPECT_EQ(world.Section(name).provenance.state(), SECTION_STATE_FRESH) << name;
    EXPECT_NE(world.Section(name).answer, nullptr) << name;
  }
}

TEST(Executor, StartsASectionAsSoonAsWhatItNeedsIsThere) {
  const Plan plan =
      PlanOf({Supply("a"), Technology("slow"), Supply("b", &PassAnother).After({"a"})});
  World world;
  world.agencies[Agency::kScience] = Behaviour::kHanging;
  world.Run(plan);
  EXPECT_EQ(world.agencies.calls.size(), 2);
  world.timers.Advance(absl::Milliseconds(20));
  ASSERT_EQ(world.agencies.calls.size(), 3);
  EXPECT_EQ(world.agencies.calls[2]->section, "b");
  world.timers.Advance(absl::Seconds(2));
  EXPECT_EQ(world.outcome->completions, 1);
}

TEST(Executor, AnswersBeforeTheCallersDeadline) {
  struct Case {
    absl::Duration deadline;
    absl::Duration answered;
  };
  for (const Case& c : {Case{absl::Seconds(10), absl::Milliseconds(9850)},
                        Case{absl::Seconds(2), absl::Milliseconds(1850)},
                        Case{absl::Seconds(1), absl::Milliseconds(900)},
                        Case{absl::Milliseconds(50), absl::Milliseconds(40)},
                        Case{absl::Milliseconds(5), absl::ZeroDuration()}}) {
    SCOPED_TRACE(absl::FormatDuration(c.deadline));
    for (const Behaviour behaviour : {Behaviour::kHanging, Behaviour::kDeaf}) {
      const Plan plan = PlanOf({Supply("a"), Technology("b")});
      World world;
      world.agencies[Agency::kEducation] = behaviour;
      world.agencies[Agency::kScience] = behaviour;
      const absl::Time start = world.timers.Now();
      world.Run(plan, c.deadline);
      world.timers.Advance(absl::Seconds(30));
      ASSERT_EQ(world.outcome->completions, 1);
      EXPECT_EQ(world.outcome->time - start, c.answered);
      EXPECT_EQ(world.ReasonOf("a"), "AGENCY_LATE");
    }
  }
}

TEST(Executor, PassesCallerLanguageTraceAndDeadlineOn) {
  const Plan plan = PlanOf({Supply("a"), Supply("b", &PassAnother).After({"a"})});
  World world;
  const absl::Time start = world.timers.Now();
  world.Run(plan);
  world.timers.Advance(absl::Seconds(1));
  ASSERT_EQ(world.agencies.calls.size(), 2);
  for (const auto& call : world.agencies.calls) {
    EXPECT_EQ(call->options.caller, "council/cce");
    EXPECT_EQ(call->options.locale, Locale::kEnglish);
    EXPECT_EQ(call->options.trace, "0af7651916cd43dd8448eb211c80319c");
  }
  // Others need "a", so it gets half of the budget; "b" gets all that is left.
  EXPECT_EQ(world.agencies.calls[0]->options.deadline - start, absl::Milliseconds(925));
  EXPECT_EQ(world.agencies.calls[1]->options.deadline - start, absl::Milliseconds(1850));
}

TEST(Executor, CancelsWhatIsOutWhenTheCallerLeaves) {
  const Plan plan = PlanOf({Supply("a"), Technology("b"), Supply("c", &PassAnother).After({"a"})});
  World world;
  world.agencies[Agency::kScience] = Behaviour::kHanging;
  const Cancel cancel = world.Run(plan);
  world.timers.Advance(absl::Milliseconds(5));
  cancel();
  cancel();
  EXPECT_EQ(world.outcome->completions, 1);
  EXPECT_EQ(Reason(world.outcome->results.status()), "VIEW_CANCELLED");
  world.timers.Advance(absl::Seconds(5));
  EXPECT_EQ(world.outcome->completions, 1);
  ASSERT_EQ(world.agencies.calls.size(), 2) << "c must not start";
  for (const auto& call : world.agencies.calls) EXPECT_TRUE(call->cancelled && call->done);
}

TEST(Executor, CancelsWhatIsLate) {
  const Plan plan = PlanOf({Supply("a"), Technology("b")});
  World world;
  world.agencies[Agency::kScience] = Behaviour::kDeaf;
  world.Run(plan);
  world.timers.Advance(absl::Seconds(2));
  ASSERT_TRUE(world.outcome->results.ok());
  EXPECT_FALSE(world.agencies.calls[0]->cancelled);
  EXPECT_TRUE(world.agencies.calls[1]->cancelled);
  EXPECT_EQ(absl::Milliseconds(1850),
            absl::Seconds(world.Section("b").provenance.latency().seconds()) +
                absl::Nanoseconds(world.Section("b").provenance.latency().nanos()));
}

TEST(Executor, IsNotHarmedByLateAnswers) {
  World world;
  {
    const Plan plan = PlanOf({Supply("a"), Technology("b")});
    world.agencies[Agency::kScience] = Behaviour::kDeaf;
    world.Run(plan);
    world.timers.Advance(absl::Seconds(2));
    ASSERT_EQ(world.outcome->completions, 1);
    const std::string before = world.Section("b").provenance.DebugString();
    world.executor.reset();
    world.timers.Advance(absl::Seconds(30));  // the deaf agency's call ends only now
    EXPECT_TRUE(world.agencies.calls[1]->done);
    EXPECT_EQ(world.Section("b").provenance.DebugString(), before);
  }
  EXPECT_EQ(world.outcome->completions, 1);
}

TEST(Executor, EndsTheViewOnWhatTheCallerNamed) {
  const Plan plan =
      PlanOf({Supply("a").EndsViewOn({absl::StatusCode::kNotFound}), Technology("b")});
  World world;
  world.agencies.FailWith(Agency::kEducation, Error(kNotThere));
  world.agencies[Agency::kScience] = Behaviour::kHanging;
  world.Run(plan);
  world.timers.Advance(absl::Milliseconds(10));
  EXPECT_EQ(world.outcome->completions, 1);
  EXPECT_EQ(world.outcome->results.status(), Error(kNotThere));
  EXPECT_TRUE(world.agencies.calls[1]->cancelled);
}

TEST(Executor, TakesOnlyTheAgencysOwnWordForWhatTheCallerNamed) {
  const Plan plan = PlanOf({Supply("a").EndsViewOn({absl::StatusCode::kNotFound}), Supply("b")});
  World world;
  world.agencies.FailWith(Agency::kEducation, absl::NotFoundError("a proxy's"));
  world.Run(plan);
  world.timers.Advance(absl::Seconds(2));
  ASSERT_TRUE(world.outcome->results.ok());
  EXPECT_EQ(world.ReasonOf("a"), "AGENCY_FAILED");
}

TEST(Executor, KeepsAnUndeclaredErrorInItsSection) {
  const Plan plan = PlanOf({Supply("a"), Technology("b")});
  World world;
  world.agencies.FailWith(Agency::kEducation, Error(kNotThere));
  world.Run(plan);
  world.timers.Advance(absl::Seconds(2));
  ASSERT_TRUE(world.outcome->results.ok());
  EXPECT_EQ(world.ReasonOf("a"), "THING_NOT_FOUND");
  EXPECT_EQ(world.Section("a").provenance.failure().domain(), "test.puente");
  EXPECT_EQ(world.Section("b").provenance.state(), SECTION_STATE_FRESH);
}

TEST(Executor, SaysWhyANeededSectionIsMissing) {
  const Plan plan = PlanOf({Supply("a"), Technology("b").After({"a"}), Supply("c").After({"b"})});
  World world;
  world.agencies[Agency::kEducation] = Behaviour::kAbsent;
  world.Run(plan);
  world.timers.Advance(absl::Seconds(1));
  ASSERT_TRUE(world.outcome->results.ok());
  const auto& failure = world.Section("c").provenance.failure();
  EXPECT_EQ(failure.reason(), "NEEDS_SECTION");
  EXPECT_EQ(failure.domain(), "gateway.puente");
  EXPECT_EQ(failure.needs(), "b");
  EXPECT_EQ(failure.message(),
            "The section b is needed, and is missing: The section a is needed, and is missing: "
            "There is no "
            "connection to education; ask again later.");
  EXPECT_FALSE(world.Section("c").provenance.has_latency()) << "it was never asked";
}

TEST(Executor, TreatsASectionNotWantedAsThere) {
  const Plan plan = PlanOf(
      {Supply("a").When(+[](const Inputs&) { return false; }), Technology("b").After({"a"})});
  World world;
  world.Run(plan);
  world.timers.Advance(absl::Seconds(1));
  ASSERT_TRUE(world.outcome->results.ok());
  EXPECT_FALSE(world.Section("a").asked);
  EXPECT_EQ(world.Section("b").provenance.state(), SECTION_STATE_FRESH);
  EXPECT_EQ(world.agencies.calls.size(), 1);
}

TEST(Executor, DeniesWithoutTellingWhatExists) {
  const Plan plan = PlanOf({Supply("a"), Technology("b").After({"a"})});
  World world;
  static constexpr ErrorSpec kTellTale{"COMPANY_EXISTS", absl::StatusCode::kPermissionDenied,
                                       "t.puente", "acme", "acme"};
  world.agencies.FailWith(Agency::kEducation, Error(kTellTale));
  world.Run(plan);
  world.timers.Advance(absl::Seconds(1));
  ASSERT_TRUE(world.outcome->results.ok());
  EXPECT_EQ(world.Section("a").provenance.state(), SECTION_STATE_DENIED);
  EXPECT_EQ(world.ReasonOf("a"), "AGENCY_REFUSED");
  EXPECT_EQ(world.Section("a").provenance.failure().message(),
            "education does not let council/cce ask this; the contract says who may.");
  EXPECT_EQ(world.Section("b").provenance.state(), SECTION_STATE_MISSING);
}

TEST(Executor, HasAtMostSoManyCallsOutToAnAgency) {
  const Plan plan = PlanOf({Supply("a"), Technology("b")});
  World world({.most_calls_per_agency = 1, .stale_after = absl::Hours(1)});
  world.agencies[Agency::kScience] = Behaviour::kDeaf;
  world.Run(plan);
  world.timers.Advance(absl::Seconds(2));
  EXPECT_EQ(world.ReasonOf("b"), "AGENCY_LATE");
  world.Run(plan);
  world.timers.Advance(absl::Seconds(1));
  EXPECT_EQ(world.outcome->completions, 2);
  EXPECT_EQ(world.Section("a").provenance.state(), SECTION_STATE_FRESH);
  EXPECT_EQ(world.ReasonOf("b"), "AGENCY_BUSY") << "the cancelled call has not ended yet";
  world.timers.Advance(absl::Seconds(10));
  world.agencies[Agency::kScience] = Behaviour::kWell;
  world.Run(plan);
  world.timers.Advance(absl::Seconds(1));
  EXPECT_EQ(world.Section("b").provenance.state(), SECTION_STATE_FRESH);
}

// Answers from other threads while the caller leaves and alarms ring.
class ThreadedAgencies final : public Transport {
 public:
  // A call that ends may start another one.
  ~ThreadedAgencies() override {
    while (std::thread* thread = Next()) thread->join();
  }
  Cancel Start(const Section&, const google::protobuf::Message&, google::protobuf::Message* answer,
               const CallOptions&, std::function<void(absl::Status)> done) override {
    absl::MutexLock lock(&mutex_);
    threads_.push_back(
        std::make_unique<std::thread>([answer, done = std::move(done), wait = threads_.size() % 4] {
          for (size_t i = 0; i < wait * 200; ++i) std::this_thread::yield();
          answer->Clear();
          done(absl::OkStatus());
        }));
    return [] {};
  }

 private:
  std::thread* Next() {
    absl::MutexLock lock(&mutex_);
    return joined_ < threads_.size() ? threads_[joined_++].get() : nullptr;
  }

  absl::Mutex mutex_;
  std::vector<std::unique_ptr<std::thread>> threads_ ABSL_GUARDED_BY(mutex_);
  size_t joined_ ABSL_GUARDED_BY(mutex_) = 0;
};

TEST(Executor, CompletesOnceWhateverThreadsDo) {
  const Plan plan = PlanOf({Supply("a"), Technology("b"), Supply("c", &PassAnother).After({"a"})});
  for (int i = 0; i < 60; ++i) {
    std::atomic<int> completions = 0;
    absl::Notification completed;
    {
      ThreadedAgencies agencies;
      Executor executor(Borrow(agencies), Timers::System(), {});
      Call call;
      call.start = absl::Now();
      // Some run to their end, some are cancelled, some are late.
      call.deadline = call.start + (i % 3 == 0 ? absl::Milliseconds(10) : absl::Seconds(20));
      const Cancel cancel =
          executor.Run(plan, GetSupplySummaryRequest(), call, [&](absl::StatusOr<Results>) {
            if (++completions == 1) completed.Notify();
          });
      if (i % 3 == 1) cancel();
      ASSERT_TRUE(completed.WaitForNotificationWithTimeout(absl::Seconds(20)));
    }
    EXPECT_EQ(completions, 1);
  }
}

// Calls whose outcomes come when the test says so.
class HeldAgencies final : public Transport {
 public:
  Cancel Start(const Section&, const google::protobuf::Message&, google::protobuf::Message*,
               const CallOptions&, std::function<void(absl::Status)> done) override {
    calls.push_back(std::move(done));
    return [] {};
  }
  std::vector<std::function<void(absl::Status)>> calls;
};

TEST(Executor, EndsTheViewWhoeverFindsAllSettled) {
  const Plan plan =
      PlanOf({Supply("a").EndsViewOn({absl::StatusCode::kNotFound}), Technology("b")});
  for (int i = 0; i < 2000; ++i) {
    HeldAgencies agencies;
    Executor executor(Borrow(agencies), Timers::System(), {});
    Call call;
    call.start = absl::Now();
    call.deadline = call.start + absl::Seconds(60);
    absl::Status outcome;
    executor.Run(plan, GetSupplySummaryRequest(), call,
                 [&](absl::StatusOr<Results> results) { outcome = results.status(); });
    ASSERT_EQ(agencies.calls.size(), 2);
    std::atomic<int> ready = 0;
    const auto finish = [&](size_t at, const absl::Status& status) {
      for (++ready; ready < 2;) {
      }
      agencies.calls[at](status);
    };
    std::thread failing(finish, 0, Error(kNotThere));
    finish(1, absl::OkStatus());
    failing.join();
    ASSERT_EQ(outcome, Error(kNotThere)) << i;
  }
}

}  // namespace
}  // namespace puente::compose
