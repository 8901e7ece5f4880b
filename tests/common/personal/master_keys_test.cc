// Files of keys, and keys in memory.
#include "common/personal/master_keys.h"

#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/testing/key_folder.h"
#include "tests/testing/status.h"

namespace puente::personal {
namespace {

using ::puente::testing::HasReason;

constexpr char kDigits[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

// Of the mapping that holds an address, as /proc/self/smaps says them: "rd wr … dd".
std::string FlagsOf(const void* address) {
  std::ifstream maps("/proc/self/smaps");
  const auto wanted = reinterpret_cast<uintptr_t>(address);
  bool within = false;
  for (std::string line; std::getline(maps, line);) {
    unsigned long from = 0, to = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx ", &from, &to) == 2) {
      within = from <= wanted && wanted < to;
    }
    if (within && absl::StartsWith(line, "VmFlags:")) return line;
  }
  return "";
}

class Folder : public ::testing::Test {
 protected:
  Folder() {
    folder_.Write("personal-hash-1", std::string(kDigits) + "\n");
    folder_.Write("personal-epoch-1", kDigits);
  }

  // What reading says: a reason, and texts that name the path and not what is in it.
  void Expect(const std::string& reason, const std::string& path) const {
    const absl::Status read = MasterKeys::Read(folder_.path()).status();
    EXPECT_THAT(read, HasReason(reason));
    for (const Locale locale : {Locale::kSpanish, Locale::kEnglish}) {
      const std::string text = Text(read, locale);
      EXPECT_TRUE(absl::StrContains(text, path)) << text;
      EXPECT_FALSE(absl::StrContains(text, "0001020304")) << text;
    }
  }

