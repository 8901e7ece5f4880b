// One module with everything around it: workers, servers, admin listener.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "common/context/watch.h"
#include "common/hosting/module.h"
#include "common/hosting/server_service.h"
#include "common/identity/registry.h"
#include "common/identity/server_tls.h"
#include "common/personal/key_store.h"
#include "common/serving/admin.h"
#include "common/serving/probe.h"
#include "common/serving/server.h"

namespace puente::hosting {

using FindChannel =
    std::function<absl::StatusOr<std::shared_ptr<grpc::Channel>>(absl::string_view agency)>;

class Hosted {
 public:
  // Checks configuration, files, identity and schema, and makes the module. Waits a while for a
  // database that is just starting. `channels` replaces the configured peers.
  static absl::StatusOr<std::unique_ptr<Hosted>> Make(const ModuleKind& kind,
                                                      const config::Server& config,
                                                      api::v1::Hosting hosting,
                                                      FindChannel channels = nullptr);
  ~Hosted();  // as Stop()

  // Opens the ports, with a channel in process if the hosting is embedded. `outgrown` is told, once
  // and on another thread, when somebody has changed the schema so that this binary can't serve it:
  // then it is not ready and says so, and has to be stopped.
  absl::Status Start(std::function<void()> outgrown = nullptr);
  void Stop();

  // In place of Start().
  absl::Status ReplayErasures() { return module_->ReplayErasures(); }

  // Only embedded, after Start().
  std::shared_ptr<grpc::Channel> InProcessChannel() { return in_process_->InProcessChannel(); }
  const std::string& agency() const { return config_.agency(); }
  std::string address() const { return server_->address(); }
  const std::string& admin_address() const { return admin_->address(); }

 private:
  Hosted(const ModuleKind& kind, const config::Server& config, api::v1::Hosting hosting,
         std::optional<sql::Target> target, std::unique_ptr<identity::ServerTlsFiles> tls,
         std::unique_ptr<identity::Registry> registry);
  absl::Status OpenPersons();
  absl::Status ReadKeys();
  void OnKeys(const absl::Status& read);
  std::vector<prometheus::MetricFamily> KeyMetrics() const;
  absl::StatusOr<std::shared_ptr<grpc::Channel>> PeerChannel(absl::string_view agency) const;
  void StartProbes(std::function<void()> outgrown);
  void OnOutgrown(const absl::Status& why);
  absl::Status Ready();
  void OnCertificate(const absl::Status& read);
  std::vector<prometheus::MetricFamily> CertificateMetrics() const;
  void OnRegistry(const absl::Status& read);
  std::vector<prometheus::MetricFamily> RegistryMetrics() const;

  const config::Server config_;
  const std::vector<sql::Migration> migrations_;
  const std::unique_ptr<identity::ServerTlsFiles> tls_;  // before all that is made with it
  std::atomic<int64_t> certificate_refusals_ = 0;
  Described described_;
  const std::unique_ptr<identity::Registry> registry_;
  std::atomic<int64_t> registry_refusals_ = 0;
  std::unique_ptr<personal::KeyStore> persons_;  // null if it keeps none
  std::unique_ptr<Watch> keys_;                  // likewise; of their files
  std::atomic<int64_t> key_refusals_ = 0;
  calls::Host host_;
  std::unique_ptr<Module> module_;
  std::unique_ptr<serving::Server> server_;
  std::unique_ptr<serving::Server> in_process_;
  std::unique_ptr<serving::Probe> database_;  // null without a database; it tells the servers
  std::unique_ptr<serving::Probe> door_;
  std::unique_ptr<serving::Admin> admin_;  // last: it asks for all of them
  bool started_ = false;
};

}  // namespace puente::hosting
