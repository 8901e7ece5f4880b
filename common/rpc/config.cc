#include "common/rpc/config.h"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/rpc/errors.h"
#include "common/status/macros.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"

namespace puente::rpc {
namespace {

constexpr int kMostWorkers = 64;

absl::Status Invalid(std::string where, std::string why) {
  return Error(error::kConfigInvalid, {{"where", std::move(where)}, {"why", std::move(why)}});
}

// Keeps the first error, which is the cause of those after it.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    if (!text_.empty()) return;
    line_ = line + 1;
    text_ = std::string(absl::StripSuffix(message, "."));
  }
  void AddWarning(int line, google::protobuf::io::ColumnNumber column,
                  const std::string& message) override {
    AddError(line, column, message);
  }
  const std::string& text() const { return text_; }
  int line() const { return line_; }

 private:
  int line_ = 0;
  std::string text_;
};

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file) return Invalid(path, "it can't be read");
  return content.str();
}

absl::Status Need(absl::string_view where, const std::string& value) {
  return value.empty() ? Invalid(std::string(where), "it is missing") : absl::OkStatus();
}

absl::Status CheckDatabase(const config::Database& database) {
  RETURN_IF_ERROR(Need("database.socket", database.socket()));
  RETURN_IF_ERROR(Need("database.user", database.user()));
  RETURN_IF_ERROR(Need("database.schema", database.schema()));
  // sockaddr_un has room for 107 bytes; a longer path would be cut.
  if (database.socket().size() > 107) {
    return Invalid("database.socket", "a socket's path has at most 107 bytes");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadConfig(const std::string& path, google::protobuf::Message& config) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  FirstError first;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&first);
  if (parser.ParseFromString(text, &config) && first.text().empty()) return absl::OkStatus();
  return Invalid(absl::StrCat(path, ":", first.line()), first.text());
}

absl::Status CheckConfig(const config::Server& server, absl::string_view agency,
                         bool needs_database) {
  if (server.agency() != agency) {
    return Invalid("agency", absl::StrCat("it is \"", server.agency(), "\" but this server is \"",
                                          agency, "\""));
  }
  RETURN_IF_ERROR(Need("listen", server.listen()));
  RETURN_IF_ERROR(Need("admin_listen", server.admin_listen()));
  RETURN_IF_ERROR(Need("trust_domain", server.trust_domain()));
  RETURN_IF_ERROR(Need("tls.ca", server.tls().ca()));
  RETURN_IF_ERROR(Need("tls.certificate", server.tls().certificate()));
  RETURN_IF_ERROR(Need("tls.key", server.tls().key()));
  if (server.workers() < 0 || server.workers() > kMostWorkers) {
    return Invalid("workers", absl::StrCat("it must be 0 (for the default) to ", kMostWorkers));
  }
  if (needs_database != server.has_database()) {
    return Invalid("database", needs_database ? "it is missing" : "this server has none");
  }
  if (needs_database) RETURN_IF_ERROR(CheckDatabase(server.database()));
  for (const config::Peer& peer : server.peers()) {
    RETURN_IF_ERROR(Need("peers.agency", peer.agency()));
    RETURN_IF_ERROR(Need("peers.address", peer.address()));
  }
  return absl::OkStatus();
}

identity::TlsFiles TlsFilesOf(const config::Server& server) {
  return {server.tls().ca(), server.tls().certificate(), server.tls().key()};
}

absl::StatusOr<std::optional<sql::Target>> DatabaseOf(const config::Server& server) {
  if (!server.has_database()) return std::optional<sql::Target>();
  const config::Database& database = server.database();
  sql::Target target{database.socket(), database.user(), "", database.schema()};
  if (const std::string& path = database.password_file(); !path.empty()) {
    ASSIGN_OR_RETURN(target.password, ReadFile(path));
    struct stat file;
    if (stat(path.c_str(), &file) != 0 || (file.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
      return Invalid("database.password_file", "others can read it; chmod 600 it");
    }
    absl::StripTrailingAsciiWhitespace(&target.password);
  }
  return std::optional<sql::Target>(std::move(target));
}

}  // namespace puente::rpc
