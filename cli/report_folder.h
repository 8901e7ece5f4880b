// A report's folder held against its manifest, offline.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace puente::cli {

// Before a CSV file, if it was asked for: some spreadsheets take UTF-8 for something else without.
inline constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// A file that is not as the manifest says.
struct ReportFault {
  enum Kind {
    kMissing,   // listed, and not there
    kChanged,   // of other bytes
    kUnlisted,  // there, and not listed
  };
  std::string path;
  Kind kind;
};

struct ReportCheck {
  std::string report;   // "need-and-teaching-2026-q3"
  std::string version;  // "1.0.0"
  size_t file_count = 0;
  size_t signature_count = 0;
  std::vector<ReportFault> faults = {};  // by path
};

// Reads nothing outside the folder, whatever its manifest says: names are of files in it, and what
// is a link counts as changed. A manifest that can't be read, or that contradicts itself, is an
// error whose text says what is wrong with it.
absl::StatusOr<ReportCheck> CheckReportFolder(const std::string& folder);

}  // namespace puente::cli
