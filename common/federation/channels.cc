#include "common/federation/channels.h"

#include "absl/strings/str_cat.h"
#include "common/identity/handshakes.h"
#include "common/status/macros.h"

namespace puente {
namespace {

// As the integrator's guide has it.
constexpr int kMostMessageBytes = 4 << 20;

struct Refusal {
  absl::Mutex mutex;
  std::string cause ABSL_GUARDED_BY(mutex);
};

// Never deleted: gRPC's threads may outlive main().
Refusal& TheRefusal() {
  static auto* refusal = new Refusal;
  return *refusal;
}

void Observe() {
  static const bool once = [] {
    identity::ObserveHandshakes(
        [](absl::string_view cause) {
          Refusal& refusal = TheRefusal();
          absl::MutexLock lock(&refusal.mutex);
          refusal.cause = std::string(cause);
        },
        [](absl::string_view) {});  // what matters comes back in the call's status
    return true;
  }();
  (void)once;
}

// The path that the certificate of a server must hold.
std::string SpiffePath(const std::string& server) {
  return server == "gateway" ? server : absl::StrCat("agency/", server);
}

}  // namespace

Channels::Channels(const Federation& federation, const std::string& caller)
    : federation_(federation), caller_(caller), files_(federation.callers.at(caller)) {
  Observe();
}

absl::StatusOr<std::string> Channels::AddressOf(const std::string& server) const {
  const auto found = federation_.addresses.find(server);
  if (found != federation_.addresses.end() && !found->second.empty()) return found->second;
  return absl::NotFoundError(
      absl::StrCat(federation_.file, " has no address for the server \"", server, "\""));
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Channels::To(const std::string& server) {
  ASSIGN_OR_RETURN(const std::string address, AddressOf(server));
  absl::MutexLock lock(&mutex_);
  std::shared_ptr<grpc::Channel>& channel = channels_[server];
  if (channel == nullptr) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(kMostMessageBytes);
    channel = grpc::CreateCustomChannel(
        address, identity::ClientTls(files_, kTrustDomain, SpiffePath(server)), arguments);
  }
  return channel;
}

std::string LastHandshakeRefusal() {
  Refusal& refusal = TheRefusal();
  absl::MutexLock lock(&refusal.mutex);
  return refusal.cause;
}

}  // namespace puente
