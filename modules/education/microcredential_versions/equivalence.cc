#include "modules/education/microcredential_versions/equivalence.h"

#include <algorithm>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "modules/education/outcomes.h"

namespace puente::education {
namespace {

constexpr int64_t kTenThousandths = 10'000;

bool LevelsDiffer(const std::string& one, const std::string& other) {
  const std::vector<absl::string_view> a = absl::StrSplit(one, ':'), b = absl::StrSplit(other, ':');
  return a.size() == 2 && b.size() == 2 && a[0] == b[0] && a[1] != b[1];
}

}  // namespace

Outcomes OutcomesOf(const v1::MicrocredentialVersion& version) {
  return {SkillsOf(version), version.total_hours(), version.level()};
}

Outcomes OutcomesOf(const v1::CompetenceStandard& standard) {
  return {.skills = {standard.skills().begin(), standard.skills().end()},
          .level = absl::StrCat("conocer:", standard.level())};
}

int64_t NearnessE4(const Outcomes& one, const Outcomes& other) {
  const int64_t both = absl::c_count_if(
      one.skills, [&](const std::string& skill) { return other.skills.contains(skill); });
  const auto either = static_cast<int64_t>(one.skills.size() + other.skills.size()) - both;
  if (both == 0 || LevelsDiffer(one.level, other.level)) return 0;
  const auto [fewer, more] = std::minmax({one.hours, other.hours});
  const int64_t skills = both * kTenThousandths;
  return fewer == 0 ? skills / either : skills * fewer / (either * more);
}

size_t SkillsToLookUp(size_t skills) {
  const size_t shared = (skills * kEquivalentE4 + kTenThousandths - 1) / kTenThousandths;
  return skills == 0 ? 0 : skills - shared + 1;
}

}  // namespace puente::education
