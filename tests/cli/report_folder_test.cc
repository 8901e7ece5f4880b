#include "cli/report_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/context/file.h"
#include "common/crypto/digest.h"
#include "tests/cli/running.h"
#include "tests/testing/folder.h"

namespace puente::cli {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

// A folder with a manifest of two files; removed with the object.
class ReportFolder : public ::testing::Test {
 protected:
  ReportFolder() {
    Write("a.csv", "1,2\n");
    Write("b.json", "{}\n");
    Write("manifest.json", absl::StrCat(R"({"report": "need", "version": "1.0.0", "files": [)",
                                        Listed("a.csv", "1,2\n"), ",", Listed("b.json", "{}\n"),
                                        R"(], "signatures": []})"));
  }

  static std::string Listed(const std::string& path, const std::string& bytes) {
    return absl::StrCat(R"({"path": ")", path, R"(", "media_type": "x/y", "byte_count": )",
                        bytes.size(), R"(, "sha256": ")",
                        absl::BytesToHexString(crypto::Sha256(bytes)), R"("})");
  }
  void Write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  // Changes the manifest's text.
  void Replace(const std::string& from, const std::string& to) {
    const std::string text = *ReadFile((folder_ / "manifest.json").string());
    const std::string changed = absl::StrReplaceAll(text, {{from, to}});
    ASSERT_NE(changed, text);
    Write("manifest.json", changed);
  }
  Ran Verify(std::vector<const char*> more = {}) {
    const std::string folder = folder_.string();
    std::vector<const char*> arguments = {"report", "verify", folder.c_str()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunWith(arguments);
  }
  std::string Why() { return std::string(CheckReportFolder(folder_.string()).status().message()); }

  const testing::Folder own_;
  const fs::path folder_ = own_.path();
};

TEST_F(ReportFolder, ThatIsAsListedIsRight) {
  const Ran ran = Verify();
  EXPECT_EQ(ran.code, kOk) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("need 1.0.0: 2 files, all as the manifest says\nNot signed"));
}

TEST_F(ReportFolder, SaysThatSignaturesAreNotChecked) {
  Replace("\"signatures\": []", "\"signatures\": [\"x\"]");
  const Ran ran = Verify();
  EXPECT_EQ(ran.code, kOk) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("manifest says\nSignatures are not checked"));
}

TEST_F(ReportFolder, SaysWhichFileIsMissingChangedOrNotListed) {
  fs::remove(folder_ / "a.csv");
  Write("b.json", "[]\n");
  Write("c.txt", "");
  fs::create_directory(folder_ / "d");
  const Ran ran = Verify({"--format", "csv"});
  EXPECT_EQ(ran.code, kFailure);
  EXPECT_EQ(ran.out, "file,state\na.csv,missing\nb.json,changed\nc.txt,not listed\nd,not listed\n");
  const std::string folder = folder_.string();
  EXPECT_EQ(RunWith({"report", "verify", folder.c_str(), "--format", "csv"}, "es").out, ran.out);
  const Ran shown = Verify();
  EXPECT_EQ(shown.code, kFailure);
  EXPECT_THAT(shown.out, HasSubstr("b.json"));
  EXPECT_THAT(shown.err, HasSubstr("4 files are not as the manifest says"));
  EXPECT_THAT(Verify({"--format", "json"}).out, HasSubstr("\"state\": \"not_listed\""));
}

TEST_F(ReportFolder, AByteOrderMarkBeforeACsvIsPassedOver) {
  Write("a.csv", absl::StrCat(kByteOrderMark, "1,2\n"));
  EXPECT_EQ(Verify().code, kOk);
  Write("a.csv", absl::StrCat(kByteOrderMark, "1,3\n"));
  EXPECT_EQ(Verify({"--format", "csv"}).out, "file,state\na.csv,changed\n");
  Write("a.csv", "xyz1,2\n");
  Write("b.json", absl::StrCat(kByteOrderMark, "{}\n"));
  EXPECT_EQ(Verify({"--format", "csv"}).out, "file,state\na.csv,changed\nb.json,changed\n");
}

TEST_F(ReportFolder, ALinkIsNoFileOfIt) {
  fs::rename(folder_ / "a.csv", folder_ / "elsewhere");
  fs::create_symlink(folder_ / "elsewhere", folder_ / "a.csv");
  EXPECT_EQ(Verify({"--format", "csv"}).out, "file,state\na.csv,changed\nelsewhere,not listed\n");
}

TEST_F(ReportFolder, NamesNeverLeaveIt) {
  for (const char* const name : {"../a.csv", "/etc/passwd", "..", ".", "", "d/a.csv", "d\\\\a.csv",
                                 "a.csv\\u0000", "manifest.json", ".hidden"}) {
    Write("manifest.json",
          absl::StrCat(R"({"files": [)", Listed(name, ""), R"(], "signatures": []})"));
    EXPECT_THAT(Why(), HasSubstr("is not the name of a file in the folder")) << name;
    EXPECT_EQ(Verify().code, kFailure);
  }
}

TEST_F(ReportFolder, ABrokenManifestIsAClearError) {
  Replace("\"signatures\": []", "\"signatures\": 1");
  EXPECT_THAT(Why(), HasSubstr("\"signatures\" is not a list"));
  Replace("\"byte_count\": 4", "\"byte_count\": -4");
  EXPECT_THAT(Why(), HasSubstr("files[0]: \"byte_count\" is not a number of bytes"));
  Replace("\"sha256\": \"", "\"sha256\": \"x");
  EXPECT_THAT(Why(), HasSubstr("files[0]: \"sha256\" is not 64 hexadecimal digits"));
  Replace("\"files\": [", "\"files\": [3,");
  EXPECT_THAT(Why(), HasSubstr("files[0] is not an object"));
  Replace("\"files\": [", "\"files\": {}, \"others\": [");
  EXPECT_THAT(Why(), HasSubstr("\"files\" is not a list"));
  Write("manifest.json", "{\"files\": ");
  EXPECT_THAT(Why(), HasSubstr("manifest.json: it is not a JSON object"));
  Write("manifest.json", std::string(100000, '['));
  EXPECT_THAT(Why(), HasSubstr("manifest.json: it is not a JSON object"));
  fs::remove(folder_ / "manifest.json");
  EXPECT_THAT(Why(), HasSubstr("has no manifest.json"));
  const Ran ran = RunWith({"report", "verify", "/nowhere/at/all"});
  EXPECT_EQ(ran.code, kFailure);
  EXPECT_THAT(ran.err, HasSubstr("/nowhere/at/all is not a folder"));
}

TEST_F(ReportFolder, AManifestOfNothingIsBroken) {
  Replace("\"version\": \"1.0.0\"", "\"version\": \"\"");
  EXPECT_THAT(Why(), HasSubstr("it has no \"version\""));
  Replace("\"report\": \"need\", ", "");
  EXPECT_THAT(Why(), HasSubstr("it has no \"report\""));
  Write("manifest.json",
        R"({"report": "need", "version": "1.0.0", "files": [], "signatures": []})");
  EXPECT_THAT(Why(), HasSubstr("\"files\" is empty"));
  EXPECT_EQ(Verify().code, kFailure);
}

TEST_F(ReportFolder, AFileThatIsListedTwiceIsRefused) {
  Replace("b.json", "a.csv");
  EXPECT_THAT(Why(), HasSubstr("\"a.csv\" is listed twice"));
}

}  // namespace
}  // namespace puente::cli
