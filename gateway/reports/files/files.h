// What a report is written as: the same content gives the same bytes, whoever writes it, wherever
// and when.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/reports/changes.h"
#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {

// A file that was written.
struct File {
  std::string path;  // in the report's folder: a name without a folder
  std::string media_type;
  int64_t byte_count = 0;
  std::string sha256;  // hexadecimal
};

// The size of the pieces of a file, but for its last.
inline constexpr size_t kFilePiece = 64 << 10;
// Takes the pieces of one file after the other.
using KeepPiece = absl::FunctionRef<absl::Status(const std::string& path, absl::string_view piece)>;

// Writes all files of a report: UTF-8, lines end with LF. Returns them by path; the first error of
// `keep`, if it has one, or of reading `changes`: those that the content sums up, null of a first
// report.
absl::StatusOr<std::vector<File>> Render(const View& view, KeepPiece keep,
                                         const Comparison* changes = nullptr);

}  // namespace puente::gateway::reports
