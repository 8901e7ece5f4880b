// What an agency's module, or the gateway, offers to whoever hosts it.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/calls/host.h"
#include "common/hosting/config.pb.h"
#include "common/sql/migrate.h"
#include "puente/api/v1/server.pb.h"

namespace puente::hosting {

// Services with what they need, built without opening a port. Destroyed after the last call.
class Module {
 public:
  virtual ~Module() = default;
  // Begins background work, such as the sequencer; before the first call.
  virtual absl::Status Start() { return absl::OkStatus(); }
  // Ends it; after the last call.
  virtual void Stop() {}
  // Destroys again the persons of whom it knows that they were destroyed, after their keys were
  // restored from a copy; in place of the start.
  virtual absl::Status ReplayErasures() { return absl::OkStatus(); }
  // Fills in of the module what the caller may know; `session` is null without a database. On a
  // worker.
  virtual absl::Status Describe(const Call& call, sql::Session* session, api::v1::Server& server) {
    return absl::OkStatus();
  }
  // What it says of its resources, as a JSON list; before the start.
  virtual std::string Resources() const { return "[]"; }
  // OK, or why the module can't answer for now. The database is asked by the host itself.
  virtual absl::Status Ready() { return absl::OkStatus(); }
};

// What a module is built from.
struct Surroundings {
  const config::Server& config;
  // To be given the services by host.Serve(), and the sequencer. Of a module that keeps persons it
  // has their keys (persons()), to be started by the module.
  calls::Host& host;
  // The workers' database; unset without one.
  std::optional<sql::Target> database;
  // A channel to an agency's server, pinned to its identity, or in process. NOT_FOUND if the
  // configuration names no such peer.
  std::function<absl::StatusOr<std::shared_ptr<grpc::Channel>>(absl::string_view agency)> channel;
};

// A module as main.cc names it.
struct ModuleKind {
  std::string agency;
  // Empty without a database.
  std::vector<sql::Migration> migrations;
  std::function<absl::StatusOr<std::unique_ptr<Module>>(const Surroundings&)> make;
  // Whose servers it calls: each a peer, unless they are in its process.
  std::vector<std::string> peers = {};
  // Whether it is given a store of persons' keys (docs/decisions/0054), in a schema of its own.
  bool keeps_persons = false;
};

}  // namespace puente::hosting
