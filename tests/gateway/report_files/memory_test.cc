// A report of many rows, in a process of its own whose memory is looked at: from the pieces of an
// extract to the pieces of files nothing is held but the rows.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gateway/reports/changes.h"
#include "gateway/reports/compose.h"
#include "gateway/reports/files/files.h"
#include "tests/testing/text.h"

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
  return testing::Of<v1::ReportDefinition>(R"pb(
    name: "reportDefinitions/large"
    definition_version: 1
    tables {
      table: "posts"
      dimensions: "STATE"
      dimensions: "SKILL"
      dimensions: "PERIOD"
      sources { agency: "labor" table: "posts" measures: "A" measures: "B" measures: "C" }
    })pb");
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

// Rows of which the first code was replaced, one after the other.
class ManyRows final : public RowSource {
 public:
  absl::StatusOr<const api::v1::FigureRow*> Next() override {
    if (row_ == kRows) return nullptr;
    said_.Clear();
    for (const int64_t code :
         {row_ / kMonths / kSkills, row_ / kMonths % kSkills, row_ % kMonths}) {
      said_.add_codes(absl::StrCat(10'000 + code));
    }
    for (int i = 0; i < 3; ++i) said_.add_figures()->set_value(row_);
    ++row_;
    return &said_;
  }

 private:
  int64_t row_ = 0;
  api::v1::FigureRow said_;
};

class CountChanges final : public ChangeVisitor {
 public:
  void See(const Change&) override {}
  void SeeRow(const TablePair&, const RowChange& change) override {
    if (change.kind == v1::REPORT_CHANGE_KIND_ROW_REMOVED) ++removed;
  }
  int64_t removed = 0;
};

// How many rows are gone, or -1.
int64_t CompareReplaced() {
  const Content content = testing::Of<Content>(R"pb(
    tables {
      table {
        table: "posts"
        dimensions { dimension: "STATE" code_list: "CL_STATE" }
        dimensions { dimension: "SKILL" code_list: "CL_SKILL" }
        dimensions { dimension: "PERIOD" }
        measures { measure: "A" unit: "U" }
        measures { measure: "B" unit: "U" }
        measures { measure: "C" unit: "U" }
      }
    })pb");
  Replaced replaced;
  for (int64_t i = 0; i < kStates; ++i) {
    replaced["CL_STATE"][absl::StrCat(10'000 + i)] = absl::StrCat(20'000 + i);
  }
  const Rows none(3, 3);
  const Comparison comparison{
      {content, [](const std::string&) { return std::make_unique<ManyRows>(); }},
      {content, [&](const std::string&) { return InMemory(none); }},
      replaced};
  CountChanges count;
  return comparison.Show(count).ok() ? count.removed : -1;
}

struct Grown {
  int64_t result = -1;
  int64_t bytes = 0;
};

// In a process of its own: what comes of it, and by how much its memory grew.
Grown InAProcess(int64_t (*work)()) {
  Grown grown;
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  EXPECT_GE(child, 0);
  if (child == 0) {
    std::ofstream("/proc/self/clear_refs") << 5;  // the peak begins anew
    const int64_t before = Status("VmRSS:");
    grown.result = work();
    grown.bytes = Status("VmHWM:") - before;
    _exit(write(ends[1], &grown, sizeof grown) == sizeof grown ? 0 : 1);
  }
  close(ends[1]);
  EXPECT_EQ(read(ends[0], &grown, sizeof grown), static_cast<ssize_t>(sizeof grown));
  close(ends[0]);
  int status = 1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  return grown;
}

TEST(ReportOfManyRows, HoldsNothingButRowsInMemory) {
  const Grown grown = InAProcess(&MakeLarge);
  EXPECT_GT(grown.result, 500 * kRows) << "bytes of files";
  EXPECT_LT(grown.bytes, kMostBytesARow * kRows + kBesides) << "bytes of memory";
  RecordProperty("megabytes", absl::StrCat(grown.bytes >> 20));
}

TEST(ReportOfManyRows, SetsThoseOfReplacedCodesAsideAsNumbers) {
  const Grown grown = InAProcess(&CompareReplaced);
  EXPECT_EQ(grown.result, kRows);
  EXPECT_LT(grown.bytes, kMostBytesARow * kRows + kBesides) << "bytes of memory";
  RecordProperty("megabytes", absl::StrCat(grown.bytes >> 20));
}

}  // namespace
}  // namespace puente::gateway::reports
