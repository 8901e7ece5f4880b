// Education with keys of persons that change, as main.cc runs it.
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/hosting/hosted.h"
#include "modules/education/module.h"
#include "puente/education/v1/person.pb.h"
#include "tests/testing/certificates.h"
#include "tests/testing/database.h"
#include "tests/testing/http.h"
#include "tests/testing/person_keys.h"
#include "tests/testing/registry.h"
#include "tests/testing/server_config.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::education {
namespace {

using personal::KeyKind;
using testing::Becomes;
using testing::HasReason;

class PersonKeysTest : public ::testing::Test {
 protected:
  PersonKeysTest()
      : database_(testing::Database::Shared().NewSchema(kind_.migrations)),
        keys_(testing::PersonKeys::Of(database_)) {}

  // What a server comes to that is to start.
  absl::Status Start(absl::Duration rotate_after = absl::ZeroDuration()) {
    config::Server config = testing::ServerConfig(kind_, database_, ca_, registry_);
    config.mutable_personal_keys()->mutable_rotate_after()->set_seconds(
        absl::ToInt64Seconds(rotate_after));
    hosted_ = nullptr;
    auto hosted = hosting::Hosted::Make(kind_, config, api::v1::HOSTING_OWN_PROCESS);
    if (!hosted.ok()) return hosted.status();
    hosted_ = *std::move(hosted);
    return hosted_->Start();
  }
  bool Shows(const std::string& metric) {
    return Becomes([&] {
      return absl::StrContains(testing::HttpGet(hosted_->admin_address(), "/metrics"),
                               metric + "\n");
    });
  }
  int64_t Count(const sql::Target& database, const std::string& from) {
    sql::Connection connection(database);
    return testing::MustCount(connection, absl::StrCat("SELECT COUNT(*) FROM ", from));
  }

