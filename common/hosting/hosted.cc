#include "common/hosting/hosted.h"

#include "absl/strings/str_cat.h"
#include "common/hosting/config.h"
#include "common/hosting/server_service.h"
#include "common/identity/spiffe.h"
#include "common/serving/errors.h"
#include "common/serving/front_door.h"
#include "common/sql/error.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"
#include "schema/personal.h"

namespace puente::hosting {
namespace {

constexpr absl::Duration kDatabaseStart = absl::Seconds(10);
constexpr absl::Duration kGrace = absl::Seconds(10);
// How often a server that runs looks whether the schema is still one for it.
constexpr absl::Duration kLookAtSchema = absl::Seconds(5);
constexpr int kDefaultWorkers = 8;

calls::Host::Options HostOptions(const config::Server& config, api::v1::Hosting hosting,
                                 std::optional<sql::Target> target,
                                 const identity::Registry& registry) {
  calls::Host::Options options;
  options.principals = [&registry] { return registry.current(); };
  options.agency = config.agency();
  options.hosting = hosting;
  options.trust_domain = config.trust_domain();
  options.pool.workers = config.workers() == 0 ? kDefaultWorkers : config.workers();
  if (config.reads_together() != 0) {
    options.pool.most_together = static_cast<size_t>(config.reads_together());
  }
  if (config.figures_memory() != 0) {
    options.figures_memory = static_cast<size_t>(config.figures_memory());
  }
  options.pool.database = std::move(target);
  if (hosting == api::v1::HOSTING_EMBEDDED) {
    options.in_process_caller = std::string(identity::kGateway);
  }
  return options;
}

// Of which version a schema is, if that is this server's. Waits for a database that is just
// starting.
absl::StatusOr<int> CheckedSchema(const sql::Target& target,
                                  const std::vector<sql::Migration>& migrations) {
  sql::Connection connection(target);
  const absl::Time give_up = absl::Now() + kDatabaseStart;
  absl::Status checked = sql::CheckSchema(connection, migrations);
  while (sql::IsUnavailable(checked) && !sql::IsNotLetIn(checked) && absl::Now() < give_up) {
    absl::SleepFor(absl::Milliseconds(100));
    checked = sql::CheckSchema(connection, migrations);
  }
  RETURN_IF_ERROR(checked);
  return sql::SchemaVersion(connection);
}

}  // namespace

Hosted::Hosted(const ModuleKind& kind, const config::Server& config, api::v1::Hosting hosting,
               std::optional<sql::Target> target, std::unique_ptr<identity::ServerTlsFiles> tls,
               std::unique_ptr<identity::Registry> registry)
    : config_(config),
      migrations_(kind.migrations),
      tls_(std::move(tls)),
      registry_(std::move(registry)),
      host_(HostOptions(config, hosting, std::move(target), *registry_)) {
  host_.metrics().Add([this] { return CertificateMetrics(); });
  host_.metrics().Add([this] { return RegistryMetrics(); });
}

absl::StatusOr<std::unique_ptr<Hosted>> Hosted::Make(const ModuleKind& kind,
                                                     const config::Server& config,
                                                     api::v1::Hosting hosting,
                                                     FindChannel channels) {
  RETURN_IF_ERROR(CheckStart(config, kind, channels != nullptr));
  std::optional<sql::Target> target;
  if (config.has_database()) {
    ASSIGN_OR_RETURN(target, DatabaseOf(config.database()));
  }
  ASSIGN_OR_RETURN(auto tls,
                   identity::ServerTlsFiles::Open(TlsFilesOf(config), config.trust_domain(),
                                                  identity::ServerPath(kind.agency)));
  ASSIGN_OR_RETURN(auto registry, identity::Registry::Open(RegistryOf(config)));
  std::unique_ptr<Hosted> hosted(
      new Hosted(kind, config, hosting, target, std::move(tls), std::move(registry)));
  if (target) {
    ASSIGN_OR_RETURN(hosted->described_.schema_version, CheckedSchema(*target, kind.migrations));
  }
  if (kind.keeps_persons) RETURN_IF_ERROR(hosted->OpenPersons());
  if (channels == nullptr) {
    channels = [raw = hosted.get()](absl::string_view agency) { return raw->PeerChannel(agency); };
  }
  ASSIGN_OR_RETURN(hosted->module_, kind.make(Surroundings{hosted->config_, hosted->host_,
                                                           std::move(target), channels}));
  hosted->described_.describe = [module = hosted->module_.get()](const Call& call,
                                                                 sql::Session* session,
                                                                 api::v1::Server& server) {
    return module->Describe(call, session, server);
  };
  ServeServer(hosted->host_, hosted->described_);
  return hosted;
}

Hosted::~Hosted() { Stop(); }

absl::Status Hosted::OpenPersons() {
  const std::string& folder = config_.personal_keys().folder();
  keys_ = std::make_unique<Watch>([folder] { return personal::MasterKeys::Stamp(folder); });
  ASSIGN_OR_RETURN(personal::MasterKeys keys, personal::MasterKeys::Read(folder));
  ASSIGN_OR_RETURN(sql::Target target, KeyDatabaseOf(config_));
  RETURN_IF_ERROR(CheckedSchema(target, schema::personal()).status());
  persons_ = std::make_unique<personal::KeyStore>(personal::KeyStore::Options{
      .database = std::move(target),
      .keys = std::make_shared<const personal::MasterKeys>(std::move(keys))});
  host_.set_persons(persons_.get());
  host_.metrics().Add([this] { return KeyMetrics(); });
  return absl::OkStatus();
}

absl::Status Hosted::ReadKeys() {
  ASSIGN_OR_RETURN(personal::MasterKeys keys,
                   personal::MasterKeys::Read(config_.personal_keys().folder()));
  return persons_->Use(std::make_shared<const personal::MasterKeys>(std::move(keys)));
}

void Hosted::OnKeys(const absl::Status& read) {
  if (!read.ok()) {
    ++key_refusals_;
    telemetry::Log(telemetry::Severity::kError, "keys_refused",
                   {{"agency", agency()}, {"why", read.message()}});
    return;
  }
  telemetry::Log(telemetry::Severity::kInfo, "keys_read",
                 {{"agency", agency()}, {"epoch", absl::StrCat(persons_->newest_epoch())}});
}

std::vector<prometheus::MetricFamily> Hosted::KeyMetrics() const {
  return {telemetry::SimpleMetric("puente_keys_newest_epoch",
                                  "Newest epoch of whose key the server was given.",
                                  prometheus::MetricType::Gauge, persons_->newest_epoch()),
          telemetry::SimpleMetric("puente_keys_oldest_epoch",
                                  "Oldest epoch whose key still opens something that is stored.",
                                  prometheus::MetricType::Gauge, persons_->oldest_epoch()),
          telemetry::SimpleMetric(
              "puente_keys_refused_total", "Changes of the folder of keys that were no good.",
              prometheus::MetricType::Counter, static_cast<double>(key_refusals_))};
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Hosted::PeerChannel(absl::string_view agency) const {
  for (const config::Peer& peer : config_.peers()) {
    if (peer.agency() != agency) continue;
    grpc::ChannelArguments arguments;
    // A peer that comes back is found soon.
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
    return grpc::CreateCustomChannel(
        peer.address(),
        identity::ClientTls(tls_->in_use(), config_.trust_domain(), identity::ServerPath(agency)),
        arguments);
  }
  return absl::NotFoundError(absl::StrCat("no peer ", agency, " is configured"));
}

absl::Status Hosted::Start(std::function<void()> outgrown) {
  started_ = true;
  RETURN_IF_ERROR(module_->Start());
  ASSIGN_OR_RETURN(server_, serving::Server::Start(host_, config_.listen(), tls_->in_use()));
  tls_->StartWatching([this](const absl::Status& read) { OnCertificate(read); });
  registry_->StartWatching([this](const absl::Status& read) { OnRegistry(read); });
  if (keys_ != nullptr) {
    keys_->Start([this] { return ReadKeys(); }, [this](const absl::Status& read) { OnKeys(read); });
  }
  server_->SetServing(true);
  if (host_.options().hosting == api::v1::HOSTING_EMBEDDED) {
    ASSIGN_OR_RETURN(in_process_, serving::Server::StartInProcess(host_));
    in_process_->SetServing(true);
  }
  StartProbes(std::move(outgrown));
  ASSIGN_OR_RETURN(admin_, serving::Admin::Start(config_.admin_listen(),
                                                 {[this] { return host_.metrics().Text(); },
                                                  [this] { return Ready(); }}));
  return absl::OkStatus();
}

void Hosted::StartProbes(std::function<void()> outgrown) {
  if (const auto& target = host_.options().pool.database) {
    const auto connection = std::make_shared<sql::Connection>(*target);
    auto ask = [this, connection, outgrown = std::move(outgrown), looked = absl::Now(),
                told = false]() mutable -> absl::Status {
      if (!told && absl::Now() - looked < kLookAtSchema) return connection->Ping();
      looked = absl::Now();
      const absl::Status checked = sql::CheckSchema(*connection, migrations_);
      if (Reason(checked) == sql::error::kSchema.reason && !told) {
        told = true;
        OnOutgrown(checked);
        if (outgrown != nullptr) outgrown();
      }
      return checked;
    };
    database_ = std::make_unique<serving::Probe>(
        serving::Probe::Options{.ask = std::move(ask),
                                .pause = absl::Milliseconds(500),
                                .fresh = absl::Seconds(2),
                                .unanswered = Error(sql::error::kUnavailable)});
  }
  door_ = std::make_unique<serving::Probe>(serving::Probe::Options{
      .ask = serving::AskHealth(address(), tls_->in_use(), config_.trust_domain(),
                                identity::ServerPath(agency())),
      .pause = absl::Seconds(2),
      .fresh = absl::Seconds(5),
      .unanswered = serving::NotAnswering(address(), "it has not been asked yet")});
}

// Somebody ran a newer binary's --migrate: what this one writes from now on may be wrong.
void Hosted::OnOutgrown(const absl::Status& why) {
  telemetry::Log(telemetry::Severity::kError, "schema_outgrown",
                 {{"agency", agency()}, {"why", why.message()}});
  server_->SetServing(false);
  if (in_process_ != nullptr) in_process_->SetServing(false);
}

void Hosted::OnCertificate(const absl::Status& read) {
  if (!read.ok()) {
    ++certificate_refusals_;
    telemetry::Log(telemetry::Severity::kError, "certificate_refused",
                   {{"agency", agency()}, {"why", read.message()}});
    return;
  }
  telemetry::Log(
      telemetry::Severity::kInfo, "certificate_read",
      {{"agency", agency()}, {"end", absl::FormatTime(tls_->end(), absl::UTCTimeZone())}});
}

std::vector<prometheus::MetricFamily> Hosted::CertificateMetrics() const {
  return {telemetry::SimpleMetric(
              "puente_certificate_end_seconds", "When the certificate in use ends, in Unix time.",
              prometheus::MetricType::Gauge, static_cast<double>(absl::ToUnixSeconds(tls_->end()))),
          telemetry::SimpleMetric("puente_certificate_refused_total",
                                  "Changes of certificate, key or CA that were no good.",
                                  prometheus::MetricType::Counter,
                                  static_cast<double>(certificate_refusals_))};
}

void Hosted::OnRegistry(const absl::Status& read) {
  if (!read.ok()) {
    ++registry_refusals_;
    telemetry::Log(telemetry::Severity::kError, "registry_refused",
                   {{"agency", agency()}, {"why", read.message()}});
    return;
  }
  telemetry::Log(telemetry::Severity::kInfo, "registry_read",
                 {{"agency", agency()}, {"serial", absl::StrCat(registry_->current()->serial())}});
  host_.EndUnknown();
}

std::vector<prometheus::MetricFamily> Hosted::RegistryMetrics() const {
  return {telemetry::SimpleMetric(
              "puente_registry_serial", "Issue of the registry of principals in use.",
              prometheus::MetricType::Gauge, static_cast<double>(registry_->current()->serial())),
          telemetry::SimpleMetric(
              "puente_registry_refused_total", "Issues that were no good, or older.",
              prometheus::MetricType::Counter, static_cast<double>(registry_refusals_))};
}

absl::Status Hosted::Ready() {
  if (database_ != nullptr) RETURN_IF_ERROR(database_->status());
  RETURN_IF_ERROR(door_->status());
  return module_->Ready();
}

void Hosted::Stop() {
  if (!started_) return;
  started_ = false;
  // The host is drained with its first server: the one whose health others look at.
  if (server_ != nullptr) server_->Drain(kGrace);
  if (in_process_ != nullptr) in_process_->Drain(absl::ZeroDuration());
  registry_->StopWatching();  // not before: a drain may last
  tls_->StopWatching();
  if (keys_ != nullptr) keys_->Stop();
  host_.pool().Stop();  // a call that was cancelled may still hold a worker
  admin_ = nullptr;
  module_->Stop();
}

}  // namespace puente::hosting
