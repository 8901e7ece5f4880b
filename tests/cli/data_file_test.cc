#include "cli/data_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "puente/economy/v1/sector_table.pb.h"
#include "tests/testing/folder.h"

namespace puente::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

std::string File(const std::string& requests, const std::string& method = "CreateSectorTable") {
  return R"({"service": "puente.economy.v1.SectorTableService", "method": ")" + method +
         R"(", "as": "agency/economy", "ordered": true, "requests": )" + requests + "}";
}

TEST(DataFile, HoldsRequestsWithIdsThatStayTheSame) {
  const std::string text = File(R"([{"sectorTableId": "a"}, {"sectorTableId": "b"}])");
  const auto file = ParseDataFile("x.json", text);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->server, "economy");
  EXPECT_EQ(file->caller, "agency/economy");
  EXPECT_TRUE(file->ordered);
  ASSERT_EQ(file->requests.size(), 2u);
  const auto id = [](const DataFile& data, size_t index) {
    return static_cast<const economy::v1::CreateSectorTableRequest&>(*data.requests[index])
        .request_id();
  };
  EXPECT_THAT(id(*file, 0),
              MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_NE(id(*file, 0), id(*file, 1));
  EXPECT_EQ(id(*file, 0), id(*ParseDataFile("other/name.json", text), 0));
}

TEST(DataFile, ThatIsWrongSaysWhere) {
  const auto why = [](const std::string& text) {
    return std::string(ParseDataFile("x.json", text).status().message());
  };
  EXPECT_THAT(why("[]"), HasSubstr("x.json: it is not a JSON object"));
  EXPECT_THAT(why(File(R"([{}, {"sectorTable": {"nome": 1}}])")), HasSubstr("requests[1]"));
  EXPECT_THAT(why(File("[]", "NoMethod")), HasSubstr("has no method \"NoMethod\""));
  EXPECT_THAT(why(File("{}")), HasSubstr("\"requests\" is not a list"));
  EXPECT_THAT(why(R"({"service": "CountedKindService", "method": "CreateCountedKind"})"),
              HasSubstr("\"server\" does not say which one answers"));
}

TEST(DataFiles, OfTheBundledFolderCanAllBeRead) {
  const auto paths = DataFiles("data");
  ASSERT_TRUE(paths.ok()) << paths.status();
  for (const std::string& path : *paths) {
    const auto file = ReadDataFile(path);
    EXPECT_TRUE(file.ok()) << file.status();
  }
}

TEST(DataFiles, OfAnOwnerThatCannotBeListedAreAnError) {
  const testing::Folder folder;
  std::filesystem::create_directory(folder.path() / "labor");
  std::ofstream(folder.path() / "labor" / "a.json") << "{}";
  EXPECT_TRUE(DataFiles(folder.path().string()).ok()) << "the others have none";
  std::ofstream(folder.path() / "science") << "no folder";
  EXPECT_THAT(std::string(DataFiles(folder.path().string()).status().message()),
              HasSubstr("science: Not a directory"));
}

TEST(DataFiles, OfAFolderWithoutAnyAreAnError) {
  EXPECT_THAT(std::string(DataFiles("docs-that-do-not-exist").status().message()),
              HasSubstr("has no data"));
}

}  // namespace
}  // namespace puente::cli
