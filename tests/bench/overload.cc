// Writes when three times as many are asked for as the module can do: how many it still does beside
// what it does alone, and what it does right afterwards. Callers who are refused cost it something,
// and so do, on the same two cores, the callers themselves.
#include <atomic>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "modules/labor/module.h"
#include "puente/labor/v1/skill.grpc.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"
#include "tests/bench/skills.h"

namespace puente::bench {
namespace {

using labor::v1::CreateSkillRequest;
using labor::v1::Skill;
using labor::v1::SkillService;

constexpr int kConnections = 16;
constexpr int kMostOut = 4000;
constexpr double kTimes = 3;
constexpr absl::Duration kPatience = absl::Seconds(2);  // of a caller

// Callers who keep to a rate, whatever becomes of their calls.
class Callers {
 public:
  explicit Callers(const std::string& address) {
    for (int i = 0; i < kConnections; ++i) {
      stubs_.push_back(
          SkillService::NewStub(Site::Shared().Channel(address, "labor", "agency/labor")));
    }
  }

  // How many calls a second were answered with OK.
  double Ask(double per_second, double seconds) {
    written_ = 0;
    const absl::Time start = absl::Now();
    const auto count = static_cast<int64_t>(per_second * seconds);
    for (int64_t i = 0; i < count; ++i) {
      absl::SleepFor(start + absl::Seconds(static_cast<double>(i) / per_second) - absl::Now());
      absl::MutexLock lock(&mutex_);
      if (out_ == kMostOut) continue;  // who would ask now has given up
      ++out_;
      Call(*stubs_[i % kConnections]);
    }
    const double took = absl::ToDoubleSeconds(absl::Now() - start);
    const double rate = static_cast<double>(written_) / took;
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](int* out) { return *out == 0; }, &out_));
    return rate;
  }

 private:
  struct One {
    grpc::ClientContext context;
    CreateSkillRequest request;
    Skill answer;
  };

  void Call(SkillService::Stub& stub) {
    auto* one = new One();
    one->request = NewSkill();
    one->context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    stub.async()->CreateSkill(&one->context, &one->request, &one->answer,
                              [this, one](const grpc::Status& status) {
                                if (status.ok()) ++written_;
                                delete one;
                                absl::MutexLock lock(&mutex_);
                                --out_;
                              });
  }

  std::vector<std::unique_ptr<SkillService::Stub>> stubs_;
  std::atomic<int64_t> written_ = 0;
  absl::Mutex mutex_;
  int out_ = 0;
};

}  // namespace

void MeasureOverload(const Options& options) {
  Site& site = Site::Shared();
  const auto module = site.Start(site.Config("labor", site.Schema(labor::Labor().migrations)));
  const auto stub =
      SkillService::NewStub(site.Channel(module->address("labor"), "labor", "agency/labor"));
  Flood<CreateSkillRequest, Skill> alone(
      64,
      [&](int, auto* context, const auto* request, auto* response, auto done) {
        stub->async()->CreateSkill(context, request, response, std::move(done));
      },
      [](int64_t, CreateSkillRequest& request) { request = NewSkill(); });
  Callers callers(module->address("labor"));
  const double seconds = options.round_seconds();
  std::vector<Pair> during, after;
  for (int i = 0; i < options.pairs(); ++i) {
    const double most = alone.Rate(seconds);
    during.push_back({callers.Ask(kTimes * most, seconds), most});
    after.push_back({alone.Rate(seconds), most});
  }
  Print(options, {"overload.writes", "1/s", AtLeast(0.4)}, during);
  Print(options, {"overload.after", "1/s", AtLeast(0.9)}, after);
}

}  // namespace puente::bench
