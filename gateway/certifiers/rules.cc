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

bool Covers(const v1::CertificationScope& scope, absl::string_view version, absl::CivilDay day) {
  const int number = NumberOf(version, scope.microcredential());
  const int first = std::max(scope.first_version(), 1);
  return (scope.later_versions() ? number >= first : number == first) &&
         ToCivilDay(scope.start_date()) <= day &&
         (!scope.has_end_date() || day <= ToCivilDay(scope.end_date()));
}

}  // namespace

bool Covers(const v1::Certifier& certifier, absl::string_view microcredential_version,
            absl::CivilDay day) {
  return absl::c_any_of(certifier.scopes(), [&](const v1::CertificationScope& scope) {
    return Covers(scope, microcredential_version, day);
  });
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
