#include "gateway/reports/files/files.h"

#include "google/protobuf/util/json_util.h"

namespace puente::gateway::reports {

absl::StatusOr<std::vector<File>> Render(const Content& content) {
  File file{"content.json", "application/json", ""};
  const auto written = google::protobuf::util::MessageToJsonString(content, &file.content);
  if (!written.ok()) return absl::InternalError(std::string(written.message()));
  return std::vector<File>{std::move(file)};
}

}  // namespace puente::gateway::reports
