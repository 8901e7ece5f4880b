#include "tests/bench/unguarded.h"

#include <grpcpp/grpcpp.h>
#include <signal.h>

#include <cstdio>

#include "common/hosting/config.h"
#include "common/resource/resource.h"
#include "common/workers/pool.h"
#include "modules/labor/vacancies/resource.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "tests/bench/process.h"

namespace puente::bench {
namespace {

using labor::v1::GetVacancyRequest;
using labor::v1::Vacancy;
using labor::v1::VacancyService;

constexpr int kWorkers = 8;  // as a module has by default

// One call on a worker, with others that wait.
class Read final : public workers::Pool::Task {
 public:
  Read(grpc::ServerUnaryReactor* reactor, const GetVacancyRequest* request, Vacancy* answer)
      : reactor_(reactor), request_(request), answer_(answer) {}

  const void* batch() const override { return VacancyService::service_full_name(); }
  void Run(sql::Session*) override {}
  void RunBatch(sql::Session* session, absl::Span<Task* const> tasks) override {
    std::vector<resource::internal::Asked> asked;
    for (Task* const task : tasks) {
      const auto& read = static_cast<const Read&>(*task);
      asked.push_back({read.request_->name(), "name", *read.answer_});
    }
    resource::internal::GetEach(*session, labor::Vacancies(), absl::MakeSpan(asked));
    for (size_t i = 0; i < tasks.size(); ++i) static_cast<Read*>(tasks[i])->End(asked[i].status);
  }
  void Drop(const absl::Status& why) override { End(why); }

 private:
  void End(const absl::Status& status) {
    reactor_->Finish(status.ok() ? grpc::Status::OK
                                 : grpc::Status(grpc::StatusCode::UNAVAILABLE, status.ToString()));
    delete this;
  }

  grpc::ServerUnaryReactor* const reactor_;
  const GetVacancyRequest* const request_;
  Vacancy* const answer_;
};

class Service final : public VacancyService::CallbackService {
 public:
  explicit Service(sql::Target database)
      : pool_({.workers = kWorkers, .database = std::move(database)}) {}

  grpc::ServerUnaryReactor* GetVacancy(grpc::CallbackServerContext* context,
                                       const GetVacancyRequest* request, Vacancy* answer) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    auto* read = new Read(reactor, request, answer);
    const absl::Status taken =
        pool_.Submit(read, workers::Pool::Lane::kNormal, absl::InfiniteFuture());
    if (!taken.ok()) read->Drop(taken);
    return reactor;
  }

 private:
  workers::Pool pool_;
};

}  // namespace

int ServeUnguarded(const char* path) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  config::Server config;
  const absl::Status read = hosting::ReadConfig(path, config);
  if (!read.ok()) Die(read.ToString());
  const auto database = hosting::DatabaseOf(config.database());
  if (!database.ok()) Die("the configuration has no usable database");
  Service service(*database);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(config.listen(),
                           identity::ServerTls(hosting::TlsFilesOf(config), config.trust_domain()),
                           &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) Die("it can't listen");
  std::printf("{\"event\":\"ready\",\"agency\":\"labor\",\"address\":\"127.0.0.1:%d\"}\n", port);
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  server->Shutdown();
  return 0;
}

}  // namespace puente::bench
