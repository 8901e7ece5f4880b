#include "tests/bench/site.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/text_format.h"
#include "tests/testing/database.h"
#include "tests/testing/person_keys.h"
#include "tests/testing/server_config.h"

namespace puente::bench {
namespace {

// The path of a server in its certificate.
std::string Identity(const std::string& agency) {
  return agency == "gateway" ? agency : "agency/" + agency;
}

}  // namespace

Site& Site::Shared() {
  unsetenv("PUENTE_TEST_MYSQL");  // what is measured is ours
  testing::Database::Shared();    // made before it, so gone after it
  static Site site;
  return site;
}

sql::Target Site::Schema(const std::vector<sql::Migration>& migrations) {
  return testing::Database::Shared().NewSchema(migrations);
}

sql::Target Site::EmptySchema() { return testing::Database::Shared().NewSchema(); }

void Site::Execute(const sql::Target& target, const std::string& text) {
  sql::Connection connection(target);
  testing::MustExecute(connection, text);
}

void Site::ExecuteByClient(const sql::Target& target, const std::string& text) {
  Run({"mariadb", "--no-defaults", "--socket=" + target.socket, "--user=root",
       "--default-character-set=utf8mb4", target.schema, "--execute=" + text},
      log());
}

void Site::Fill(const sql::Target& target, const std::vector<std::string>& statements) {
  std::vector<std::thread> clients;
  for (const std::string& statement : statements) {
    clients.emplace_back([&] {
      ExecuteByClient(target, "SET unique_checks = 0, foreign_key_checks = 0; " + statement);
    });
  }
  for (std::thread& client : clients) client.join();
}

std::vector<std::string> Site::Texts(const sql::Target& target, const std::string& select) {
  std::vector<std::string> texts;
  sql::Connection connection(target);
  const absl::Status read = connection.Select({"bench", select}, {}, nullptr, [&](const auto& row) {
    texts.push_back(row.Text(0));
    return absl::OkStatus();
  });
  if (!read.ok()) Die(read.ToString());
  return texts;
}

std::vector<std::string> Site::Columns(const sql::Target& database, const std::string& table) {
  return Texts(database, absl::StrCat("SELECT CONCAT('`', column_name, '`') FROM"
                                      " information_schema.columns WHERE table_schema = DATABASE()"
                                      " AND table_name = '",
                                      table, "' ORDER BY ordinal_position"));
}

void Site::Copy(const sql::Target& database, const std::string& table, const std::string& column,
                char letter, int64_t count) {
  const std::vector<std::string> columns = Columns(database, table);
  std::vector<std::string> values = columns;
  for (std::string& value : values) {
    if (value != absl::StrCat("`", column, "`")) continue;
    value = absl::StrCat("CONCAT('", std::string(1, letter), "', seq)");
  }
  Execute(database,
          absl::StrCat("INSERT INTO ", table, " (", absl::StrJoin(columns, ", "), ") SELECT ",
                       absl::StrJoin(values, ", "), " FROM ", table, ", seq_1_to_", count));
}

void Site::Drop(const sql::Target& target) {
  Execute(target, absl::StrCat("DROP DATABASE ", target.schema));
}

config::Server Site::Config(const std::string& agency) {
  config::Server config = testing::ServerConfig(agency, Files(Identity(agency)), registry_.files());
  const std::filesystem::path profiles = std::filesystem::path("data") / agency / "profiles";
  if (std::filesystem::exists(profiles)) {
    config.set_profiles(std::filesystem::absolute(profiles).string());
  }
  return config;
}

config::Server Site::Config(const std::string& agency, const sql::Target& database) {
  config::Server config = Config(agency);
  *config.mutable_database() = testing::DatabaseConfig(database, folder_ / "");
  if (agency == "education") {
    *config.mutable_personal_keys() = testing::PersonKeys::Of(database).Config(folder_ / "");
  }
  return config;
}

std::string Site::Write(const google::protobuf::Message& config) {
  std::string text;
  google::protobuf::TextFormat::PrintToString(config, &text);
  const std::string path = folder_ / absl::StrCat("config-", ++configs_, ".textproto");
  std::ofstream(path) << text;
  return path;
}

std::unique_ptr<Process> Site::Start(const config::Server& config) {
  return std::make_unique<Process>(
      std::vector<std::string>{Sibling("puente-" + config.agency()), "--config", Write(config)},
      log());
}

std::unique_ptr<Process> Site::StartBareExport(const sql::Target& database) {
  const identity::TlsFiles files = Files("agency/labor");
  return std::make_unique<Process>(
      std::vector<std::string>{Sibling("puente_bench"), "--serve-export", files.ca,
                               files.certificate, files.key, database.socket, database.schema},
      log());
}

std::shared_ptr<grpc::Channel> Site::Channel(const std::string& address, const std::string& agency,
                                             const std::string& caller) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
  arguments.SetMaxReceiveMessageSize(-1);
  return grpc::CreateCustomChannel(
      address, identity::ClientTls(Files(caller), testing::kTrustDomain, Identity(agency)),
      arguments);
}

identity::TlsFiles Site::Files(const std::string& caller) {
  const auto found = files_.find(caller);
  if (found != files_.end()) return found->second;
  return files_.emplace(caller, authority_.For(caller)).first->second;
}

}  // namespace puente::bench
