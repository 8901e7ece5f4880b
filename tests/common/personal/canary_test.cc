// A known person, stored as a caller would: looked for in whatever the database has written, in
// texts of errors, and, once destroyed, with every key that is left.

#include "tests/testing/canary.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/seal.h"
#include "common/names/curp.h"
#include "common/personal/key_store.h"
#include "common/personal/sealing.h"
#include "schema/personal.h"
#include "tests/testing/database.h"
#include "tests/testing/key_folder.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::personal {
namespace {

using ::puente::testing::AddForms;
using ::puente::testing::DatabaseServer;
using ::puente::testing::FilesOf;
using ::puente::testing::HasReason;
using ::puente::testing::MustExecute;

constexpr char kCurp[] = "LOHF920103MJCPRR03";
constexpr char kWrongCurp[] = "LOHF920103MJCPRR04";
constexpr char kName[] = "Ximena Quetzalli Ñáñez";
constexpr char kInClear[] = "this-is-found-or-the-search-is-broken";
constexpr char kPerson[] = "0f5c";
constexpr Place kCurpPlace{"persons/0f5c", "curp"};
constexpr Place kNamePlace{"persons/0f5c", "name"};

class Canary : public ::testing::Test {
 protected:
  Canary()
      : server_({"--skip-networking", "--general-log=1", "--log-warnings=9", "--log-bin",
                 "--innodb-log-file-size=8M"}) {
    folder_.Generate(KeyKind::kHash, 1);
    folder_.Generate(KeyKind::kEpoch, 1);
    database_ = server_.target();
    sql::Connection connection(database_);
    MustExecute(connection, "CREATE DATABASE k");
    database_.schema = "k";
    sql::Connection keys(database_);
    EXPECT_OK(sql::Migrate(keys, schema::personal()));
    MustExecute(keys,
                "CREATE TABLE person (id VARBINARY(60) PRIMARY KEY, curp VARBINARY(1000), "
                "name VARBINARY(1000), open VARBINARY(1000))");
  }

  KeyStore NewStore() const { return KeyStore({.database = database_, .keys = folder_.Keys()}); }

  // Key first, row second.
  std::string Store(KeyStore& store) {
    const auto made = store.Create(kPerson, store.Hash("curp", kCurp));
    EXPECT_OK(made);
    sql::Connection connection(database_);
    const std::string curp = Seal(*made->key, kCurpPlace, kCurp);
    const std::string name = Seal(*made->key, kNamePlace, kName);
    EXPECT_OK(connection.Execute({"test", "INSERT INTO person VALUES (?, ?, ?, ?)"},
                                 {kPerson, curp, name, kInClear}));
    return std::string(made->key->view());
  }

  std::string Bytes(const std::string& query) {
    std::string bytes;
    sql::Connection connection(database_);
    EXPECT_OK(connection.Select({"test", query}, {}, nullptr, [&](const sql::Row& row) {
      bytes = row.Text(0);
      return absl::OkStatus();
    }));
    return bytes;
  }

  // With all pages on disk.
  void ShutDown() {
    sql::Connection connection(database_);
    MustExecute(connection, "SET GLOBAL innodb_fast_shutdown = 0");
    MustExecute(connection, "SHUTDOWN");
    EXPECT_TRUE(testing::Becomes([&] { return !std::filesystem::exists(Folder() + "/pid"); }));
  }
  std::string Folder() const {
    return std::filesystem::path(server_.target().socket).parent_path().string();
  }

