// What a report is written as: the same content gives the same bytes, whoever writes it, wherever
// and when.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/reports/changes.h"
#include "gateway/reports/content.pb.h"

namespace puente::gateway::reports {

struct File {
  std::string path;  // in the report's folder: a name without a folder
  std::string media_type;
  std::string content;
};

// All files of a report, by path; UTF-8, lines end with LF. A content that contradicts itself
// (REPORT_CONTENT_WRONG) gives none. `changes` are those that it sums up; null of a first report.
absl::StatusOr<std::vector<File>> Render(const Content& content,
                                         const Comparison* changes = nullptr);

// The same bytes behind a byte-order mark, for spreadsheets that take UTF-8 for something else.
std::string WithByteOrderMark(absl::string_view csv);

}  // namespace puente::gateway::reports
