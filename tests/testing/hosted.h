// A module on its services' real path, without a port: host, workers, database, sequencer.
#pragma once

#include <memory>
#include <string>

#include "common/hosting/module.h"
#include "common/personal/key_store.h"
#include "common/serving/server.h"
#include "common/status/grpc_status.h"

namespace puente::testing {

class HostedModule {
 public:
  // Hosts `kind` on `database` (migrated already). Every call comes from `caller`, a path such as
  // "supplier/portal". Aborts the test program if it can't. Several on one database may stand for
  // several callers: so it remembers no figures, which would be a moment behind what another has
  // written, unless `config` says how many bytes. Persons have the keys of the database
  // (PersonKeys::Of).
  HostedModule(const hosting::ModuleKind& kind, const sql::Target& database, std::string caller,
               config::Server config = {});
  ~HostedModule();

  std::shared_ptr<grpc::Channel> channel() { return server_->InProcessChannel(); }
  std::string metrics() { return host_.metrics().Text(); }

 private:
  const config::Server config_;
  const std::unique_ptr<personal::KeyStore> persons_;  // null if the module keeps none
  calls::Host host_;
  std::unique_ptr<hosting::Module> module_;
  std::unique_ptr<serving::Server> server_;
};

// A step of an act over two owners, as the gateway takes it on behalf of `original`: of a stub on a
// module whose caller is "gateway".
template <class Stub, class Request, class Response>
absl::StatusOr<Response> CalledFor(const std::string& original, Stub& stub,
                                   grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                const Request&, Response*),
                                   const Request& request) {
  grpc::ClientContext context;
  context.AddMetadata("puente-original-caller", original);
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return FromGrpc(status);
  return response;
}

// Calls a stub's method and gives the answer or its error:
//   Called(stub, &Stub::GetVacancy, request)
template <class Stub, class Request, class Response>
absl::StatusOr<Response> Called(Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request, std::string* freshness = nullptr,
                                const std::string& purpose = "", const std::string& actor = "") {
  grpc::ClientContext context;
  if (!purpose.empty()) context.AddMetadata("puente-purpose", purpose);
  if (!actor.empty()) context.AddMetadata("puente-actor", actor);
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return FromGrpc(status);
  if (freshness != nullptr) {
    const auto found = context.GetServerInitialMetadata().find(kFreshnessKey);
    if (found != context.GetServerInitialMetadata().end()) {
      freshness->assign(found->second.data(), found->second.size());
    }
  }
  return response;
}

}  // namespace puente::testing
