#include "gateway/compose/timers.h"

#include <grpcpp/alarm.h>

#include <memory>

namespace puente::compose {
namespace {

class SystemTimers final : public Timers {
 public:
  absl::Time Now() const override { return absl::Now(); }

  Cancel At(absl::Time time, std::function<void()> ring) override {
    auto alarm = std::make_shared<grpc::Alarm>();
    alarm->Set(absl::ToChronoTime(time), [ring = std::move(ring)](bool rang) {
      if (rang) ring();
    });
    return [alarm] { alarm->Cancel(); };
  }
};

}  // namespace

Timers& Timers::System() {
  static auto* const timers = new SystemTimers;
  return *timers;
}

}  // namespace puente::compose
