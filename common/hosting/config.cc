#include "common/hosting/config.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/context/file.h"
#include "common/context/text_proto.h"
#include "common/context/values.h"
#include "common/identity/spiffe.h"
#include "common/personal/master_keys.h"
#include "common/serving/errors.h"
#include "common/serving/listener.h"
#include "common/status/macros.h"
#include "common/workers/pool.h"

namespace puente::hosting {
namespace {

constexpr int kMostWorkers = 64;
constexpr int kMostTogether = workers::Pool::kMostLooked;

absl::Status Invalid(std::string where, std::string why) {
  return Error(error::kConfigInvalid, "where"_is(where), "why"_is(why));
}

absl::StatusOr<std::string> Content(const std::string& path) {
  if (auto content = ReadFile(path)) return *std::move(content);
  return Invalid(path, "it can't be read");
}

absl::Status Need(absl::string_view where, const std::string& value) {
  return value.empty() ? Invalid(std::string(where), "it is missing") : absl::OkStatus();
}

absl::Status CheckHosts(const config::Database& database, absl::string_view where) {
  for (int i = 0; i < database.hosts_size(); ++i) {
    const std::string& host = database.hosts(i);
    const size_t colon = host.rfind(':');
    int port = 0;
    if (colon == 0 || colon == host.npos || !absl::SimpleAtoi(host.substr(colon + 1), &port) ||
        port < 1 || port > 65535) {
      return Invalid(absl::StrCat(where, ".hosts[", i, "]"),
                     "it must be a name and a port: db1.example:3306");
    }
  }
  RETURN_IF_ERROR(Need(absl::StrCat(where, ".ca"), database.ca()));
  return Content(database.ca()).status();
}

absl::Status CheckDatabase(const config::Database& database, absl::string_view where) {
  if (database.socket().empty() == (database.hosts_size() == 0)) {
    return Invalid(std::string(where), "it must name a socket, or hosts, and not both");
  }
  if (database.hosts_size() > 0) RETURN_IF_ERROR(CheckHosts(database, where));
  RETURN_IF_ERROR(Need(absl::StrCat(where, ".user"), database.user()));
  RETURN_IF_ERROR(Need(absl::StrCat(where, ".schema"), database.schema()));
  // sockaddr_un has room for 107 bytes; a longer path would be cut.
  if (database.socket().size() > 107) {
    return Invalid(absl::StrCat(where, ".socket"), "a socket's path has at most 107 bytes");
  }
  return absl::OkStatus();
}

absl::Status CheckLoopback(const std::string& where, const std::string& listen) {
  return serving::LoopbackPort(listen) ? absl::OkStatus()
                                       : Invalid(where, "it must be 127.0.0.1:PORT");
}

// A pause of nothing would have its work run without end.
absl::Status CheckDuration(const std::string& where, const google::protobuf::Duration& duration) {
  return FromProto(duration) > absl::ZeroDuration()
             ? absl::OkStatus()
             : Invalid(where, "it must be more than nothing; leave it out for the usual one");
}

absl::Status CheckDurations(const config::Server& server) {
  if (server.has_figure_release_pause()) {
    RETURN_IF_ERROR(CheckDuration("figure_release_pause", server.figure_release_pause()));
  }
  if (server.has_demand_release_pause()) {
    RETURN_IF_ERROR(CheckDuration("demand_release_pause", server.demand_release_pause()));
  }
  if (!server.has_report_limit()) return absl::OkStatus();
  return CheckDuration("report_limit", server.report_limit());
}

absl::Status CheckPeers(const config::Server& server) {
  std::set<std::string> named;
  for (const config::Peer& peer : server.peers()) {
    RETURN_IF_ERROR(Need("peers.agency", peer.agency()));
    RETURN_IF_ERROR(Need("peers.address", peer.address()));
    if (!named.insert(peer.agency()).second) {
      return Invalid("peers", absl::StrCat("it names ", peer.agency(), " twice"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckAllPeers(const config::Server& server, const std::vector<std::string>& agencies) {
  for (const std::string& agency : agencies) {
    const auto is_it = [&](const config::Peer& peer) { return peer.agency() == agency; };
    if (std::none_of(server.peers().begin(), server.peers().end(), is_it)) {
      return Invalid("peers", absl::StrCat("it must say where ", agency, " is"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckProfiles(const std::string& folder) {
  if (folder.empty()) return absl::OkStatus();
  std::error_code error;
  const std::filesystem::directory_iterator listed(folder, error);
  return error ? Invalid("profiles", absl::StrCat(folder, " is no folder that can be read"))
               : absl::OkStatus();
}

absl::Status CheckPersonalKeys(const config::Server& server, bool keeps_persons) {
  if (!keeps_persons) {
    return server.has_personal_keys()
               ? Invalid("personal_keys", "this server keeps no persons; leave it out")
               : absl::OkStatus();
  }
  if (!server.has_personal_keys()) {
    return Invalid("personal_keys",
                   "it is missing, and this server keeps persons; make a folder of keys "
                   "(--generate-keys) and a database for them");
  }
  if (server.personal_keys().rotate_after().seconds() < 0) {
    return Invalid("personal_keys.rotate_after",
                   "it must not be negative; leave it out for an hour");
  }
  const config::Database &keys = server.personal_keys().database(), &data = server.database();
  RETURN_IF_ERROR(CheckDatabase(keys, kKeyDatabase));
  const bool same_place =
      keys.socket() == data.socket() && std::equal(keys.hosts().begin(), keys.hosts().end(),
                                                   data.hosts().begin(), data.hosts().end());
  if (same_place && keys.schema() == data.schema()) {
    return Invalid(absl::StrCat(kKeyDatabase, ".schema"),
                   "it is that of the data, whose backups must hold nobody's key; name another");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadConfig(const std::string& path, google::protobuf::Message& config) {
  ASSIGN_OR_RETURN(const std::string text, Content(path));
  const auto fault = ParseText(text, config);
  if (!fault) return absl::OkStatus();
  return Invalid(absl::StrCat(path, ":", fault->line), fault->why);
}

absl::Status CheckConfig(const config::Server& server, const ModuleKind& kind) {
  if (server.agency() != kind.agency) {
    return Invalid("agency", absl::StrCat("it is \"", server.agency(), "\" but this server is \"",
                                          kind.agency, "\""));
  }
  RETURN_IF_ERROR(Need("listen", server.listen()));
  RETURN_IF_ERROR(CheckLoopback("admin_listen", server.admin_listen()));
  if (!server.sdmx_listen().empty()) {
    RETURN_IF_ERROR(CheckLoopback("sdmx_listen", server.sdmx_listen()));
  }
  if (server.trust_domain() != identity::kTrustDomain) {
    return Invalid("trust_domain",
                   absl::StrCat("it must be \"", identity::kTrustDomain,
                                "\": the programs that sign and call know no other"));
  }
  RETURN_IF_ERROR(Need("tls.ca", server.tls().ca()));
  RETURN_IF_ERROR(Need("tls.certificate", server.tls().certificate()));
  RETURN_IF_ERROR(Need("tls.key", server.tls().key()));
  RETURN_IF_ERROR(Need("registry.file", server.registry().file()));
  RETURN_IF_ERROR(Need("registry.public_key", server.registry().public_key()));
  if (server.workers() < 0 || server.workers() > kMostWorkers) {
    return Invalid("workers", absl::StrCat("it must be 0 (for the default) to ", kMostWorkers));
  }
  if (server.figures_memory() < 0) {
    return Invalid("figures_memory", "it is a number of bytes; leave it out for the usual one");
  }
  if (server.reads_together() < 0 || server.reads_together() > kMostTogether) {
    return Invalid("reads_together",
                   absl::StrCat("it must be 0 (for the default) to ", kMostTogether));
  }
  const bool needs_database = !kind.migrations.empty();
  if (needs_database != server.has_database()) {
    return Invalid(std::string(kDatabase),
                   needs_database ? "it is missing" : "this server has none");
  }
  if (needs_database) RETURN_IF_ERROR(CheckDatabase(server.database(), kDatabase));
  RETURN_IF_ERROR(CheckPersonalKeys(server, kind.keeps_persons));
  RETURN_IF_ERROR(CheckPeers(server));
  return CheckDurations(server);
}

absl::Status CheckStart(const config::Server& server, const ModuleKind& kind, bool embedded) {
  RETURN_IF_ERROR(CheckConfig(server, kind));
  if (!embedded) RETURN_IF_ERROR(CheckAllPeers(server, kind.peers));
  RETURN_IF_ERROR(CheckProfiles(server.profiles()));
  RETURN_IF_ERROR(identity::ReadServerTlsFiles(TlsFilesOf(server), server.trust_domain(),
                                               identity::ServerPath(kind.agency))
                      .status());
  RETURN_IF_ERROR(identity::Registry::Open(RegistryOf(server)).status());
  if (server.has_database()) RETURN_IF_ERROR(DatabaseOf(server.database()).status());
  if (!kind.keeps_persons) return absl::OkStatus();
  RETURN_IF_ERROR(KeyDatabaseOf(server).status());
  return personal::MasterKeys::Read(server.personal_keys().folder()).status();
}

identity::Registry::Files RegistryOf(const config::Server& server) {
  return {server.registry().file(), server.registry().public_key()};
}

identity::TlsFiles TlsFilesOf(const config::Server& server) {
  return {server.tls().ca(), server.tls().certificate(), server.tls().key()};
}

absl::StatusOr<sql::Target> DatabaseOf(const config::Database& database, absl::string_view where) {
  sql::Target target{.socket = database.socket(),
                     .user = database.user(),
                     .password = "",
                     .schema = database.schema(),
                     .hosts = {database.hosts().begin(), database.hosts().end()},
                     .ca = database.ca()};
  if (const std::string& path = database.password_file(); !path.empty()) {
    ASSIGN_OR_RETURN(target.password, Content(path));
    struct stat file;
    if (stat(path.c_str(), &file) != 0 || (file.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
      return Invalid(absl::StrCat(where, ".password_file"), "others can read it; chmod 600 it");
    }
    absl::StripTrailingAsciiWhitespace(&target.password);
  }
  return target;
}

}  // namespace puente::hosting
