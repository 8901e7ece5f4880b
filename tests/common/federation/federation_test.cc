#include "common/federation/federation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/testing/folder.h"

namespace puente {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Federation, NamesServersAndCallers) {
  const auto federation = ParseFederation("/repo/var/federation.json", R"({
    "gateway": {"address": "127.0.0.1:1", "admin": "127.0.0.1:2"},
    "modules": {"labor": {"address": "127.0.0.1:3"}},
    "pids": {"labor": 7},
    "callers": {"council/cce": {"ca": "/c/ca.pem", "certificate": "tls/cce.pem", "key": "/k.pem"}}
  })");
  ASSERT_TRUE(federation.ok()) << federation.status();
  EXPECT_EQ(federation->addresses.at("gateway"), "127.0.0.1:1");
  EXPECT_EQ(federation->addresses.at("labor"), "127.0.0.1:3");
  const identity::TlsFiles& files = federation->callers.at("council/cce");
  EXPECT_EQ(files.ca, "/c/ca.pem");
  EXPECT_EQ(files.certificate, "/repo/var/tls/cce.pem");
}

TEST(Federation, ThatIsBrokenSaysSo) {
  EXPECT_EQ(ParseFederation("f.json", "{").status().message(), "f.json is not a JSON object");
  EXPECT_EQ(ParseFederation("f.json", "{}").status().message(), "f.json names no callers");
}

TEST(Federation, ThatIsMissingIsNotFound) {
  EXPECT_EQ(ReadFederation("/nowhere/federation.json").status().message(),
            "there is no /nowhere/federation.json");
}

// Works in a folder, with a federation there and one in the folder above.
class Nearest : public ::testing::Test {
 protected:
  Nearest() : root_(fs::canonical(folder_.path())) {
    Write(root_);
    Write(root_ / "work");
    fs::current_path(root_ / "work");
  }
  ~Nearest() override { fs::current_path(before_); }

  static void Write(const fs::path& folder) {
    fs::create_directories(folder / "var");
    std::ofstream(folder / "var/federation.json") << R"({"callers": {"council/cce": {}}})";
  }
  // The nearer one is passed over.
  void ExpectTheOneAbove() {
    const auto federation = ReadFederation("");
    ASSERT_TRUE(federation.ok()) << federation.status();
    EXPECT_EQ(federation->file, (root_ / "var/federation.json").string());
    EXPECT_THAT(federation->passed_over, ElementsAre(file_.string()));
  }
  void ExpectTheNearest() {
    const auto federation = ReadFederation("");
    ASSERT_TRUE(federation.ok()) << federation.status();
    EXPECT_EQ(federation->file, file_.string());
    EXPECT_THAT(federation->passed_over, IsEmpty());
  }

  const fs::path before_ = fs::current_path();
  const testing::Folder folder_;
  const fs::path root_;
  const fs::path file_ = root_ / "work/var/federation.json";
};

TEST_F(Nearest, IsTakenWhereOthersCannotWrite) {
  ExpectTheNearest();
  ASSERT_EQ(chmod((root_ / "work").c_str(), 01777), 0);  // as /tmp
  ExpectTheNearest();
}

TEST_F(Nearest, IsPassedOverWhereOthersCanWrite) {
  for (const fs::path& path : {file_, root_ / "work/var", root_ / "work"}) {
    SCOPED_TRACE(path.string());
    ASSERT_EQ(chmod(path.c_str(), 0777), 0);
    ExpectTheOneAbove();
    ASSERT_EQ(chmod(path.c_str(), 0755), 0);
  }
  ASSERT_EQ(chmod(file_.c_str(), 0666), 0);
  EXPECT_TRUE(ReadFederation(file_.string()).ok()) << "whoever names it says that it is right";
}

// /tmp/var/federation.json of somebody else.
TEST_F(Nearest, IsPassedOverIfItIsAnothers) {
  if (geteuid() != 0) GTEST_SKIP() << "root alone gives files away";
  ASSERT_EQ(chmod((root_ / "work").c_str(), 01777), 0);
  for (const fs::path& path : {file_, root_ / "work/var"}) {
    SCOPED_TRACE(path.string());
    ASSERT_EQ(chown(path.c_str(), 12345, 0), 0);
    ExpectTheOneAbove();
    ASSERT_EQ(chown(path.c_str(), 0, 0), 0);
  }
  ASSERT_EQ(chown(file_.c_str(), 0, 12345), 0);
  ASSERT_EQ(chmod(file_.c_str(), 0664), 0);
  ExpectTheOneAbove();
}

TEST_F(Nearest, IsWhatALinkLeadsTo) {
  fs::rename(file_, root_ / "work/another.json");
  fs::create_symlink(root_ / "work/another.json", file_);
  ExpectTheNearest();
  ASSERT_EQ(chmod((root_ / "work/another.json").c_str(), 0666), 0);
  ExpectTheOneAbove();
}

}  // namespace
}  // namespace puente