  const KeyFolder folder_;
  DatabaseServer server_;
  sql::Target database_;
};

TEST_F(Canary, IsFoundInNothingThatTheDatabaseWrites) {
  KeyStore store = NewStore();
  ASSERT_OK(store.Start(0));
  std::vector<std::string> forms;
  AddForms(kCurp, forms);
  AddForms(kName, forms);
  const std::string key = Store(store);
  // Keys too, in any form.
  for (const std::string& secret : {key, std::string(folder_.Keys()->epochs().at(1).view()),
                                    std::string(folder_.Keys()->hash_keys().at(1).view())}) {
    forms.push_back(secret);
    forms.push_back(absl::BytesToHexString(secret));
    forms.push_back(absl::AsciiStrToUpper(absl::BytesToHexString(secret)));
  }
  // What makes the server say something of a row.
  EXPECT_OK(store.Find(store.Hash("curp", kCurp)));
  EXPECT_OK(store.Create("1", store.Hash("curp", kCurp)));
  EXPECT_FALSE(store.Create(kPerson, store.Hash("curp", "another")).ok());
  ShutDown();
  const std::string written = FilesOf(Folder());
  ASSERT_GT(written.size(), 1'000'000);
  EXPECT_TRUE(absl::StrContains(written, kInClear));
  EXPECT_TRUE(absl::StrContains(written, "INSERT INTO person_identifier"))
      << "no log of statements";
  for (const std::string& form : forms) {
    EXPECT_FALSE(absl::StrContains(written, form)) << absl::CHexEscape(form);
  }
}

TEST_F(Canary, IsSaidByNoError) {
  KeyStore store = NewStore();
  ASSERT_OK(store.Start(0));
  Store(store);
  const auto hashes = store.Hash("curp", kCurp);
  ASSERT_OK(store.Create("1", {}));
  const crypto::SecretKey other = crypto::SecretKey::Random();
  const std::string sealed = Bytes("SELECT curp FROM person");
  std::vector<absl::Status> errors = {
      Open(other, kCurpPlace, sealed).status(), store.Identify("1", hashes),
      store.Create(kPerson, {}).status(),
      InvalidFields({std::get<Violation>(ParseCurp(kWrongCurp)).At("curp")})};
  ASSERT_OK(store.Destroy(kPerson));
  errors.push_back(store.Identify(kPerson, hashes));
  ShutDown();
  errors.push_back(store.Find(hashes).status());
  errors.push_back(store.Create("2", hashes).status());
  std::vector<std::string> forms;
  for (const char* text : {kCurp, kWrongCurp, kName}) AddForms(text, forms);
  AddForms(hashes[0].bytes, forms);
  for (const absl::Status& status : errors) {
    ASSERT_FALSE(status.ok());
    // With payloads, which logs have too.
    const std::string said = absl::StrCat(status.ToString(), Text(status, Locale::kSpanish),
                                          Text(status, Locale::kEnglish));
    for (const std::string& form : forms) {
      EXPECT_FALSE(absl::StrContains(said, form)) << status;
      EXPECT_FALSE(absl::StrContains(said, absl::CHexEscape(form))) << status;
    }
  }
}

TEST_F(Canary, IsOpenedByNoKeyThatIsLeftOnceDestroyedAndItsEpochOver) {
  KeyStore store = NewStore();
  ASSERT_OK(store.Start(0));
  Store(store);
  for (int i = 0; i < 20; ++i) ASSERT_OK(store.Create(absl::StrCat(i), {}));
  // A backup of everything.
  const std::string curp = Bytes("SELECT curp FROM person"),
                    name = Bytes("SELECT name FROM person");
  const std::string wrapped =
      Bytes(absl::StrCat("SELECT wrapped FROM person_key WHERE person = '", kPerson, "'"));
  const std::string context = absl::StrCat("puente-person-key/1\n1:", kPerson);
  const auto epoch_1 = folder_.Keys();
  ASSERT_TRUE(crypto::UnsealKey(epoch_1->epochs().at(1).view(), context, wrapped));

  ASSERT_OK(store.Destroy(kPerson));
  EXPECT_THAT(store.Get(kPerson), HasReason("PERSON_ERASED"));
  EXPECT_TRUE(crypto::UnsealKey(epoch_1->epochs().at(1).view(), context, wrapped))
      << "not final while the epoch's key is there";
  folder_.Generate(KeyKind::kEpoch, 2);
  EXPECT_OK(store.Use(folder_.Keys()));
  ASSERT_OK_AND_ASSIGN(const bool done, store.RotateSlice(1000));
  ASSERT_TRUE(done);
  ASSERT_OK_AND_ASSIGN(const int oldest, store.OldestEpoch());
  ASSERT_EQ(oldest, 2);
  folder_.Remove(KeyKind::kEpoch, 1);

  const auto left = folder_.Keys();
  std::vector<std::string> keys = {std::string(left->epochs().at(2).view()),
                                   std::string(left->hash_keys().at(1).view())};
  for (int i = 0; i < 20; ++i) {
    const auto key = store.Get(absl::StrCat(i));
    ASSERT_OK(key);
    keys.emplace_back((*key)->view());
  }
  for (const std::string& bytes : keys) {
    EXPECT_EQ(crypto::UnsealKey(bytes, context, wrapped), std::nullopt);
    crypto::SecretKey key;
    bytes.copy(reinterpret_cast<char*>(key.bytes().data()), bytes.size());
    EXPECT_THAT(Open(key, kCurpPlace, curp), HasReason("SEALED_VALUE_UNREADABLE"));
    EXPECT_THAT(Open(key, kNamePlace, name), HasReason("SEALED_VALUE_UNREADABLE"));
  }
}

}  // namespace
}  // namespace puente::personal
