// puente-http: the contract over HTTP, for a house's own proxy and programs.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/process.h"
#include "common/context/version.h"
#include "common/federation/certificate.h"
#include "common/telemetry/log.h"
#include "console/http/server.h"
#include "console/site/house.h"
#include "console/site/origins.h"

namespace puente::console {
namespace {

constexpr int kFailure = 1, kWrongFlags = 2;

struct Flags {
  std::string federation;
  std::string caller;
  std::string listen = "127.0.0.1:0";
  bool anywhere = false;
  std::vector<std::string> hosts;
  std::vector<std::string> origins;
};

int Fail(int status, absl::string_view text) {
  telemetry::Log(telemetry::Severity::kError, "start_failed", {{"text", text}});
  return status;
}

int Serve(const Flags& flags) {
  BeginServing();
  const auto federation = ReadFederation(flags.federation);
  if (!federation.ok()) return Fail(kFailure, federation.status().message());
  for (const std::string& file : federation->passed_over) {
    telemetry::Log(telemetry::Severity::kWarning, "federation_passed_over", {{"file", file}});
  }
  if (!federation->callers.contains(flags.caller)) {
    return Fail(kWrongFlags, absl::StrCat(federation->file, " has no certificate of \"",
                                          flags.caller, "\"; --as takes one of ",
                                          absl::StrJoin(federation->callers, ", ",
                                                        [](std::string* out, const auto& entry) {
                                                          out->append(entry.first);
                                                        })));
  }
  if (!IsLocal(flags.listen) && !flags.anywhere) {
    return Fail(kWrongFlags,
                absl::StrCat("whoever reaches ", flags.listen, " acts as ", flags.caller,
                             ": listen on 127.0.0.1 or unix:/PATH behind a proxy that knows who "
                             "asks, or say --anywhere"));
  }
  Channels channels(*federation, flags.caller);
  if (const std::string trouble = CertificateTrouble(channels.files(), absl::Now());
      !trouble.empty()) {
    telemetry::Log(telemetry::Severity::kWarning, "certificate", {{"cause", trouble}});
  }
  std::vector<std::string> hosts = HostsOf(flags.listen);
  hosts.insert(hosts.end(), flags.hosts.begin(), flags.hosts.end());
  House house(channels, std::move(hosts), flags.origins);
  Server server(house);
  const auto address = server.Listen(flags.listen);
  if (!address.ok()) return Fail(kFailure, address.status().message());
  telemetry::PrintReady("http", *address, "");
  AwaitEnd();
  return 0;
}

int Run(int argc, char** argv) {
  CLI::App app(
      absl::StrCat("puente-http ", VersionWithCommit(),
                   "\nThe contract over HTTP by Connect's protocol, JSON and binary, as one "
                   "caller of the federation.\nWhoever reaches it acts as that caller."));
  Flags flags;
  app.add_option("--federation", flags.federation,
                 "Where servers and certificates are; default: the nearest var/federation.json, or "
                 "/etc/puente/federation.json")
      ->envname("PUENTE_FEDERATION")
      ->type_name("FILE");
  app.add_option("--as", flags.caller, "Caller, such as council/cce")
      ->required()
      ->type_name("CALLER");
  app.add_option("--listen", flags.listen, "127.0.0.1:PORT, 0 being a free one, or unix:/PATH")
      ->capture_default_str()
      ->type_name("ADDRESS");
  app.add_flag("--anywhere", flags.anywhere, "Listen on an address that other machines reach");
  app.add_option("--host", flags.hosts,
                 "Another name under which it is asked; 127.0.0.1 and localhost are known where it "
                 "listens there")
      ->type_name("HOST");
  app.add_option("--origin", flags.origins,
                 "Site whose pages may ask, such as https://tablero.example.mx")
      ->type_name("ORIGIN");
  app.set_version_flag("--version", std::string(VersionWithCommit()));
  try {  // CLI11 has no other way to say what is wrong
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongFlags;
  }
  return Serve(flags);
}

}  // namespace
}  // namespace puente::console

int main(int argc, char** argv) { return puente::console::Run(argc, argv); }
