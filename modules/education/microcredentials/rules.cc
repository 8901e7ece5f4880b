#include "modules/education/microcredentials/rules.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/names/pattern.h"
#include "common/status/macros.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

const NamePattern& Pattern() {
  static const auto* pattern =
      new NamePattern("microcredentials/{microcredential}/versions/{version#}");
  return *pattern;
}

}  // namespace

VersionName VersionName::Of(const v1::MicrocredentialVersion& version) {
  VersionName name;
  const absl::StatusOr<std::vector<std::string>> ids = Pattern().Parse(version.name());
  if (!ids.ok() || !absl::SimpleAtoi((*ids)[1], &name.number)) return name;
  name.microcredential = (*ids)[0];
  return name;
}

std::string VersionName::Format() const {
  return Pattern().Format({microcredential, absl::StrCat(number)});
}

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

absl::Status CheckNext(const VersionName& name, int last) {
  if (name.number <= last) return Error(error::kVersionAlreadyExists, {{"name", name.Format()}});
  if (name.number == last + 1) return absl::OkStatus();
  return Error(error::kVersionNotNext, {{"name", name.Format()}, {"next", absl::StrCat(last + 1)}});
}

absl::StatusOr<v1::MicrocredentialVersion> Publish(const v1::MicrocredentialVersion& draft,
                                                   absl::Time now) {
  if (draft.state() != v1::MICROCREDENTIAL_STATE_DRAFT) {
    return Error(error::kVersionNotDraft,
                 {{"name", draft.name()}, {"state", v1::MicrocredentialState_Name(draft.state())}});
  }
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
