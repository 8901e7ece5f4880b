// The files of a report, by name.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/loading/csv.h"
#include "gateway/reports/files/files.h"
#include "tests/gateway/report_files/told.h"

namespace puente::gateway::reports {

// A file, and what is in it.
struct RenderedFile : File {
  std::string content;
};

class Rendered {
 public:
  explicit Rendered(const Content& content) : Rendered(ToldOf(content)) {}
  explicit Rendered(const Told& told, const Comparison* changes = nullptr) {
    std::map<std::string, std::string> pieces;
    const auto view = View::Of(told);
    status_ = view.status();
    if (!view.ok()) return;
    const auto files = Render(
        *view,
        [&](const std::string& path, absl::string_view piece) {
          EXPECT_LE(piece.size(), kFilePiece);
          absl::StrAppend(&pieces[path], piece);
          return absl::OkStatus();
        },
        changes);
    status_ = files.status();
    if (!files.ok()) return;
    for (const File& file : *files) files_[file.path] = {file, pieces[file.path]};
  }
  const absl::Status& status() const { return status_; }
  const std::map<std::string, RenderedFile>& files() const { return files_; }
  const std::string& operator[](const std::string& path) const {
    static const std::string none;
    const auto found = files_.find(path);
    EXPECT_TRUE(found != files_.end()) << path << " " << status_;
    return found == files_.end() ? none : found->second.content;
  }

 private:
  absl::Status status_;
  std::map<std::string, RenderedFile> files_;
};

using CsvRows = std::vector<std::vector<std::string>>;

// As libcsv reads it.
inline CsvRows ParseCsv(const std::string& csv) {
  CsvRows rows;
  loading::CsvReader reader(',', '"');
  const auto sink = [&](const loading::CsvRow& row) {
    EXPECT_TRUE(row.end == loading::CsvRow::End::kLine) << row.line;
    rows.emplace_back(row.fields.begin(), row.fields.end());
  };
  reader.Feed(csv, sink);
  reader.Finish(sink);
  return rows;
}

}  // namespace puente::gateway::reports
