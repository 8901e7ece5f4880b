#include "console/site/reach.h"

#include "absl/synchronization/mutex.h"
#include "common/status/grpc_status.h"
#include "puente/api/v1/server.grpc.pb.h"

namespace puente::console {
namespace {

constexpr absl::Duration kLimit = absl::Seconds(1);

// The calls in flight; gone with the last.
class Asking {
 public:
  Asking(size_t servers, std::function<void(Reach)> done)
      : done_(std::move(done)), waiting_(servers), asked_(servers) {
    reach_.servers.resize(servers);
  }

  static void Start(const std::shared_ptr<Asking>& asking, size_t i, const std::string& server,
                    Channels& channels, const Said& said) {
    One& one = asking->asked_[i];
    asking->reach_.servers[i].server = server;
    auto channel = channels.To(server);
    if (!channel.ok()) return asking->Ended(i, grpc::Status(grpc::StatusCode::UNAVAILABLE, ""));
    said.AddTo(one.context);
    one.context.set_deadline(absl::ToChronoTime(absl::Now() + kLimit));
    one.stub = api::v1::ServerService::NewStub(*channel);
    one.stub->async()->WhoAmI(&one.context, &one.request, &one.response,
                              [asking, i](grpc::Status status) { asking->Ended(i, status); });
  }

 private:
  struct One {
    grpc::ClientContext context;
    std::unique_ptr<api::v1::ServerService::Stub> stub;
    api::v1::WhoAmIRequest request;
    api::v1::WhoAmIResponse response;
  };

  void Ended(size_t i, const grpc::Status& status) {
    {
      absl::MutexLock lock(&mutex_);
      const bool answered = status.ok() || !status.error_details().empty();
      reach_.servers[i].reachable = answered;
      if (status.ok() && reach_.who.path().empty()) reach_.who = asked_[i].response;
      if (!status.ok() && answered && reach_.refusal.ok()) reach_.refusal = FromGrpc(status);
      if (--waiting_ > 0) return;
    }
    done_(std::move(reach_));
  }

  const std::function<void(Reach)> done_;
  absl::Mutex mutex_;
  Reach reach_;
  size_t waiting_ ABSL_GUARDED_BY(mutex_);
  std::vector<One> asked_;
};

}  // namespace

void AskWho(Channels& channels, const Said& said, std::function<void(Reach)> done) {
  const std::vector<std::string>& servers = Servers();
  const auto asking = std::make_shared<Asking>(servers.size(), std::move(done));
  for (size_t i = 0; i < servers.size(); ++i) {
    Asking::Start(asking, i, servers[i], channels, said);
  }
}

}  // namespace puente::console
