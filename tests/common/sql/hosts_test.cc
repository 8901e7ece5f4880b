// Databases that are reached over TCP: always encrypted, with several hosts, and through a
// connection that fails at the worst moment.
#include "absl/strings/str_cat.h"
#include "common/sql/error.h"
#include "common/sql/session.h"
#include "tests/testing/certificates.h"
#include "tests/testing/database.h"
#include "tests/testing/status.h"

namespace puente::sql {
namespace {

using ::puente::testing::CertificateAuthority;
using ::puente::testing::DatabaseServer;
using ::puente::testing::FreePort;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::TargetOf;

// A server on a port of its own, with a user who is no administrator and a table.
class Reached {
 public:
  explicit Reached(const identity::TlsFiles* files) : port_(FreePort()), server_(Options(files)) {
    Connection root(server_.target());
    for (const char* statement :
         {"CREATE DATABASE puente", "CREATE USER puente IDENTIFIED BY 'secret'",
          "GRANT ALL ON puente.* TO puente", "CREATE TABLE puente.t (id INT)"}) {
      MustExecute(root, statement);
    }
  }

  std::string host() const { return absl::StrCat("localhost:", port_); }
  void SetReadOnly(bool read_only) {
    Connection root(server_.target());
    MustExecute(root, absl::StrCat("SET GLOBAL read_only = ", read_only));
  }
  int64_t Rows() {
    Connection root(server_.target());
    return MustCount(root, "SELECT COUNT(*) FROM puente.t");
  }
  DatabaseServer& server() { return server_; }

 private:
  std::vector<std::string> Options(const identity::TlsFiles* files) const {
    std::vector<std::string> options = {"--bind-address=127.0.0.1,127.0.0.2",
                                        absl::StrCat("--port=", port_)};
    if (files == nullptr) return {options[0], options[1], "--skip-ssl"};
    options.push_back("--ssl-ca=" + files->ca);
    options.push_back("--ssl-cert=" + files->certificate);
    options.push_back("--ssl-key=" + files->key);
    return options;
  }

  const int port_;
  DatabaseServer server_;
};

// One set of servers for all tests: each takes seconds to make.
struct World {
  CertificateAuthority ca, another;
  const identity::TlsFiles files = ca.Issue({});
  Reached first{&files}, second{&files}, plain{nullptr};
  static World& Get() {
    static World world;
    return world;
  }
};

class Hosts : public ::testing::Test {
 protected:
  void SetUp() override {
    world_.first.SetReadOnly(false);
    world_.second.SetReadOnly(false);
  }

  Target At(std::vector<std::string> hosts) const {
    return {.socket = "",
            .user = "puente",
            .password = "secret",
            .schema = "puente",
            .hosts = std::move(hosts),
            .ca = world_.ca.ca_file()};
  }
  static absl::Status Insert(Connection& connection) {
    return connection.Execute({"test", "INSERT INTO t VALUES (1)"}).status();
  }

