// The files of a report, by name.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "common/loading/csv.h"
#include "gateway/reports/files/files.h"

namespace puente::gateway::reports {

class Rendered {
 public:
  explicit Rendered(const Content& content) {
    auto files = Render(content);
    EXPECT_TRUE(files.ok()) << files.status();
    if (!files.ok()) return;
    for (File& file : *files) files_[file.path] = std::move(file);
  }
  const std::map<std::string, File>& files() const { return files_; }
  const std::string& operator[](const std::string& path) const {
    static const std::string none;
    const auto found = files_.find(path);
    EXPECT_TRUE(found != files_.end()) << path;
    return found == files_.end() ? none : found->second.content;
  }

 private:
  std::map<std::string, File> files_;
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
