#include "modules/education/microcredential_versions/rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/context/values.h"
#include "common/fields/rules.h"
#include "modules/education/errors.h"
#include "modules/education/field_json.h"

namespace puente::education {
namespace {

// "microcredentials/x" of the name of a version.
absl::string_view MicrocredentialOf(absl::string_view version) {
  return version.substr(0, version.find("/versions/"));
}

// An outcome as it is compared, and its text.
struct Compared {
  std::string statement;
  std::string json;
};

// In the order of the version. Skills are sorted, each once.
std::vector<Compared> OutcomesOf(const v1::MicrocredentialVersion& version) {
  std::vector<Compared> outcomes;
  for (v1::LearningOutcome outcome : version.outcomes()) {
    const std::set<std::string> skills(outcome.skills().begin(), outcome.skills().end());
    outcome.mutable_skills()->Assign(skills.begin(), skills.end());
    outcomes.push_back({outcome.statement(), Json(outcome)});
  }
  return outcomes;
}

// Takes the first that `is` holds for out of `outcomes`; "" if there is none.
std::string TakeFirst(std::vector<Compared>& outcomes,
                      absl::FunctionRef<bool(const Compared&)> is) {
  const auto found = std::find_if(outcomes.begin(), outcomes.end(), is);
  if (found == outcomes.end()) return "";
  std::string json = std::move(found->json);
  outcomes.erase(found);
  return json;
}

// With what it stacks on sorted: that order says nothing.
v1::MicrocredentialVersion InOrder(v1::MicrocredentialVersion version) {
  for (auto* names : {version.mutable_parts(), version.mutable_prerequisites(),
                      version.mutable_competence_standards()}) {
    std::sort(names->begin(), names->end());
  }
  return version;
}

void AddDifference(absl::string_view field, std::string value, std::string other_value,
                   v1::MicrocredentialComparison& comparison) {
  v1::MicrocredentialDifference& difference = *comparison.add_differences();
  difference.set_field(std::string(field));
  difference.set_value(std::move(value));
  difference.set_other_value(std::move(other_value));
}

void CompareOutcomes(const v1::MicrocredentialVersion& one, const v1::MicrocredentialVersion& other,
                     v1::MicrocredentialComparison& comparison) {
  std::vector<Compared> differ, others = OutcomesOf(other);
  for (Compared& outcome : OutcomesOf(one)) {
    const auto equal = [&](const Compared& o) { return o.json == outcome.json; };
    if (TakeFirst(others, equal).empty()) differ.push_back(std::move(outcome));
  }
  for (Compared& outcome : differ) {
    std::string likely =
        TakeFirst(others, [&](const Compared& o) { return o.statement == outcome.statement; });
    AddDifference("outcomes", std::move(outcome.json), std::move(likely), comparison);
  }
  for (Compared& outcome : others)
    AddDifference("outcomes", "", std::move(outcome.json), comparison);
}

}  // namespace

std::vector<Violation> CheckSameOrganization(const v1::MicrocredentialVersion& earlier,
                                             const v1::MicrocredentialVersion& created,
                                             const std::string& path) {
  if (earlier.organization() == created.organization()) return {};
  return {Against(rule::kOrganizationOfAnotherVersion, "version"_is(earlier.name()),
                  "organization"_is(earlier.organization()))
              .At(absl::StrCat(path, ".organization"))};
}

std::vector<Violation> CheckStacking(const v1::MicrocredentialVersion& version,
                                     const std::string& path) {
  std::vector<Violation> violations;
  std::map<absl::string_view, std::string> places;  // of microcredentials
  const auto check = [&](const auto& names, absl::string_view field) {
    for (int i = 0; i < names.size(); ++i) {
      const std::string place = absl::StrCat(path, ".", field, "[", i, "]");
      const absl::string_view named = MicrocredentialOf(names[i]);
      const auto [earlier, fresh] = places.try_emplace(named, place);
      if (named == MicrocredentialOf(version.name())) {
        violations.push_back(Against(rule::kStacksOnItself).At(place));
      } else if (!fresh) {
        violations.push_back(
            Against(puente::rule::kUnique, "earlier"_is(earlier->second)).At(place));
      }
    }
  };
  check(version.parts(), "parts");
  check(version.prerequisites(), "prerequisites");
  return violations;
}

std::vector<Violation> CheckReview(const v1::MicrocredentialVersion& version) {
  if (!version.has_review_date() ||
      ToCivilDay(version.review_date()) >= ToCivilDay(version.issue_date())) {
    return {};
  }
  return {Against(puente::rule::kNotBefore, "other"_is("issue_date")).At("review_date")};
}

v1::MicrocredentialComparison Compare(const v1::MicrocredentialVersion& one,
                                      const v1::MicrocredentialVersion& other) {
  v1::MicrocredentialComparison comparison;
  comparison.set_microcredential_version(one.name());
  comparison.set_other_version(other.name());
  CompareOutcomes(one, other, comparison);
  const v1::MicrocredentialVersion sorted = InOrder(one), other_sorted = InOrder(other);
  const auto& type = *v1::MicrocredentialVersion::descriptor();
  for (const char* name : {"workload_hours", "level", "assessment_type", "parts", "prerequisites",
                           "competence_standards"}) {
    const auto* field = type.FindFieldByName(name);
    std::string value = FieldJson(sorted, field), other_value = FieldJson(other_sorted, field);
    if (value == other_value) continue;
    AddDifference(name, std::move(value), std::move(other_value), comparison);
  }
  comparison.set_equal(comparison.differences().empty());
  return comparison;
}

}  // namespace puente::education
