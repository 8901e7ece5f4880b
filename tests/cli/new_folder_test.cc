// A folder that is there whole, or not at all. Full disks: tests/clients/reports_page_test.py.
#include "cli/new_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <set>

#include "common/context/file.h"
#include "tests/testing/folder.h"

namespace puente::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

class NewFolderTest : public ::testing::Test {
 protected:
  std::set<std::string> Names(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
    return names;
  }

  const testing::Folder own_;
  const fs::path place_ = own_.path();
};

TEST_F(NewFolderTest, IsThereOnceItIsFinished) {
  NewFolder folder(place_ / "made/");
  ASSERT_FALSE(folder.Begin());
  ASSERT_FALSE(folder.BeginFile("a"));
  ASSERT_FALSE(folder.Write("one "));
  ASSERT_FALSE(folder.Write("two"));
  ASSERT_FALSE(folder.BeginFile("dropped"));
  ASSERT_FALSE(folder.Write("three"));
  folder.DropFile();
  ASSERT_FALSE(folder.BeginFile("empty"));
  EXPECT_FALSE(fs::exists(place_ / "made"));
  ASSERT_FALSE(folder.Finish());
  EXPECT_THAT(Names(place_), ElementsAre("made"));
  EXPECT_THAT(Names(place_ / "made"), ElementsAre("a", "empty"));
  EXPECT_EQ(ReadFile(place_ / "made/a"), "one two");
}

TEST_F(NewFolderTest, LeavesNothingThatIsNotFinished) {
  {
    NewFolder folder(place_ / "made");
    ASSERT_FALSE(folder.Begin());
    ASSERT_FALSE(folder.BeginFile("a"));
    ASSERT_FALSE(folder.Write("one"));
  }
  EXPECT_THAT(Names(place_), IsEmpty());
}

TEST_F(NewFolderTest, TakesNobodysPlace) {
  fs::create_directories(place_ / "made/of-another");
  {
    NewFolder folder(place_ / "made");
    ASSERT_FALSE(folder.Begin());
    ASSERT_FALSE(folder.BeginFile("a"));
    EXPECT_EQ(folder.BeginFile("a"), std::errc::file_exists);
    EXPECT_EQ(folder.Finish(), std::errc::directory_not_empty);
  }
  EXPECT_THAT(Names(place_), ElementsAre("made"));
  EXPECT_THAT(Names(place_ / "made"), ElementsAre("of-another"));
}

TEST_F(NewFolderTest, SaysWhyItCannotBe) {
  EXPECT_EQ(NewFolder(place_ / "none/made").Begin(), std::errc::no_such_file_or_directory);
}

}  // namespace
}  // namespace puente::cli
