// Whether a published version is certified on a day, since when, and until when it stays so.
#pragma once

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "puente/education/v1/certification.pb.h"

namespace puente::education::coverage {

struct Condition {
  bool certified = false;
  absl::CivilDay since;                // the first day on which it is so
  std::optional<absl::CivilDay> next;  // the first on which it is not, as planned

  bool operator==(const Condition&) const = default;
};

// Of a version that was published on a day, for learners in the state of its organization: "" for
// one of the ministry, for which every certification counts.
Condition ConditionOn(absl::CivilDay today, absl::CivilDay published, absl::string_view state,
                      const std::vector<v1::Certification>& certifications);

}  // namespace puente::education::coverage
