#include "modules/education/microcredentials/rules.h"

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/status/macros.h"
#include "modules/education/errors.h"

namespace puente::education {
std::vector<Violation> CheckHours(const v1::MicrocredentialVersion& version,
                                  const std::string& path) {
  int64_t hours = 0;
  for (const v1::LearningOutcome& outcome : version.outcomes()) hours += outcome.hours();
  if (hours <= version.workload_hours()) return {};
  return {{absl::StrCat(path, ".outcomes"),
           "HOURS_OVER_WORKLOAD",
           absl::StrCat("Las horas de los resultados suman ", hours,
                        " y la carga de trabajo es de ", version.workload_hours(), "."),
           absl::StrCat("The outcomes' hours add up to ", hours, ", over the workload of ",
                        version.workload_hours(), "."),
           {absl::StrCat(path, ".workload_hours")}}};
}

absl::Status CheckDraft(const v1::MicrocredentialVersion& version) {
  if (version.state() == v1::MICROCREDENTIAL_STATE_DRAFT) return absl::OkStatus();
  return Error(
      error::kVersionNotDraft,
      {{"name", version.name()}, {"state", v1::MicrocredentialState_Name(version.state())}});
}

absl::StatusOr<v1::MicrocredentialVersion> Publish(const v1::MicrocredentialVersion& draft,
                                                   absl::Time now) {
  RETURN_IF_ERROR(CheckDraft(draft));
  v1::MicrocredentialVersion after = draft;
  after.set_state(v1::MICROCREDENTIAL_STATE_PUBLISHED);
  *after.mutable_publish_time() = ToProto(now);
  return after;
}

std::set<std::string> SkillsOf(const v1::MicrocredentialVersion& version) {
  std::set<std::string> skills;
  for (const v1::LearningOutcome& outcome : version.outcomes()) {
    skills.insert(outcome.skills().begin(), outcome.skills().end());
  }
  return skills;
}

}  // namespace puente::education
