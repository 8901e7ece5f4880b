// The life of an innovation project: it runs, then it ends once.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/status/error.h"
#include "puente/science/v1/innovation_project.pb.h"

namespace puente::science {

// ENDS_BEFORE_IT_STARTS.
std::vector<Violation> CheckDates(const v1::InnovationProject& project, const std::string& path);

// INNOVATION_PROJECT_ENDED unless it runs.
absl::Status CheckRuns(const v1::InnovationProject& project);

// The project with its last state and what came of it. INNOVATION_PROJECT_ENDED.
absl::StatusOr<v1::InnovationProject> End(const v1::InnovationProject& before,
                                          v1::InnovationProjectState state,
                                          const std::string& result);

}  // namespace puente::science
