// What holds for versions of microcredentials, whoever stores them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/status/error.h"
#include "puente/education/v1/microcredential.pb.h"

namespace puente::education {

// HOURS_OVER_WORKLOAD if the outcomes' hours add up to more than the workload.
std::vector<Violation> CheckHours(const v1::MicrocredentialVersion& version,
                                  const std::string& path);

// MICROCREDENTIAL_VERSION_NOT_DRAFT.
absl::Status CheckDraft(const v1::MicrocredentialVersion& version);

// The version as it is from `now` on. MICROCREDENTIAL_VERSION_NOT_DRAFT.
absl::StatusOr<v1::MicrocredentialVersion> Publish(const v1::MicrocredentialVersion& draft,
                                                   absl::Time now);

// The skills that a version certifies, each once.
std::set<std::string> SkillsOf(const v1::MicrocredentialVersion& version);

}  // namespace puente::education
