#include "common/serving/health.h"

namespace puente::serving {

using grpc::CallbackServerContext;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

namespace {

// Watchers are cheap but not free.
constexpr size_t kMostWatchers = 1000;

}  // namespace

// Writes the state whenever it is another than the last one written. All its decisions are made
// under the service's lock, so that a change between a write's end and going idle is not lost.
class HealthService::Watcher final : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  Watcher(HealthService& health, std::string service)
      : health_(health), service_(std::move(service)) {
    absl::MutexLock lock(&health_.mutex_);
    if (health_.shut_down_ || health_.watchers_.size() >= kMostWatchers) {
      End({grpc::StatusCode::UNAVAILABLE, "shutting down, or too many watchers"});
      return;
    }
    health_.watchers_.insert(this);
    Update();
  }

  // Under the lock.
  void Update() {
    const Status now = health_.StatusOf(service_);
    if (ended_ || writing_ || (written_ && last_.status() == now)) return;
    last_.set_status(now);
    writing_ = true;
    written_ = true;
    StartWrite(&last_);
  }
  void End(grpc::Status status) {
    if (ended_) return;
    ended_ = true;
    Finish(std::move(status));
  }

 private:
  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&health_.mutex_);
    writing_ = false;
    if (!ok) return End(grpc::Status::CANCELLED);
    Update();
  }
  void OnCancel() override {
    absl::MutexLock lock(&health_.mutex_);
    End(grpc::Status::CANCELLED);
  }
  void OnDone() override {
    {
      absl::MutexLock lock(&health_.mutex_);
      health_.watchers_.erase(this);
    }
    delete this;
  }

  HealthService& health_;
  const std::string service_;
  HealthCheckResponse last_;
  bool written_ = false;
  bool writing_ = false;
  bool ended_ = false;
};

HealthService::HealthService(std::vector<std::string> services)
    : services_([&] {
        std::set<std::string> all(services.begin(), services.end());
        all.insert("");
        return all;
      }()) {}

HealthService::Status HealthService::StatusOf(const std::string& service) const {
  if (services_.count(service) == 0) return HealthCheckResponse::SERVICE_UNKNOWN;
  return serving_ ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

void HealthService::SetServing(bool serving) {
  absl::MutexLock lock(&mutex_);
  serving_ = serving && !shut_down_;
  for (Watcher* watcher : watchers_) watcher->Update();
}

void HealthService::Shutdown(absl::Duration limit) {
  absl::MutexLock lock(&mutex_);
  serving_ = false;
  shut_down_ = true;
  for (Watcher* watcher : watchers_) {
    watcher->End({grpc::StatusCode::UNAVAILABLE, "the server is shutting down"});
  }
  const auto none = [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return watchers_.empty(); };
  mutex_.AwaitWithTimeout(absl::Condition(&none), limit);
}

grpc::ServerUnaryReactor* HealthService::Check(CallbackServerContext* context,
                                               const HealthCheckRequest* request,
                                               HealthCheckResponse* response) {
  auto* reactor = context->DefaultReactor();
  absl::MutexLock lock(&mutex_);
  const Status status = StatusOf(request->service());
  response->set_status(status);
  reactor->Finish(status == HealthCheckResponse::SERVICE_UNKNOWN
                      ? grpc::Status(grpc::StatusCode::NOT_FOUND, "no such service")
                      : grpc::Status::OK);
  return reactor;
}

grpc::ServerWriteReactor<HealthCheckResponse>* HealthService::Watch(
    CallbackServerContext* /*context*/, const HealthCheckRequest* request) {
  return new Watcher(*this, request->service());
}

}  // namespace puente::serving
