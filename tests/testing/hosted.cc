#include "tests/testing/hosted.h"

#include <cstdio>
#include <cstdlib>

#include "tests/testing/person_keys.h"
#include "tests/testing/registry.h"

namespace puente::testing {
namespace {

void OrDie(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "hosting a module: %s\n", status.ToString().c_str());
  std::abort();
}

calls::Host::Options Options(const hosting::ModuleKind& kind, const sql::Target& database,
                             std::string caller, const config::Server& config) {
  calls::Host::Options options;
  options.agency = kind.agency;
  options.pool.database = database;
  options.in_process_caller = std::move(caller);
  options.principals = &Everybody;
  options.figures_memory = static_cast<size_t>(config.figures_memory());
  return options;
}

config::Server WithoutPauses(config::Server config) {
  config.mutable_demand_release_pause()->set_nanos(10'000'000);
  return config;
}

}  // namespace

HostedModule::HostedModule(const hosting::ModuleKind& kind, const sql::Target& database,
                           std::string caller, config::Server config)
    : config_(WithoutPauses(std::move(config))),
      persons_(kind.keeps_persons ? PersonKeys::Of(database).Store() : nullptr),
      host_(Options(kind, database, std::move(caller), config_)) {
  host_.set_persons(persons_.get());
  auto module = kind.make(hosting::Surroundings{config_, host_, database, {}});
  OrDie(module.status());
  module_ = *std::move(module);
  OrDie(module_->Start());
  auto server = serving::Server::StartInProcess(host_);
  OrDie(server.status());
  server_ = *std::move(server);
}

HostedModule::~HostedModule() {
  server_.reset();
  host_.pool().Stop();
  module_->Stop();
}

}  // namespace puente::testing
