// What holds for versions of microcredentials, whoever stores them.
#pragma once

#include <cstdint>
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

// A version's name, taken apart.
struct VersionName {
  std::string microcredential;
  int number = 0;  // 1 to 999,999

  // "welding-tig", 2 of a stored "microcredentials/welding-tig/versions/2".
  static VersionName Of(const v1::MicrocredentialVersion& version);
  std::string Format() const;
};

// HOURS_OVER_WORKLOAD if the outcomes' hours add up to more than the workload.
std::vector<Violation> CheckHours(const v1::MicrocredentialVersion& version,
                                  const std::string& path);

// OK if `name` comes right after the last number, 0 if there is none yet.
// MICROCREDENTIAL_VERSION_ALREADY_EXISTS or MICROCREDENTIAL_VERSION_NOT_NEXT.
absl::Status CheckNext(const VersionName& name, int last);

// The version as it is from `now` on. MICROCREDENTIAL_VERSION_NOT_DRAFT.
absl::StatusOr<v1::MicrocredentialVersion> Publish(const v1::MicrocredentialVersion& draft,
                                                   absl::Time now);

// The skills that a version certifies, each once.
std::set<std::string> SkillsOf(const v1::MicrocredentialVersion& version);

}  // namespace puente::education
