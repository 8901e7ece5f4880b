// A server that keeps persons: what it needs to start, and keys that change while it runs.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/match.h"
#include "common/hosting/config.h"
#include "schema/personal.h"
#include "tests/common/hosting/hosted.h"
#include "tests/testing/database.h"
#include "tests/testing/person_keys.h"

namespace puente::hosting {
namespace {

using personal::KeyKind;
using testing::Database;
using testing::HasReason;
using testing::PersonKeys;

class PersonsTest : public HostedTest {
 protected:
  // Starts the store as a module does, and answers with nothing of it.
  class Keeper final : public Module {
   public:
    Keeper(const Surroundings& around, personal::KeyStore*& told)
        : persons_(*around.host.persons()) {
      testing::AnswerTheRest(around.host.Serve<VacancyService>());
      told = &persons_;
    }
    absl::Status Start() override { return persons_.Start(0); }

   private:
    personal::KeyStore& persons_;
  };

  PersonsTest() {
    kind_ = Kind("labor");
    kind_.migrations = schema::personal();  // any
    kind_.keeps_persons = true;
    kind_.make = [this](const Surroundings& around) -> absl::StatusOr<std::unique_ptr<Module>> {
      return std::make_unique<Keeper>(around, persons_);
    };
    database_ = Database::Shared().NewSchema(kind_.migrations);
    config_ = testing::ServerConfig(kind_, database_, ca_, registry_);
  }

  const personal::KeyFolder& folder() const { return PersonKeys::Of(database_).folder(); }
  absl::StatusOr<std::unique_ptr<Hosted>> Make() {
    return Hosted::Make(kind_, config_, api::v1::HOSTING_OWN_PROCESS);
  }

  ModuleKind kind_;
  sql::Target database_;
  config::Server config_;
  personal::KeyStore* persons_ = nullptr;
};

TEST_F(PersonsTest, AConfigurationNamesKeysWherePersonsAreKeptAndNowhereElse) {
  const auto where = [&](const std::function<void(config::Server&)>& spoil) {
    config::Server config = config_;
    spoil(config);
    const absl::Status wrong = CheckConfig(config, kind_);
    EXPECT_THAT(wrong, HasReason("CONFIG_INVALID"));
    return MetadataOf(wrong, "where");
  };
  EXPECT_OK(CheckConfig(config_, kind_));
  EXPECT_EQ(where([](auto& s) { s.clear_personal_keys(); }), "personal_keys");
  EXPECT_EQ(where([](auto& s) { s.mutable_personal_keys()->clear_database(); }),
            "personal_keys.database");
  EXPECT_EQ(where([](auto& s) { s.mutable_personal_keys()->mutable_database()->clear_user(); }),
            "personal_keys.database.user");
  EXPECT_EQ(where([](auto& s) { *s.mutable_personal_keys()->mutable_database() = s.database(); }),
            "personal_keys.database.schema");
  EXPECT_EQ(
      where([](auto& s) { s.mutable_personal_keys()->mutable_rotate_after()->set_seconds(-1); }),
      "personal_keys.rotate_after");
  kind_.keeps_persons = false;
  EXPECT_EQ(where([](auto&) {}), "personal_keys");
  const std::string exposed = ca_.folder() + "/exposed";
  std::ofstream(exposed) << "password";
  ASSERT_EQ(chmod(exposed.c_str(), 0644), 0);
  config_.mutable_personal_keys()->mutable_database()->set_password_file(exposed);
  EXPECT_EQ(MetadataOf(KeyDatabaseOf(config_).status(), "where"),
            "personal_keys.database.password_file");
}

TEST_F(PersonsTest, NoServerStartsWithoutGoodKeysAndTheirSchema) {
  const auto refused = [&](const std::string& reason, const std::string& path) {
    const absl::Status why = Make().status();
    EXPECT_THAT(why, HasReason(reason));
    EXPECT_EQ(MetadataOf(why, "path"), path);
  };
  const std::string epoch = folder().PathOf(KeyKind::kEpoch, 1);
  ASSERT_EQ(chmod(epoch.c_str(), 0640), 0);
  refused("KEYS_EXPOSED", epoch);
  ASSERT_EQ(chmod(epoch.c_str(), 0600), 0);
  ASSERT_EQ(chmod(folder().path().c_str(), 0750), 0);
  refused("KEYS_EXPOSED", folder().path());
  ASSERT_EQ(chmod(folder().path().c_str(), 0700), 0);
  folder().Remove(KeyKind::kEpoch, 1);
  refused("KEY_MISSING", epoch);
  folder().Generate(KeyKind::kEpoch, 1);
  EXPECT_OK(Make());

  const config::PersonalKeys good = config_.personal_keys();
  config_.mutable_personal_keys()->set_folder("/none");
  refused("KEYS_FOLDER_UNREADABLE", "/none");
  *config_.mutable_personal_keys() = good;
  config_.mutable_personal_keys()->mutable_database()->set_schema(
      Database::Shared().NewSchema().schema);
  EXPECT_THAT(Make(), HasReason("SCHEMA_VERSION_MISMATCH"));
}

TEST_F(PersonsTest, KeysThatChangeAreReadAnewAndBadOnesAreNot) {
  auto hosted = Make();
  ASSERT_OK(hosted);
  ASSERT_OK((*hosted)->Start());
  ASSERT_NE(persons_, nullptr);
  ASSERT_OK(persons_->Create("7", {}));
  const auto shows = [&](const std::string& metric) {
    return Becomes([&] {
      return absl::StrContains(HttpGet((*hosted)->admin_address(), "/metrics"), metric + "\n");
    });
  };
  EXPECT_TRUE(shows("puente_keys_newest_epoch 1"));
  EXPECT_TRUE(shows("puente_keys_oldest_epoch 1"));
  folder().Generate(KeyKind::kEpoch, 2);
  EXPECT_TRUE(shows("puente_keys_newest_epoch 2"));

  // One that others can read, and then none where one is needed: the old ones stay.
  folder().Write("personal-epoch-3", std::string(64, 'a'), 0644);
  EXPECT_TRUE(shows("puente_keys_refused_total 1"));
  folder().Remove(KeyKind::kEpoch, 3);
  const std::string first = folder().PathOf(KeyKind::kEpoch, 1);
  std::filesystem::rename(first, ca_.folder() + "/away");
  EXPECT_TRUE(shows("puente_keys_refused_total 2"));
  EXPECT_TRUE(shows("puente_keys_newest_epoch 2"));
  EXPECT_OK(persons_->Create("8", {}));
  std::filesystem::rename(ca_.folder() + "/away", first);
  folder().Generate(KeyKind::kEpoch, 3);
  EXPECT_TRUE(shows("puente_keys_newest_epoch 3"));
  EXPECT_TRUE(shows("puente_keys_oldest_epoch 1"));
}

}  // namespace
}  // namespace puente::hosting
