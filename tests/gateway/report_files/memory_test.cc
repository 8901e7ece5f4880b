// A report of many rows, in a process of its own whose memory is looked at: from the pieces of an
// extract to the pieces of files nothing is held but the rows.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gateway/reports/compose.h"
#include "gateway/reports/files/files.h"
#include "google/protobuf/text_format.h"

namespace puente::gateway::reports {
namespace {

constexpr int64_t kStates = 32, kSkills = 625, kMonths = 10;
constexpr int64_t kRows = kStates * kSkills * kMonths;
// Three codes and three figures have 36 bytes, twice while tables are joined, beside their indexes.
constexpr int64_t kMostBytesARow = 120;
constexpr int64_t kBesides = 16 << 20;

// The file of an extract, a piece at a time.
class LargeExtract {
 public:
  std::string NextPiece() {
    std::string piece;
    if (row_ < 0) piece = Head();
    for (; piece.size() < 256 << 10 && row_ < kRows; ++row_) AddRow(piece);
    return piece;
  }

 private:
  std::string Head() {
    row_ = 0;
    std::string head =
        "{\"head\":{\"agency\":\"labor\",\"recordKind\":\"RECORD_KIND_GENERATED\"}}\n"
        "{\"table\":{\"table\":\"posts\",\"dimensions\":["
        "{\"dimension\":\"STATE\",\"codeList\":\"CL_STATE\"},"
        "{\"dimension\":\"SKILL\",\"codeList\":\"CL_SKILL\"},{\"dimension\":\"PERIOD\"}],"
        "\"measures\":[{\"measure\":\"A\",\"unit\":\"U\"},{\"measure\":\"B\",\"unit\":\"U\"},"
        "{\"measure\":\"C\",\"unit\":\"U\"}]}}\n";
    AddList("CL_STATE", kStates, head);
    AddList("CL_SKILL", kSkills, head);
    return head;
  }
  static void AddList(const char* list, int64_t count, std::string& head) {
    absl::StrAppend(&head, "{\"codeList\":{\"codeList\":\"", list, "\",\"codes\":[");
    for (int64_t i = 0; i < count; ++i) {
      absl::StrAppend(&head, i == 0 ? "" : ",", "{\"code\":\"", 10'000 + i, "\",\"nameEs\":\"n\"}");
    }
    absl::StrAppend(&head, "]}}\n");
  }
  void AddRow(std::string& piece) const {
    absl::StrAppend(&piece, "{\"row\":{\"table\":\"posts\",\"codes\":[\"",
                    10'000 + row_ / kMonths / kSkills, "\",\"", 10'000 + row_ / kMonths % kSkills,
                    "\",\"", 2000 + row_ % kMonths, "\"],\"figures\":[{\"value\":\"", row_,
                    "\"},{\"value\":\"0\"},{\"mark\":\"MARK_SUPPRESSED\"}]}}\n");
  }

  int64_t row_ = -1;
};

v1::ReportDefinition Definition() {
  v1::ReportDefinition definition;
  google::protobuf::TextFormat::ParseFromString(
      R"pb(
        name: "reportDefinitions/large"
        definition_version: 1
        tables {
          table: "posts"
          dimensions: "STATE"
          dimensions: "SKILL"
          dimensions: "PERIOD"
          sources { agency: "labor" table: "posts" measures: "A" measures: "B" measures: "C" }
        })pb",
      &definition);
  return definition;
}

int64_t Status(const std::string& field) {
  std::ifstream status("/proc/self/status");
  std::string word;
  int64_t kilobytes = 0;
  while (status >> word) {
    if (word == field) status >> kilobytes;
  }
  return kilobytes << 10;
}

// How many bytes of files, or -1.
int64_t MakeLarge() {
  LargeExtract file;
  Extracts extracts;
  auto extract =
      ReadExtract("labor", [&]() -> absl::StatusOr<std::string> { return file.NextPiece(); });
  if (!extract.ok()) return -1;
  extracts.emplace("labor", *std::move(extract));
  v1::Report report;
  report.set_name("reports/large");
  report.set_report_version("1.0.0");
  const auto told = Compose(report, Definition(), extracts);
  if (!told.ok() || std::ssize(told->rows[0]) != kRows) return -1;
  const auto view = View::Of(*told);
  if (!view.ok()) return -1;
  int64_t bytes = 0;
  const auto files = Render(*view, [&](const std::string&, absl::string_view piece) {
    bytes += static_cast<int64_t>(piece.size());
    return absl::OkStatus();
  });
  return files.ok() ? bytes : -1;
}

TEST(ReportOfManyRows, HoldsNothingButRowsInMemory) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    std::ofstream("/proc/self/clear_refs") << 5;  // the peak begins anew
    const int64_t before = Status("VmRSS:");
    const int64_t bytes = MakeLarge();
    const int64_t told[] = {bytes, Status("VmHWM:") - before};
    _exit(write(ends[1], told, sizeof told) == sizeof told ? 0 : 1);
  }
  close(ends[1]);
  int64_t told[2] = {-1, 0};
  EXPECT_EQ(read(ends[0], told, sizeof told), static_cast<ssize_t>(sizeof told));
  close(ends[0]);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  EXPECT_GT(told[0], 500 * kRows) << "bytes of files";
  EXPECT_LT(told[1], kMostBytesARow * kRows + kBesides) << "bytes of memory";
  RecordProperty("megabytes", absl::StrCat(told[1] >> 20));
}

}  // namespace
}  // namespace puente::gateway::reports