  World& world_ = World::Get();
  const std::string dead_ = absl::StrCat("localhost:", FreePort());
};

TEST_F(Hosts, AreReachedEncrypted) {
  Connection connection(At({world_.first.host()}));
  std::string cipher;
  ASSERT_OK(connection.Select({"test", "SHOW SESSION STATUS LIKE 'Ssl_cipher'"}, {}, nullptr,
                              [&](const Row& row) {
                                cipher = row.Text(1);
                                return absl::OkStatus();
                              }));
  EXPECT_NE(cipher, "");
  EXPECT_OK(Insert(connection));
  EXPECT_EQ(connection.host(), world_.first.host());
}

TEST_F(Hosts, AreRefusedWithoutTlsAndWithACertificateOfAnother) {
  EXPECT_THAT(Connection(At({world_.plain.host()})).Ping(), HasReason("DATABASE_UNAVAILABLE"));
  Target wrong = At({world_.first.host()});
  wrong.ca = world_.another.ca_file();
  EXPECT_THAT(Connection(wrong).Ping(), HasReason("DATABASE_UNAVAILABLE"));
  wrong.ca = world_.ca.folder() + "/none.pem";
  EXPECT_THAT(Connection(wrong).Ping(), HasReason("DATABASE_UNAVAILABLE"));
}

TEST_F(Hosts, AreRefusedUnderANameThatTheirCertificateDoesNotBear) {
  const std::string port = world_.first.host().substr(world_.first.host().find(':'));
  EXPECT_OK(Connection(At({"127.0.0.1" + port})).Ping());
  EXPECT_THAT(Connection(At({"127.0.0.2" + port})).Ping(), HasReason("DATABASE_UNAVAILABLE"));
}

TEST_F(Hosts, AreTriedInOrder) {
  Connection connection(
      At({dead_, world_.plain.host(), world_.second.host(), world_.first.host()}));
  ASSERT_OK(connection.Ping());
  EXPECT_EQ(connection.host(), world_.second.host());
  EXPECT_THAT(Connection(At({dead_, world_.plain.host()})).Ping(),
              HasReason("DATABASE_UNAVAILABLE"));
}

TEST_F(Hosts, ThatTakeWritesComeFirst) {
  world_.first.SetReadOnly(true);
  Connection connection(At({world_.first.host(), world_.second.host()}));
  ASSERT_OK(connection.Ping());
  EXPECT_EQ(connection.host(), world_.second.host());
  // Where none does, reads go on.
  world_.second.SetReadOnly(true);
  Connection reader(At({world_.first.host(), world_.second.host()}));
  ASSERT_OK(reader.Ping());
  EXPECT_EQ(reader.host(), world_.first.host());
  EXPECT_THAT(Insert(reader), HasReason("DATABASE_READ_ONLY"));
}

TEST_F(Hosts, AreChangedByAllConnectionsOnceOneFindsTheWriterElsewhere) {
  const Target target = At({world_.first.host(), world_.second.host()});
  Connection reader(target), writer(target);
  ASSERT_OK(reader.Ping());
  ASSERT_OK(Insert(writer));
  EXPECT_EQ(reader.host(), world_.first.host());
  world_.first.SetReadOnly(true);
  const int64_t before = world_.second.Rows();
  EXPECT_THAT(Insert(writer), HasReason("DATABASE_READ_ONLY"));
  EXPECT_OK(Insert(writer));
  EXPECT_EQ(world_.second.Rows(), before + 1);
  ASSERT_OK(reader.Ping());
  EXPECT_EQ(reader.host(), world_.second.host()) << "it would read what a replica has";
}

TEST_F(Hosts, AreChangedWhenAConnectionThatIsNewFindsTheWriterElsewhere) {
  const Target target = At({world_.first.host(), world_.second.host()});
  Connection reader(target);
  ASSERT_OK(reader.Ping());
  EXPECT_EQ(reader.host(), world_.first.host());
  world_.first.SetReadOnly(true);
  Connection writer(
      target);  // as the writing half of the reader's session, from its first write on
  ASSERT_OK(Insert(writer));
  EXPECT_EQ(writer.host(), world_.second.host());
  ASSERT_OK(reader.Ping());
  EXPECT_EQ(reader.host(), world_.second.host());
}

TEST_F(Hosts, AreNotChangedWithinATransaction) {
  const Target target = At({world_.first.host(), world_.second.host()});
  Connection reader(target), writer(target);
  ASSERT_OK(writer.Ping());
  ASSERT_OK(reader.Begin(Isolation::kSnapshot));
  world_.first.SetReadOnly(true);
  EXPECT_THAT(Insert(writer), HasReason("DATABASE_READ_ONLY"));
  ASSERT_OK(Insert(writer));
  ASSERT_OK(reader.Ping());
  EXPECT_EQ(reader.host(), world_.first.host());
  reader.Rollback();
  ASSERT_OK(reader.Ping());
  EXPECT_EQ(reader.host(), world_.second.host());
}

TEST_F(Hosts, AreNamedInTheUrlOfTests) {
  const Target target = TargetOf(absl::StrCat("mysql://puente:secret@", dead_, ",",
                                              world_.first.host(), "?ca=", world_.ca.ca_file()));
  Connection connection(target);
  EXPECT_OK(connection.Ping());
  EXPECT_EQ(connection.host(), world_.first.host());
  const Target socket = TargetOf("mysql://root:@/tmp/s");
  EXPECT_EQ(socket.socket, "/tmp/s");
  EXPECT_TRUE(socket.hosts.empty());
}

// Last: it ends a server.
TEST_F(Hosts, ThatDieAreReplacedByTheNext) {
  const Target target = At({world_.first.host(), world_.second.host()});
  Connection connection(target);
  ASSERT_OK(connection.Ping());
  world_.first.server().Kill();
  ASSERT_OK(connection.Ping());
  EXPECT_EQ(connection.host(), world_.second.host());
}

}  // namespace
}  // namespace puente::sql