  const hosting::ModuleKind kind_ = Education();
  testing::CertificateAuthority ca_;
  testing::SignedRegistry registry_{ca_.folder()};
  const sql::Target database_;
  const testing::PersonKeys& keys_;
  std::unique_ptr<hosting::Hosted> hosted_;
};

TEST_F(PersonKeysTest, ANewEpochsKeyWrapsAllOthersByItself) {
  ASSERT_OK(Start());
  EXPECT_TRUE(Shows("puente_keys_oldest_epoch 1"));
  EXPECT_EQ(Count(database_, "due WHERE kind = 'persons.rotate'"), 0) << "there is nothing to do";
  {
    const auto store = keys_.Store();
    for (int i = 0; i < 1200; ++i) ASSERT_OK(store->Create(absl::StrCat(i), {}));
  }
  keys_.folder().Generate(KeyKind::kEpoch, 2);
  EXPECT_TRUE(Shows("puente_keys_oldest_epoch 2"));
  EXPECT_EQ(Count(keys_.database(), "person_key WHERE epoch <> 2"), 0);
  EXPECT_TRUE(Becomes([&] { return Count(database_, "due WHERE kind = 'persons.rotate'") == 0; }));
  // Now that of the first may be destroyed.
  keys_.folder().Remove(KeyKind::kEpoch, 1);
  ASSERT_OK(Start());
  EXPECT_TRUE(Shows("puente_keys_oldest_epoch 2"));
}

TEST_F(PersonKeysTest, WaitsUntilAllServersHaveBeenGivenTheKey) {
  ASSERT_OK(keys_.Store()->Start(0));
  keys_.folder().Generate(KeyKind::kEpoch, 2);
  ASSERT_OK(Start(absl::Hours(1)));
  EXPECT_TRUE(Becomes([&] {
    return Count(database_,
                 "due WHERE kind = 'persons.rotate' AND due_time BETWEEN "
                 "UTC_TIMESTAMP(6) + INTERVAL 58 MINUTE AND UTC_TIMESTAMP(6) + INTERVAL 1 HOUR") ==
           1;
  }));
  EXPECT_TRUE(Shows("puente_keys_newest_epoch 2"));
  EXPECT_TRUE(Shows("puente_keys_oldest_epoch 1"));
  EXPECT_EQ(Count(keys_.database(), "current_epoch WHERE epoch <> 1"), 0);
}

TEST_F(PersonKeysTest, AServerWithoutAKeyThatIsNeededDoesNotStart) {
  {
    const auto store = keys_.Store();
    ASSERT_OK(store->Start(0));
    ASSERT_OK(store->Create("7", {}));
  }
  keys_.folder().Generate(KeyKind::kEpoch, 2);
  keys_.folder().Remove(KeyKind::kEpoch, 1);
  const absl::Status why = Start();
  EXPECT_THAT(why, HasReason("KEY_MISSING"));
  EXPECT_EQ(MetadataOf(why, "path"), keys_.folder().PathOf(KeyKind::kEpoch, 1));
}

// The copy is of a time before person 7 was destroyed.
TEST_F(PersonKeysTest, ACopyOfTheKeysIsBroughtUpToDateBeforeAnybodyIsServed) {
  ASSERT_OK(Start());
  const auto store = keys_.Store();
  for (const char* person : {"7", "8"}) ASSERT_OK(store->Create(person, {}));
  sql::Connection connection(database_);
  testing::MustExecute(
      connection,
      absl::StrCat("INSERT INTO person (id, version, state, merged_into, identifier_scheme, sex,"
                   " birth_years, state_code, erase_time, state_reason, sealed, source,"
                   " record_kind, create_time, update_time) VALUES ('7', 1, ",
                   int{v1::PERSON_STATE_DESTROYED},
                   ", '', 1, 1, '', '', '2026-01-02', '', '', 'test', 1, '2026-01-01',"
                   " '2026-01-02')"));
  const absl::Status why = Start();
  EXPECT_THAT(why, HasReason("KEYS_RESTORED"));
  EXPECT_EQ(MetadataOf(why, "known"), "0");
  EXPECT_EQ(MetadataOf(why, "all"), "1");
  ASSERT_OK(hosted_->ReplayErasures());
  EXPECT_THAT(keys_.Store()->Get("7"), HasReason("PERSON_ERASED"));
  EXPECT_OK(store->Get("8"));
  EXPECT_OK(Start());
}

// Not before the keys with which its own was wrapped are of no use, and no later.
TEST_F(PersonKeysTest, ADestructionIsFinalWhenTheEpochOfItsKeyHasEnded) {
  ASSERT_OK(Start(absl::Hours(1)));
  keys_.folder().Generate(KeyKind::kEpoch, 2);  // which nothing is wrapped with yet
  EXPECT_TRUE(Shows("puente_keys_newest_epoch 2"));
  const auto store = keys_.Store();
  for (const char* person : {"7", "8"}) ASSERT_OK(store->Create(person, {}));
  sql::Connection connection(database_);
  testing::MustExecute(
      connection,
      absl::StrCat("INSERT INTO person (id, version, state, merged_into, identifier_scheme, sex,"
                   " birth_years, state_code, state_reason, sealed, source, record_kind,"
                   " create_time, update_time) VALUES ('7', 1, ",
                   int{v1::PERSON_STATE_DESTROYED},
                   ", '', 1, 1, '', '', '', 'x', 'test', 1, '2026-01-01', '2026-01-02')"));
  const auto is_due = [&](const std::string& kind, const std::string& key) {
    testing::MustExecute(connection,
                         "INSERT INTO due (kind, item_key, version, due_time, claim_time, holder,"
                         " attempts, last_error, progress) VALUES ('" +
                             kind + "', '" + key +
                             "', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), '', 0, '', '1')"
                             " ON DUPLICATE KEY UPDATE due_time = UTC_TIMESTAMP(6),"
                             " claim_time = UTC_TIMESTAMP(6), version = version + 1");
  };
  is_due("persons.destroy", "7");
  EXPECT_TRUE(Becomes([&] {
    return Count(database_, "person WHERE erase_time IS NOT NULL AND sealed = ''") == 1;
  }));
  EXPECT_THAT(keys_.Store()->Get("7"), HasReason("PERSON_ERASED"));
  EXPECT_TRUE(Becomes([&] {  // it has looked, and looks again later
    return Count(database_,
                 "due WHERE kind = 'persons.final' AND progress = '1' AND"
                 " due_time > UTC_TIMESTAMP(6) + INTERVAL 1 MINUTE") == 1;
  }));
  EXPECT_EQ(Count(database_, "person WHERE final_time IS NOT NULL"), 0);
  ASSERT_OK(Start());
  is_due("persons.rotate", "");  // which the first start has put off
  EXPECT_TRUE(Shows("puente_keys_oldest_epoch 2"));
  is_due("persons.final", "7");
  EXPECT_TRUE(
      Becomes([&] { return Count(database_, "person WHERE final_time IS NOT NULL") == 1; }));
}

}  // namespace
}  // namespace puente::education
