#include "modules/science/projects/rules.h"

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/status/macros.h"
#include "modules/science/errors.h"

namespace puente::science {

std::vector<Violation> CheckDates(const v1::InnovationProject& project, const std::string& path) {
  const auto start = ToDay(project.start_date()), end = ToDay(project.end_date());
  if (!start || !end || *start <= *end) return {};
  return {{absl::StrCat(path, ".end_date"),
           "ENDS_BEFORE_IT_STARTS",
           "El último día es anterior al primero.",
           "The last day is before the first.",
           {absl::StrCat(path, ".start_date")}}};
}

absl::Status CheckRuns(const v1::InnovationProject& project) {
  if (project.state() == v1::INNOVATION_PROJECT_STATE_RUNNING) return absl::OkStatus();
  return Error(error::kProjectEnded, {{"name", project.name()},
                                      {"state", v1::InnovationProjectState_Name(project.state())}});
}

absl::StatusOr<v1::InnovationProject> End(const v1::InnovationProject& before,
                                          v1::InnovationProjectState state,
                                          const std::string& result) {
  RETURN_IF_ERROR(CheckRuns(before));
  v1::InnovationProject after = before;
  after.set_state(state);
  after.set_result(result);
  return after;
}

}  // namespace puente::science
