// Connections and rows on a real server.
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"
#include "common/sql/migrate.h"
#include "common/sql/session.h"
#include "google/type/money.pb.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::sql {
namespace {

using ::puente::labor::v1::Vacancy;
using ::puente::testing::Becomes;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;

class Sql : public ::testing::Test {
 protected:
  Sql() : target_(Database::Shared().NewSchema()), connection_(target_) {}

  // Has the server end the connection's thread.
  void KillConnection(Connection& victim) {
    Connection killer(target_);
    MustExecute(killer, absl::StrCat("KILL ", victim.id()));
  }

  const Target target_;
  Connection connection_;
};

TEST_F(Sql, RowsBecomeMessagesAndBack) {
  Vacancy vacancy;
  vacancy.set_offer("soldador ñ 漢 'quotes'; --");
  vacancy.mutable_offer_date()->set_year(2020);
  vacancy.mutable_offer_date()->set_month(2);
  vacancy.mutable_offer_date()->set_day(29);
  vacancy.mutable_monthly_wage()->set_currency_code("MXN");
  vacancy.mutable_monthly_wage()->set_units(7495);
  vacancy.mutable_monthly_wage()->set_nanos(890'000'000);
  vacancy.set_contract_kind(labor::v1::CONTRACT_KIND_TRIAL);
  vacancy.mutable_create_time()->set_seconds(1'600'000'000);
  vacancy.mutable_create_time()->set_nanos(123'456'000);
  vacancy.mutable_quality()->set_verdict(labor::v1::OUTCOME_FAILED);
  vacancy.add_languages()->set_language_code("en");
  vacancy.add_skills("skills/welding");
  const std::vector<std::string> columns = {"offer",         "offer_date",  "monthly_wage",
                                            "contract_kind", "create_time", "quality",
                                            "languages",     "skills",      "close_time"};
  MustExecute(connection_,
              "CREATE TABLE v (offer VARCHAR(500), offer_date DATE, monthly_wage BIGINT,"
              " contract_kind TINYINT, create_time DATETIME(6), quality BLOB, languages BLOB,"
              " skills BLOB, close_time DATETIME(6)) DEFAULT CHARSET=utf8mb4");
  std::vector<Value> values;
  for (const std::string& column : columns) {
    values.push_back(FieldValue(vacancy, Vacancy::descriptor()->FindFieldByName(column)));
  }
  ASSERT_OK(InsertRows(connection_, {"test", "INSERT INTO v VALUES", columns.size()}, values));
  Session session(target_);
  const auto read = [&](const std::string& columns) {
    Vacancy row;
    EXPECT_OK(session.EachInto({"test", absl::StrCat("SELECT ", columns, " FROM v")}, {},
                               Vacancy::descriptor(),
                               [&](const Row& result) { return result.Into(row); }));
    return row;
  };
  EXPECT_EQ(read("*").SerializeAsString(), vacancy.SerializeAsString());
  const auto micros = [](const std::string& column) {
    return absl::StrCat(Micros(column), " AS ", column);
  };
  const std::string instants = absl::StrCat(micros("create_time"), ", ", micros("close_time"));
  EXPECT_EQ(read(instants).create_time().SerializeAsString(),
            vacancy.create_time().SerializeAsString());
  EXPECT_FALSE(read(instants).has_close_time());
  MustExecute(connection_, "UPDATE v SET create_time = '1969-12-31 23:59:59.5'");
  EXPECT_EQ(read(instants).create_time().seconds(), -1);
  EXPECT_EQ(read(instants).create_time().nanos(), 500'000'000);
}

TEST_F(Sql, BytesComeBackAsTheyWere) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  MustExecute(connection_, "CREATE TABLE b (id INT, bytes VARBINARY(300))");
  ASSERT_OK(connection_.Execute({"test", "INSERT INTO b VALUES (?, ?)"}, {1, bytes}));
  std::string read;
  ASSERT_OK(connection_.Select({"test", "SELECT bytes FROM b"}, {}, nullptr, [&](const Row& row) {
    read = row.Text(0);
    return absl::OkStatus();
  }));
  EXPECT_EQ(read, bytes);
}

TEST_F(Sql, ErrorsSayWhatTheyMean) {
  MustExecute(connection_, "CREATE TABLE e (id INT PRIMARY KEY, short VARCHAR(2))");
  MustExecute(connection_, "INSERT INTO e VALUES (1, 'a')");
  const auto reason_of = [&](const std::string& text) {
    return Reason(connection_.Execute({"test", text}).status());
  };
  EXPECT_EQ(reason_of("INSERT INTO e VALUES (1, 'b')"), "DUPLICATE");
  EXPECT_EQ(reason_of("INSERT INTO none VALUES (1)"), "SCHEMA_VERSION_MISMATCH");
  EXPECT_EQ(reason_of("INSERT INTO e (id, other) VALUES (2, 'b')"), "SCHEMA_VERSION_MISMATCH");
  // A fault of ours gets its reason, with the trace, where its call ends.
  EXPECT_TRUE(absl::IsInternal(
      connection_.Execute({"test", "INSERT INTO e VALUES (2, 'too long')"}).status()));
  const absl::Status status = connection_.Execute({"test", "INSERT INTO none VALUES (1)"}).status();
  EXPECT_EQ(status.ToString().find("INSERT"), std::string::npos) << "SQL stays out of the message";
  EXPECT_TRUE(status.GetPayload(kDebugPayload).has_value());
}

// Else what a call gave up goes on at the server, and a copy of it with each repetition.
TEST_F(Sql, TheServerItselfEndsAStatementThatTakesTooLong) {
  const bool mariadb = MustCount(connection_, "SELECT VERSION() LIKE '%MariaDB%'") != 0;
  EXPECT_EQ(MustCount(connection_, mariadb ? "SELECT CAST(@@max_statement_time AS SIGNED)"
                                           : "SELECT @@max_execution_time DIV 1000"),
            55);
}

TEST(SqlErrors, WhatPassesIsNoFaultOfOurs) {
  for (const int code : {1129, 1203, 1226, 2005, 2012}) {
    EXPECT_THAT(FromCode(code, "", "q"), HasReason("DATABASE_UNAVAILABLE")) << code;
  }
  EXPECT_THAT(FromCode(1412, "", "q"), HasReason("TRANSACTION_CONFLICT"));
}

TEST(SqlErrors, ADiskThatIsFullSaysSoHoweverTheServerDoes) {
  const auto reason_of = [](int code, const char* text) {
    return Reason(FromCode(code, text, "q"));
  };
  for (const auto& [code, text] :
       {std::pair(1114, "The table 'due' is full"),
        std::pair(1030, "Got error 28 \"No space left on device\" from storage engine Aria"),
        std::pair(1030, "Got error 122 \"Disk quota exceeded\" from storage engine InnoDB"),
        std::pair(1005, "Can't create table `a`.`b` (errno: 28 \"No space left on device\")"),
        std::pair(3, "Error writing file '/tmp/MLfd=9' (Errcode: 28 \"No space left on device\")"),
        std::pair(1, "Can't create/write to file 'a' (Errcode: 28 \"No space left on device\")")}) {
    EXPECT_EQ(reason_of(code, text), "DATABASE_FULL") << text;
  }
  EXPECT_EQ(reason_of(1030, "Got error 1 \"Operation not permitted\" from storage engine InnoDB"),
            "");
}

TEST_F(Sql, ADatabaseThatIsNotThereIsUnavailable) {
  Connection nowhere({"/tmp/puente-no-such-socket", "root", "", "test"});
  EXPECT_THAT(nowhere.Ping(), HasReason("DATABASE_UNAVAILABLE"));
  Target unknown = target_, missing = target_;
  unknown.user = "nobody";
  missing.schema = "puente_test_none";
  // Waiting helps with neither, so no start waits; what runs already goes on trying.
  for (const auto& [target, reason] :
       {std::pair(unknown, "DATABASE_REFUSED"), std::pair(missing, "DATABASE_MISSING")}) {
    Connection connection(target);
    const absl::Status refused = connection.Ping();
    EXPECT_THAT(refused, HasReason(reason));
    EXPECT_TRUE(IsNotLetIn(refused));
    EXPECT_TRUE(sql::IsUnavailable(refused));
    EXPECT_THAT(Migrate(connection, {}), HasReason(reason));
  }
  EXPECT_FALSE(IsNotLetIn(nowhere.Ping()));
}

TEST_F(Sql, AReadOnlyDatabaseSaysSo) {
  MustExecute(connection_, "CREATE TABLE r (id INT)");
  ASSERT_OK(connection_.Begin(Isolation::kSnapshot));
  EXPECT_THAT(connection_.Execute({"test", "INSERT INTO r VALUES (1)"}),
              HasReason("DATABASE_READ_ONLY"));
  connection_.Rollback();
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM r"), 0);
}

TEST_F(Sql, AReadAfterTheConnectionWasLostRunsOnANewOne) {
  EXPECT_EQ(MustCount(connection_, "SELECT 1"), 1);
  KillConnection(connection_);
  EXPECT_EQ(MustCount(connection_, "SELECT 2"), 2);
}

TEST_F(Sql, ATransactionEndsWithItsConnection) {
  // Without the guard the second insert would be stored outside of any transaction.
  MustExecute(connection_, "CREATE TABLE t (id INT)");
  ASSERT_OK(connection_.Begin(Isolation::kReadCommitted));
  MustExecute(connection_, "INSERT INTO t VALUES (1)");
  KillConnection(connection_);
  EXPECT_THAT(connection_.Execute({"test", "INSERT INTO t VALUES (2)"}),
              HasReason("DATABASE_UNAVAILABLE"));
  EXPECT_THAT(connection_.Execute({"test", "INSERT INTO t VALUES (3)"}),
              HasReason("DATABASE_UNAVAILABLE"));
  EXPECT_THAT(connection_.Commit(), HasReason("DATABASE_UNAVAILABLE"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM t"), 0);
}

TEST_F(Sql, ALostCommitIsNotTakenForOne) {
  // The connector's own commit() returns normally here.
  MustExecute(connection_, "CREATE TABLE c (id INT)");
  ASSERT_OK(connection_.Begin(Isolation::kReadCommitted));
  MustExecute(connection_, "INSERT INTO c VALUES (1)");
  KillConnection(connection_);
  EXPECT_THAT(connection_.Commit(), HasReason("DATABASE_UNAVAILABLE"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM c"), 0);
}

TEST_F(Sql, BulkInsertsStoreEveryRowWhateverTheirNumber) {
  MustExecute(connection_, "CREATE TABLE n (a INT, b INT)");
  int64_t total = 0;
  for (const int rows : {0, 1, 2, 3, 7, 1000, 1025, 3000}) {
    std::vector<Value> values;
    for (int i = 0; i < rows; ++i) values.insert(values.end(), {i, i * 2});
    ASSERT_OK(InsertRows(connection_, {"test", "INSERT INTO n (a, b) VALUES", 2}, values));
    total += rows;
    EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM n"), total) << rows;
  }
}

TEST_F(Sql, BulkInsertsTellTheIdOfEachRow) {
  MustExecute(connection_,
              "CREATE TABLE m (id BIGINT AUTO_INCREMENT PRIMARY KEY, n BIGINT NOT NULL)");
  for (const int rows : {0, 1, 5, 13}) {
    std::vector<Value> values;
    for (int i = 0; i < rows; ++i) values.emplace_back(i);
    ASSERT_OK_AND_ASSIGN(
        const auto ids,
        InsertRowsForIds(connection_, {"test", "INSERT INTO m (n) VALUES", 1}, values));
    ASSERT_EQ(ids.size(), rows);
    for (int i = 0; i < rows; ++i) {
      EXPECT_EQ(MustCount(connection_, absl::StrCat("SELECT n FROM m WHERE id = ", ids[i])), i);
    }
  }
}

class Migrations : public Sql {
 protected:
  static Migration One(int number, const std::string& text, const std::string& oldest = "0.1.0") {
    return {"test", number, "what", absl::StrCat("-- oldest-binary: ", oldest, "\n", text)};
  }
};

TEST_F(Migrations, RunOnceAndInOrder) {
  const std::vector<Migration> all = {One(1, "CREATE TABLE IF NOT EXISTS a (id INT)"),
                                      One(2, "CREATE TABLE IF NOT EXISTS b (id INT)")};
  ASSERT_OK_AND_ASSIGN(const int first, Migrate(connection_, all));
  ASSERT_OK_AND_ASSIGN(const int second, Migrate(connection_, all));
  EXPECT_EQ(first, 2);
  EXPECT_EQ(second, 0);
  EXPECT_OK(CheckSchema(connection_, all));
}

// As after a crash between a statement and its record.
TEST_F(Migrations, WhatRanBeforeRunsAgain) {
  const std::vector<Migration> all = {One(1, "CREATE TABLE IF NOT EXISTS a (id INT)"),
                                      One(2, "ALTER TABLE a ADD COLUMN b INT"),
                                      One(3, "ALTER TABLE a ADD KEY by_b (b)")};
  ASSERT_OK(Migrate(connection_, all));
  MustExecute(connection_, "DELETE FROM migration");
  ASSERT_OK_AND_ASSIGN(const int again, Migrate(connection_, all));
  EXPECT_EQ(again, 3);
  EXPECT_OK(CheckSchema(connection_, all));
}

TEST_F(Migrations, WhatDroppedBeforeRunsAgain) {
  std::vector<Migration> all = {
      One(1, "CREATE TABLE IF NOT EXISTS a (id INT, b INT, c INT, KEY by_c (c))")};
  ASSERT_OK(Migrate(connection_, all));
  for (const char* drop : {"ALTER TABLE a DROP COLUMN b", "ALTER TABLE a DROP KEY by_c"}) {
    all.push_back(One(static_cast<int>(all.size()) + 1, drop));
    ASSERT_OK(Migrate(connection_, all)) << drop;
    MustExecute(connection_, absl::StrCat("DELETE FROM migration WHERE number = ", all.size()));
    EXPECT_OK(Migrate(connection_, all)) << drop;
  }
  EXPECT_OK(CheckSchema(connection_, all));
}

// A statement that the server is at keeps others out, however long it takes and whoever waits for
// it; what was ended holds nobody up for longer than that.
TEST_F(Migrations, OneAtATimeForAsLongAsAStatementRuns) {
  std::vector<Migration> all = {One(1, "CREATE TABLE IF NOT EXISTS a (id INT)")};
  ASSERT_OK(Migrate(connection_, all));
  all.push_back(One(2, "ALTER TABLE a ADD COLUMN b INT"));
  Connection open(target_), migrating(target_, Mode::kMigrations);
  ASSERT_OK(migrating.Ping());
  const int64_t id = migrating.id();
  ASSERT_OK(open.Begin(Isolation::kReadCommitted));
  EXPECT_EQ(MustCount(open, "SELECT COUNT(*) FROM a"), 0);  // no ALTER before its end
  absl::Status migrated;
  std::thread other([&] { migrated = Migrate(migrating, all).status(); });
  const auto waits = [&] {
    return MustCount(connection_,
                     absl::StrCat("SELECT COUNT(*) FROM information_schema.processlist WHERE id = ",
                                  id, " AND info LIKE '%ADD COLUMN b%'")) == 1;
  };
  EXPECT_TRUE(Becomes(waits));
  // As if it had taken more than the lock's time.
  MustExecute(connection_, "UPDATE migration_lock SET expiry = NOW(6) - INTERVAL 1 SECOND");
  EXPECT_THAT(Migrate(connection_, all), HasReason("SCHEMA_VERSION_MISMATCH"));
  MustExecute(connection_, absl::StrCat("KILL ", id));
  other.join();
  EXPECT_FALSE(migrated.ok());
  open.Rollback();
  EXPECT_TRUE(Becomes([&] { return Migrate(connection_, all).ok(); }));
  EXPECT_OK(CheckSchema(connection_, all));
}

TEST_F(Migrations, SayWhichBinaryIsTheOldestThatRunsOnAll) {
  ASSERT_OK_AND_ASSIGN(const std::string oldest,
                       OldestBinary(std::vector<Migration>{One(1, "x"), One(2, "x", "0.10.0"),
                                                           One(3, "x", "0.9.1")}));
  EXPECT_EQ(oldest, "0.10.0");
}

TEST_F(Migrations, WhatItsRowsForbidIsNotTakenForDone) {
  ASSERT_OK(Migrate(connection_, {One(1, "CREATE TABLE IF NOT EXISTS a (id INT)")}));
  MustExecute(connection_, "INSERT INTO a VALUES (1), (1)");
  const std::vector<Migration> all = {One(1, "CREATE TABLE IF NOT EXISTS a (id INT)"),
                                      One(2, "ALTER TABLE a ADD UNIQUE KEY by_id (id)")};
  EXPECT_THAT(Migrate(connection_, all), HasReason("DUPLICATE"));
  EXPECT_THAT(CheckSchema(connection_, all), HasReason("SCHEMA_VERSION_MISMATCH"));
}

TEST_F(Migrations, ASchemaThatIsOlderThanNeededIsRefused) {
  ASSERT_OK(Migrate(connection_, {One(1, "CREATE TABLE IF NOT EXISTS a (id INT)")}));
  EXPECT_THAT(CheckSchema(connection_, {One(1, "CREATE TABLE IF NOT EXISTS a (id INT)"),
                                        One(2, "CREATE TABLE IF NOT EXISTS b (id INT)")}),
              HasReason("SCHEMA_VERSION_MISMATCH"));
}

TEST_F(Migrations, ASchemaThatDeclaresItselfTooNewIsRefused) {
  ASSERT_OK(Migrate(connection_, {One(1, "CREATE TABLE IF NOT EXISTS a (id INT)"),
                                  One(2, "CREATE TABLE IF NOT EXISTS b (id INT)")}));
  EXPECT_OK(CheckSchema(connection_, {One(1, "CREATE TABLE IF NOT EXISTS a (id INT)")}));
  ASSERT_OK(Migrate(connection_, {One(3, "CREATE TABLE IF NOT EXISTS c (id INT)", "99.0.0")}));
  EXPECT_THAT(CheckSchema(connection_, {One(1, "CREATE TABLE IF NOT EXISTS a (id INT)")}),
              HasReason("SCHEMA_VERSION_MISMATCH"));
}

TEST_F(Migrations, AFileThatWasChangedAfterwardsIsRefused) {
  ASSERT_OK(Migrate(connection_, {One(1, "CREATE TABLE IF NOT EXISTS a (id INT)")}));
  EXPECT_THAT(Migrate(connection_, {One(1, "CREATE TABLE IF NOT EXISTS a (id BIGINT)")}),
              HasReason("SCHEMA_VERSION_MISMATCH"));
}

}  // namespace
}  // namespace puente::sql
