#include "common/hosting/run_server.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/context/process.h"
#include "common/context/version.h"
#include "common/hosting/config.h"
#include "common/hosting/hosted.h"
#include "common/hosting/printed_contract.h"
#include "common/identity/handshakes.h"
#include "common/personal/master_keys.h"
#include "common/personal/private_memory.h"
#include "common/serving/errors.h"
#include "common/sql/error.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"
#include "schema/personal.h"

namespace puente::hosting {
namespace {

constexpr int kWrongFlags = 2;
// After this a drain that a hanging database holds up is given up. Nothing acknowledged is lost.
constexpr absl::Duration kLongestDrain = absl::Seconds(25);
// Lines of the log a second that say why a handshake was refused.
constexpr int kMostHandshakeLines = 10;

struct Flags {
  std::string config;
  std::string listen;
  bool check_config = false;
  bool migrate = false;
  bool methods = false;
  bool contract = false;
  bool replay_erasures = false;
  std::string generate_keys;   // a folder
  std::string generate_epoch;  // a folder
};

// A server of the process and how it is configured.
struct Planned {
  const ModuleKind* kind;
  config::Server config;
};

absl::Status MigrateSchema(const std::string& agency, const sql::Target& target,
                           const std::vector<sql::Migration>& migrations) {
  sql::Connection connection(target, sql::Mode::kMigrations);
  ASSIGN_OR_RETURN(const int applied, sql::Migrate(connection, migrations));
  telemetry::Log(
      telemetry::Severity::kInfo, "migrated",
      {{"agency", agency}, {"schema", target.schema}, {"applied", absl::StrCat(applied)}});
  return absl::OkStatus();
}

absl::Status MigrateOne(const Planned& planned) {
  const auto& [kind, config] = planned;
  if (kind->migrations.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const sql::Target data, DatabaseOf(config.database()));
  RETURN_IF_ERROR(MigrateSchema(kind->agency, data, kind->migrations));
  if (!kind->keeps_persons) return absl::OkStatus();
  ASSIGN_OR_RETURN(const sql::Target keys, KeyDatabaseOf(config));
  return MigrateSchema(kind->agency, keys, schema::personal());
}

absl::Status Check(const std::vector<Planned>& plan, api::v1::Hosting hosting) {
  std::vector<sql::Migration> migrations;
  for (const auto& [kind, config] : plan) {
    RETURN_IF_ERROR(CheckStart(config, *kind, hosting == api::v1::HOSTING_EMBEDDED));
    migrations.insert(migrations.end(), kind->migrations.begin(), kind->migrations.end());
    if (!kind->keeps_persons) continue;
    const std::vector<sql::Migration> keys = schema::personal();
    migrations.insert(migrations.end(), keys.begin(), keys.end());
  }
  ASSIGN_OR_RETURN(const std::string oldest, sql::OldestBinary(migrations));
  // Who runs an older one stops it before --migrate.
  telemetry::Log(telemetry::Severity::kInfo, "config_ok", {{"oldest_binary", oldest}});
  return absl::OkStatus();
}

absl::Status Migrate(const std::vector<Planned>& plan) {
  for (const Planned& planned : plan) {
    RETURN_IF_ERROR(CheckConfig(planned.config, *planned.kind));
    RETURN_IF_ERROR(MigrateOne(planned));
  }
  return absl::OkStatus();
}

absl::Status ReplayErasures(const std::vector<Planned>& plan, api::v1::Hosting hosting) {
  for (const auto& [kind, config] : plan) {
    if (!kind->keeps_persons) continue;
    ASSIGN_OR_RETURN(const auto hosted, Hosted::Make(*kind, config, hosting));
    RETURN_IF_ERROR(hosted->ReplayErasures());
    telemetry::Log(telemetry::Severity::kInfo, "erasures_replayed", {{"agency", kind->agency}});
  }
  return absl::OkStatus();
}

class Process {
 public:
  explicit Process(api::v1::Hosting hosting) : hosting_(hosting) {}
  // The last one first: it may call those before it.
  ~Process() {
    while (!hosted_.empty()) {
      hosted_.back()->Stop();
      telemetry::Log(telemetry::Severity::kInfo, "stopped", {{"agency", hosted_.back()->agency()}});
      hosted_.pop_back();
    }
  }