  const KeyFolder folder_;
};

TEST_F(Folder, HasKeysByNumber) {
  folder_.Write("personal-epoch-12", std::string(62, 'a') + "ff");
  folder_.Write("personal-epoch-012", "of another kind");
  folder_.Write("tls.key", "of another kind", 0644);
  ASSERT_OK_AND_ASSIGN(const MasterKeys keys, MasterKeys::Read(folder_.path()));
  EXPECT_EQ(keys.hash_keys().size(), 1);
  EXPECT_EQ(keys.hash_keys().at(1).view(), absl::HexStringToBytes(kDigits));
  EXPECT_EQ(keys.epochs().size(), 2);
  EXPECT_EQ(keys.newest_epoch(), 12);
  ASSERT_OK_AND_ASSIGN(const crypto::SecretKey* const key, keys.Epoch(12));
  EXPECT_EQ(key->view().back(), '\xFF');
  const absl::Status missing = keys.Epoch(2).status();
  EXPECT_THAT(missing, HasReason("KEY_MISSING"));
  EXPECT_EQ(MetadataOf(missing, "path"), folder_.path() + "/personal-epoch-2");
}

TEST_F(Folder, AnotherStateHasAnotherStamp) {
  std::set<std::string> stamps = {MasterKeys::Stamp(folder_.path())};
  const auto another = [&] { return stamps.insert(MasterKeys::Stamp(folder_.path())).second; };
  EXPECT_FALSE(another());
  folder_.Generate(KeyKind::kEpoch, 2);
  EXPECT_TRUE(another());
  folder_.Write("personal-epoch-2", std::string(kDigits) + "\n");
  EXPECT_TRUE(another()) << "of another content";
  ASSERT_EQ(chmod(folder_.PathOf(KeyKind::kEpoch, 2).c_str(), 0400), 0);
  EXPECT_TRUE(another());
  folder_.Remove(KeyKind::kEpoch, 2);
  EXPECT_TRUE(another());
  ASSERT_EQ(chmod(folder_.path().c_str(), 0750), 0);
  EXPECT_EQ(MasterKeys::Stamp(folder_.path()), "");
}

// A copy of an old key is new.
TEST_F(Folder, SaysSinceWhenTheNewestEpochIsThere) {
  const absl::Time before = absl::Now() - absl::Seconds(1);  // files have a coarser clock
  folder_.Generate(KeyKind::kEpoch, 2);
  std::filesystem::last_write_time(
      folder_.PathOf(KeyKind::kEpoch, 2),
      std::filesystem::file_time_type::clock::now() - std::chrono::hours(1000));
  const absl::Time there = folder_.Keys()->newest_epoch_time();
  EXPECT_GT(there, before);
  EXPECT_LT(there, absl::Now() + absl::Seconds(1));
  folder_.Write("personal-epoch-1", kDigits);
  EXPECT_EQ(folder_.Keys()->newest_epoch_time(), there);
}

TEST_F(Folder, WithoutAKeyOfEachKindIsRefused) {
  folder_.Remove(KeyKind::kHash, 1);
  Expect("KEY_MISSING", "personal-hash-1");
  folder_.Generate(KeyKind::kHash, 1);
  folder_.Remove(KeyKind::kEpoch, 1);
  Expect("KEY_MISSING", "personal-epoch-1");
}

TEST_F(Folder, AKeyOfAnotherFormIsRefused) {
  for (const std::string& wrong :
       {std::string(), std::string("\n"), std::string(kDigits, 62), std::string(kDigits) + "00",
        std::string(kDigits) + "\n\n", std::string(kDigits) + "\r\n", " " + std::string(kDigits),
        std::string(kDigits, 62) + "1F", std::string(kDigits, 62) + "1g",
        std::string(kDigits, 62) + std::string(2, '\0'), std::string(100'000, 'a')}) {
    folder_.Write("personal-epoch-2", wrong);
    Expect("KEY_MALFORMED", "personal-epoch-2");
  }
}

TEST_F(Folder, AKeyThatOthersReachIsRefused) {
  const std::string path = folder_.PathOf(KeyKind::kEpoch, 1);
  for (const mode_t mode : {0640, 0620, 0610, 0604, 0602, 0601, 0666}) {
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    Expect("KEYS_EXPOSED", path);
  }
  ASSERT_EQ(chmod(path.c_str(), 0400), 0);
  EXPECT_OK(MasterKeys::Read(folder_.path()));
  if (geteuid() != 0) return;
  ASSERT_EQ(chown(path.c_str(), 12345, 0), 0);
  Expect("KEYS_EXPOSED", path);
}

TEST_F(Folder, OneThatOthersEnterIsRefused) {
  for (const mode_t mode : {0750, 0705, 0701, 0777}) {
    ASSERT_EQ(chmod(folder_.path().c_str(), mode), 0);
    Expect("KEYS_EXPOSED", folder_.path());
    EXPECT_THAT(GenerateKey(folder_.path(), KeyKind::kEpoch, 2), HasReason("KEYS_EXPOSED"));
  }
  ASSERT_EQ(chmod(folder_.path().c_str(), 0500), 0);
  EXPECT_OK(MasterKeys::Read(folder_.path()));
  ASSERT_EQ(chmod(folder_.path().c_str(), 0700), 0);
}

// What root makes there the server can't read; and a chown to root would take the server down.
TEST_F(Folder, OfTheServersUserIsNotRootsToUse) {
  if (geteuid() != 0) GTEST_SKIP() << "root alone reaches another's folder";
  ASSERT_EQ(chown(folder_.path().c_str(), 12345, 0), 0);
  for (const absl::Status& refused : {MasterKeys::Read(folder_.path()).status(),
                                      GenerateKey(folder_.path(), KeyKind::kEpoch, 2)}) {
    EXPECT_THAT(refused, HasReason("KEYS_OF_ANOTHER"));
    EXPECT_TRUE(absl::StrContains(Text(refused, Locale::kEnglish), "runuser -u 12345 --"));
  }
  EXPECT_FALSE(std::filesystem::exists(folder_.PathOf(KeyKind::kEpoch, 2)));
}

TEST_F(Folder, LinksAndWhatIsNoFileAreRefused) {
  const std::string path = folder_.PathOf(KeyKind::kEpoch, 2);
  ASSERT_EQ(symlink("personal-epoch-1", path.c_str()), 0);
  Expect("KEY_UNREADABLE", path);
  folder_.Remove(KeyKind::kEpoch, 2);
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  Expect("KEY_UNREADABLE", path);
  folder_.Remove(KeyKind::kEpoch, 2);
  ASSERT_EQ(mkdir(path.c_str(), 0700), 0);
  Expect("KEY_UNREADABLE", path);
  folder_.Remove(KeyKind::kEpoch, 2);

  const KeyFolder other;
  const std::string link = other.path() + "/link";
  ASSERT_EQ(symlink(folder_.path().c_str(), link.c_str()), 0);
  EXPECT_THAT(MasterKeys::Read(link), HasReason("KEYS_FOLDER_UNREADABLE"));
  EXPECT_THAT(MasterKeys::Read(other.path() + "/none"), HasReason("KEYS_FOLDER_UNREADABLE"));
  EXPECT_THAT(MasterKeys::Read(path), HasReason("KEYS_FOLDER_UNREADABLE"));
}

TEST_F(Folder, OfCredentialsLetsSystemdsAccessListStand) {
  unsetenv("CREDENTIALS_DIRECTORY");
  EXPECT_THAT(MasterKeys::Read(""), HasReason("KEYS_FOLDER_UNREADABLE"));
  setenv("CREDENTIALS_DIRECTORY", folder_.path().c_str(), 1);
  EXPECT_OK(MasterKeys::Read(""));
  const std::string path = folder_.PathOf(KeyKind::kEpoch, 1);
  ASSERT_EQ(chmod(path.c_str(), 0440), 0);
  const bool root = geteuid() == 0;
  EXPECT_EQ(MasterKeys::Read("").ok(), root) << "the mask of a list of root's";
  ASSERT_EQ(chmod(path.c_str(), 0404), 0);
  Expect("KEYS_EXPOSED", path);
  ASSERT_EQ(chmod(path.c_str(), 0420), 0);
  Expect("KEYS_EXPOSED", path);
  unsetenv("CREDENTIALS_DIRECTORY");
}

TEST_F(Folder, AGeneratedKeyIsItsOwnersAloneAndReplacesNone) {
  EXPECT_THAT(GenerateKey(folder_.path(), KeyKind::kEpoch, 1), HasReason("KEY_EXISTS"));
  const mode_t before = umask(0);
  folder_.Generate(KeyKind::kEpoch, 2);
  folder_.Generate(KeyKind::kEpoch, 3);
  umask(before);
  struct stat file;
  ASSERT_EQ(stat(folder_.PathOf(KeyKind::kEpoch, 2).c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 07777, 0600);
  EXPECT_EQ(file.st_size, 65);
  ASSERT_OK_AND_ASSIGN(const MasterKeys keys, MasterKeys::Read(folder_.path()));
  ASSERT_OK_AND_ASSIGN(const crypto::SecretKey* const first, keys.Epoch(1));
  EXPECT_EQ(first->view(), absl::HexStringToBytes(kDigits)) << "replaced";
  EXPECT_NE(keys.epochs().at(2).view(), keys.epochs().at(3).view());
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    EXPECT_FALSE(absl::StartsWith(entry.path().filename().string(), ".")) << "a draft was left";
    ++files;
  }
  EXPECT_EQ(files, 4);
}

TEST(SecretKey, IsLeftOutOfCoreFilesAndWipedWhenGivenBack) {
  const char* where = nullptr;
  {
    const crypto::SecretKey key = crypto::SecretKey::Random();
    where = key.view().data();
    EXPECT_NE(key.view(), std::string(32, '\0'));
    const std::string flags = FlagsOf(where);
    EXPECT_TRUE(absl::StrContains(flags, " dd")) << flags;
  }
  // libsodium keeps the page readable: it belongs to keys still to come.
  EXPECT_EQ(absl::string_view(where, 32), std::string(32, '\0'));
}

TEST(SecretKey, IsWipedWhereItWasMovedFromAndOver) {
  crypto::SecretKey one = crypto::SecretKey::Random();
  const std::string bytes(one.view());
  crypto::SecretKey other = std::move(one);
  EXPECT_EQ(other.view(), bytes);
  const char* const where = other.view().data();
  {
    crypto::SecretKey third;
    third = std::move(other);
    EXPECT_EQ(third.view(), bytes);
  }
  EXPECT_EQ(absl::string_view(where, 32), std::string(32, '\0'));
}

}  // namespace
}  // namespace puente::personal
