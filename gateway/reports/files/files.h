// The files of a report: a pure function of what it says.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/reports/content.pb.h"

namespace puente::gateway::reports {

struct File {
  std::string path;  // within the report's folder, "need-by-state.csv"
  std::string media_type;
  std::string content;
};

// By path.
absl::StatusOr<std::vector<File>> Render(const Content& content);

}  // namespace puente::gateway::reports