  absl::Status Start(const Planned& planned) {
    FindChannel channels;
    if (hosting_ == api::v1::HOSTING_EMBEDDED) {
      channels = [this](absl::string_view agency) { return Find(agency); };
    }
    ASSIGN_OR_RETURN(auto hosted, Hosted::Make(*planned.kind, planned.config, hosting_, channels));
    hosted_.push_back(std::move(hosted));
    return hosted_.back()->Start([this] {
      outgrown_ = true;
      TellToEnd();
    });
  }
  // Whether it ends because a schema was changed under it.
  bool outgrown() const { return outgrown_; }

  void PrintReady() const {
    for (const auto& hosted : hosted_) {
      telemetry::PrintReady(hosted->agency(), hosted->address(), hosted->admin_address());
    }
  }

 private:
  absl::StatusOr<std::shared_ptr<grpc::Channel>> Find(absl::string_view agency) const {
    for (const auto& hosted : hosted_) {
      if (hosted->agency() == agency) return hosted->InProcessChannel();
    }
    return absl::NotFoundError(absl::StrCat(agency, " is not in this process"));
  }

  const api::v1::Hosting hosting_;
  std::atomic<bool> outgrown_ = false;
  std::vector<std::unique_ptr<Hosted>> hosted_;
};

void GiveUpAfter(absl::Duration limit) {
  std::thread([limit] {
    absl::SleepFor(limit);
    telemetry::Log(telemetry::Severity::kError, "drain_given_up", {});
    _exit(1);
  }).detach();
}

// Until a signal. Whether it ends as it should: what a schema was changed under is to be started
// again, which is another binary by then, or is refused.
absl::StatusOr<bool> Serve(const std::vector<Planned>& plan, api::v1::Hosting hosting) {
  // Whoever reaches the port causes them. Never deleted: they go on while the process ends.
  static auto* const lines = new telemetry::LineLimit(kMostHandshakeLines);
  identity::ObserveHandshakes(
      [](absl::string_view cause) {
        const std::optional<int64_t> left_out = lines->Take(absl::Now());
        if (!left_out) return;
        telemetry::Log(telemetry::Severity::kWarning, "handshake_refused",
                       {{"cause", cause}, {"left_out", absl::StrCat(*left_out)}});
      },
      [](absl::string_view text) {
        telemetry::Log(telemetry::Severity::kWarning, "grpc", {{"text", text}});
      });
  Process process(hosting);
  for (const Planned& planned : plan) RETURN_IF_ERROR(process.Start(planned));
  process.PrintReady();
  const absl::string_view signal = AwaitEnd();
  telemetry::Log(telemetry::Severity::kInfo, "draining", {{"signal", signal}});
  GiveUpAfter(kLongestDrain);
  return !process.outgrown();
}

int Report(const absl::Status& status) {
  if (status.ok()) return 0;
  std::string debug;
  if (const auto payload = status.GetPayload(sql::kDebugPayload)) debug = std::string(*payload);
  telemetry::Log(telemetry::Severity::kError, "start_failed",
                 {{"reason", Reason(status)}, {"text", status.message()}, {"debug", debug}});
  return 1;
}

// The exit status if that was what was asked for.
std::optional<int> PrintContract(const Flags& flags, const std::vector<ModuleKind>& kinds) {
  if (!flags.methods && !flags.contract) return std::nullopt;
  const absl::StatusOr<std::string> text = flags.methods ? MethodsText(kinds) : ContractJson(kinds);
  if (text.ok()) std::fputs(text->c_str(), stdout);
  return Report(text.status());
}

// The first keys of a folder.
absl::Status GenerateKeys(const std::string& folder) {
  RETURN_IF_ERROR(personal::GenerateKey(folder, personal::KeyKind::kHash, 1));
  return personal::GenerateKey(folder, personal::KeyKind::kEpoch, 1);
}

absl::Status GenerateEpoch(const std::string& folder) {
  ASSIGN_OR_RETURN(const personal::MasterKeys keys, personal::MasterKeys::Read(folder));
  return personal::GenerateKey(folder, personal::KeyKind::kEpoch, keys.newest_epoch() + 1);
}

// The exit status if that was what was asked for.
std::optional<int> Generate(const Flags& flags) {
  if (!flags.generate_keys.empty()) return Report(GenerateKeys(flags.generate_keys));
  if (!flags.generate_epoch.empty()) return Report(GenerateEpoch(flags.generate_epoch));
  return std::nullopt;
}

bool KeepsPersons(const std::vector<ModuleKind>& kinds) {
  return std::any_of(kinds.begin(), kinds.end(),
                     [](const auto& kind) { return kind.keeps_persons; });
}

// The exit status if the process ends here.
std::optional<int> ParseFlags(int argc, char** argv, const std::vector<ModuleKind>& kinds,
                              bool one_server, Flags& flags) {
  CLI::App app(absl::StrCat("Puente ", VersionWithCommit()));
  app.add_option("--config", flags.config, "Text-proto configuration file");
  app.add_flag("--check-config", flags.check_config, "Check configuration and files, then end");
  app.add_flag("--methods", flags.methods, "Print who answers each method, then end");
  app.add_flag("--contract", flags.contract, "Print the same and all resources as JSON, then end");
  app.add_flag("--migrate", flags.migrate, "Bring the database's schema up to date, then end");
  if (one_server) {
    app.add_option("--listen", flags.listen, "Address in place of the configured one");
  }
  if (KeepsPersons(kinds)) {
    app.add_flag("--replay-erasures", flags.replay_erasures,
                 "Destroy again whom a restored database of keys has brought back, then end");
    app.add_option("--generate-keys", flags.generate_keys,
                   "Make the first keys of persons in this folder, then end");
    app.add_option("--generate-epoch", flags.generate_epoch,
                   "Make the key of the next epoch in this folder, then end");
  }
  app.set_version_flag("--version", std::string(VersionWithCommit()));
  try {  // CLI11 has no other way to say what is wrong
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongFlags;
  }
  if (const auto status = PrintContract(flags, kinds)) return status;
  if (const auto status = Generate(flags)) return status;
  if (!flags.config.empty()) return std::nullopt;
  std::fputs("--config is required\nRun with --help for more information.\n", stderr);
  return kWrongFlags;
}

int Run(const std::vector<Planned>& plan, const Flags& flags, api::v1::Hosting hosting) {
  if (flags.check_config) return Report(Check(plan, hosting));
  if (flags.migrate) return Report(Migrate(plan));
  if (flags.replay_erasures) return Report(ReplayErasures(plan, hosting));
  BeginServing();
  telemetry::LogForProtobuf();
  const absl::StatusOr<bool> served = Serve(plan, hosting);
  return served.ok() && !*served ? 1 : Report(served.status());
}

}  // namespace

int RunServer(int argc, char** argv, const ModuleKind& kind) {
  if (kind.keeps_persons) personal::KeepMemoryPrivate();
  Flags flags;
  if (const auto status = ParseFlags(argc, argv, {kind}, true, flags)) return *status;
  Planned planned{&kind, {}};
  const absl::Status read = ReadConfig(flags.config, planned.config);
  if (!read.ok()) return Report(read);
  if (!flags.listen.empty()) planned.config.set_listen(flags.listen);
  return Run({std::move(planned)}, flags, api::v1::HOSTING_OWN_PROCESS);
}

int RunFederation(int argc, char** argv, const std::vector<ModuleKind>& kinds) {
  if (KeepsPersons(kinds)) personal::KeepMemoryPrivate();
  Flags flags;
  if (const auto status = ParseFlags(argc, argv, kinds, false, flags)) return *status;
  config::Federation federation;
  const absl::Status read = ReadConfig(flags.config, federation);
  if (!read.ok()) return Report(read);
  std::vector<Planned> plan;
  for (const ModuleKind& kind : kinds) {
    for (const config::Server& server : federation.servers()) {
      if (server.agency() == kind.agency) plan.push_back({&kind, server});
    }
  }
  if (plan.size() != kinds.size() || federation.servers_size() != static_cast<int>(kinds.size())) {
    return Report(Error(error::kConfigInvalid, "where"_is("servers"),
                        "why"_is("each agency must be there once")));
  }
  return Run(plan, flags, api::v1::HOSTING_EMBEDDED);
}

}  // namespace puente::hosting
