#include "gateway/certifiers/rules.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "common/context/values.h"

namespace puente::gateway {
namespace {

constexpr int kUsualReviewDays = 60;

// The version's number, if it is one of this microcredential; else 0.
int NumberOf(absl::string_view version, absl::string_view microcredential) {
  int number = 0;
  const bool of_it = absl::ConsumePrefix(&version, microcredential) &&
                     absl::ConsumePrefix(&version, "/versions/") &&
                     absl::SimpleAtoi(version, &number);
  return of_it ? number : 0;
}

// Of a scope of any microcredential every version is.
bool IsOfMicrocredential(const v1::CertificationScope& scope, absl::string_view version) {
  if (scope.microcredential().empty()) return true;
  const int number = NumberOf(version, scope.microcredential());
  const int first = std::max(scope.first_version(), 1);
  return scope.later_versions() ? number >= first : number == first;
}

bool IsOnDay(const v1::CertificationScope& scope, absl::CivilDay day) {
  return ToCivilDay(scope.start_date()) <= day &&
         (!scope.has_end_date() || day <= ToCivilDay(scope.end_date()));
}

bool MayCover(const v1::CertificationScope& scope, absl::string_view version, absl::CivilDay day) {
  return IsOnDay(scope, day) && IsOfMicrocredential(scope, version);
}

bool Covers(const v1::CertificationScope& scope,
            const education::v1::MicrocredentialVersion& version, absl::CivilDay day) {
  const std::string& standard = scope.competence_standard();
  return MayCover(scope, version.name(), day) &&
         (scope.level().empty() || scope.level() == version.level()) &&
         (standard.empty() || absl::c_linear_search(version.competence_standards(), standard));
}

}  // namespace

bool MayCover(const v1::Certifier& certifier, absl::string_view microcredential_version,
              absl::CivilDay day) {
  return absl::c_any_of(certifier.scopes(), [&](const v1::CertificationScope& scope) {
    return MayCover(scope, microcredential_version, day);
  });
}

std::optional<std::set<std::string>> StatesCovered(
    const v1::Certifier& certifier, const education::v1::MicrocredentialVersion& version,
    absl::CivilDay day) {
  std::set<std::string> states;
  for (const v1::CertificationScope& scope : certifier.scopes()) {
    if (!Covers(scope, version, day)) continue;
    if (scope.state_codes().empty()) return std::set<std::string>();
    states.insert(scope.state_codes().begin(), scope.state_codes().end());
  }
  if (states.empty()) return std::nullopt;
  return states;
}

const std::string& KeyOf(const v1::CertificationScope& scope) {
  if (!scope.microcredential().empty()) return scope.microcredential();
  return scope.competence_standard().empty() ? scope.level() : scope.competence_standard();
}

std::vector<std::string> KeysOf(absl::string_view microcredential_version,
                                const std::vector<std::string>& competence_standards,
                                const std::string& level) {
  std::vector<std::string> keys = competence_standards;
  keys.emplace_back(microcredential_version.substr(0, microcredential_version.find("/versions/")));
  if (!level.empty()) keys.push_back(level);
  return keys;
}

bool IsLaterVersion(absl::string_view microcredential_version, absl::string_view than) {
  const absl::string_view microcredential = than.substr(0, than.find("/versions/"));
  return NumberOf(microcredential_version, microcredential) > NumberOf(than, microcredential);
}

bool HasConflict(const v1::Certifier& certifier, absl::string_view organization,
                 absl::string_view actor) {
  return absl::c_linear_search(certifier.conflicts(), organization) ||
         absl::c_any_of(certifier.reviewer_conflicts(), [&](const v1::ReviewerConflict& conflict) {
           return conflict.reviewer() == actor && conflict.organization() == organization;
         });
}

int ReviewDays(const v1::Certifier& certifier) {
  return certifier.review_days() == 0 ? kUsualReviewDays : certifier.review_days();
}

}  // namespace puente::gateway
