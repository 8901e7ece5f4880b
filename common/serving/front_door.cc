#include "common/serving/front_door.h"

#include <fcntl.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "absl/time/clock.h"
#include "common/serving/errors.h"
#include "common/status/macros.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace puente::serving {
namespace {

constexpr size_t kMostConnections = 4096;
// While there is no room, how often it is looked for: that is a system call for each connection.
constexpr absl::Duration kCountAgain = absl::Milliseconds(100);
constexpr unsigned kUnacknowledgedMilliseconds = 20'000;
constexpr absl::Duration kPatience = absl::Seconds(1);

size_t MostConnections() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return kMostConnections;
  return std::min<rlim_t>(kMostConnections, limit.rlim_cur / 2);
}

// 0 if the number stands for nothing.
ino_t InodeOf(int file) {
  struct stat status = {};
  return fstat(file, &status) == 0 ? status.st_ino : 0;
}

// Bytes sent that the other end has not acknowledged.
int Unacknowledged(int client) {
  int bytes = 0;
  return ioctl(client, SIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

// As gRPC sets those that it accepts itself.
void SetOptions(int client) {
  const int on = 1;
  fcntl(client, F_SETFL, fcntl(client, F_GETFL) | O_NONBLOCK);
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(client, IPPROTO_TCP, TCP_USER_TIMEOUT, &kUnacknowledgedMilliseconds,
             sizeof kUnacknowledgedMilliseconds);
}

}  // namespace

absl::StatusOr<std::unique_ptr<FrontDoor>> FrontDoor::Open(const std::string& address) {
  ASSIGN_OR_RETURN(auto listener, Listener::Open(address));
  return std::unique_ptr<FrontDoor>(new FrontDoor(std::move(listener)));
}

FrontDoor::FrontDoor(std::unique_ptr<Listener> listener)
    : most_(MostConnections()), listener_(std::move(listener)) {}

void FrontDoor::AddTo(grpc::ServerBuilder& builder,
                      std::shared_ptr<grpc::ServerCredentials> credentials) {
  using Type = grpc::ServerBuilder::experimental_type::ExternalConnectionType;
  acceptor_ =
      builder.experimental().AddExternalConnectionAcceptor(Type::FROM_FD, std::move(credentials));
}

void FrontDoor::Start() {
  listener_->Start([this](int client) { Take(client); });
}

// Who finds no room is refused at once, since an answer is worth more than a place in a queue.
void FrontDoor::Take(int client) {
  if (!HasRoom()) {
    close(client);
    return;
  }
  SetOptions(client);
  given_[client] = InodeOf(client);
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
  connection.fd = client;
  acceptor_->HandleNewConnection(&connection);
}

// What is under way when a connection is closed may be lost: a request that nobody reads any more
// makes the kernel reset it.
void FrontDoor::HangUp(absl::Duration limit) {
  std::vector<std::unique_ptr<const Descriptor>> open;
  for (const auto& [file, inode] : given_) {
    // Stays the same, whatever becomes of the number meanwhile.
    auto same = std::make_unique<const Descriptor>(fcntl(file, F_DUPFD_CLOEXEC, 0));
    if (InodeOf(same->get()) != inode) continue;
    shutdown(same->get(), SHUT_WR);
    open.push_back(std::move(same));
  }
  const absl::Time give_up = absl::Now() + limit;
  const auto has_all = [](const auto& connection) {
    return Unacknowledged(connection->get()) == 0;
  };
  while (!std::all_of(open.begin(), open.end(), has_all) && absl::Now() < give_up) {
    absl::SleepFor(absl::Milliseconds(1));
  }
}

bool FrontDoor::HasRoom() {
  if (given_.size() < most_) return true;
  const absl::Time now = absl::Now();
  if (now - counted_ < kCountAgain) return false;
  counted_ = now;
  for (auto one = given_.begin(); one != given_.end();) {
    const auto next = std::next(one);
    if (InodeOf(one->first) != one->second) given_.erase(one);
    one = next;
  }
  return given_.size() < most_;
}

std::function<absl::Status()> AskHealth(const std::string& address, const identity::TlsFiles& files,
                                        const std::string& trust_domain,
                                        const std::string& server) {
  using grpc::health::v1::Health;
  using grpc::health::v1::HealthCheckResponse;
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // no connection of an earlier question
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  const auto credentials = identity::ClientTls(files, trust_domain, server);
  return [address, credentials, arguments]() -> absl::Status {
    const auto stub = Health::NewStub(grpc::CreateCustomChannel(address, credentials, arguments));
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    HealthCheckResponse response;
    const grpc::Status answered = stub->Check(&context, {}, &response);
    if (answered.ok() && response.status() == HealthCheckResponse::SERVING) {
      return absl::OkStatus();
    }
    return NotAnswering(
        address, answered.ok() ? "it says that it is not serving" : answered.error_message());
  };
}

}  // namespace puente::serving
