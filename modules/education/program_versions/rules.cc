#include "modules/education/program_versions/rules.h"

#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/context/behavior.h"
#include "common/fields/rules.h"
#include "google/protobuf/util/message_differencer.h"
#include "modules/education/field_json.h"
#include "modules/education/outcomes.h"

namespace puente::education {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::util::MessageDifferencer;

// Pairs of a skill and of a period and campus. Each is a few figures that change when the version
// is published, in one transaction.
constexpr size_t kMostFigures = 5000;

void DiffOutcomes(const v1::ProgramVersion& from, const v1::ProgramVersion& to,
                  v1::ProgramVersionDiff& diff) {
  std::map<absl::string_view, const v1::ProgramOutcome*> before;
  for (const v1::ProgramOutcome& outcome : from.outcomes()) before[outcome.code()] = &outcome;
  std::set<absl::string_view> kept;
  for (const v1::ProgramOutcome& outcome : to.outcomes()) {
    const auto found = before.find(outcome.code());
    if (found == before.end()) {
      *diff.add_added_outcomes() = outcome;
      continue;
    }
    kept.insert(outcome.code());
    if (MessageDifferencer::Equals(*found->second, outcome)) continue;
    v1::OutcomeChange* change = diff.add_changed_outcomes();
    *change->mutable_before() = *found->second;
    *change->mutable_after() = outcome;
  }
  for (const v1::ProgramOutcome& outcome : from.outcomes()) {
    if (!kept.contains(outcome.code())) *diff.add_removed_outcomes() = outcome;
  }
}

}  // namespace

std::vector<Violation> CheckProgram(const v1::ProgramVersion& version, const std::string& path) {
  std::vector<Violation> violations = CheckHours(version, path);
  const size_t skills = SkillsOf(version).size();
  const auto offers = static_cast<size_t>(version.seats_size());
  if (offers * skills > kMostFigures) {
    violations.push_back(Against(rule::kTooManyFigures, "places"_is(offers), "skills"_is(skills),
                                 "most"_is(kMostFigures))
                             .At(absl::StrCat(path, ".seats"))
                             .Reading({absl::StrCat(path, ".outcomes")}));
  }
  const std::string of_organization = absl::StrCat(version.organization(), "/");
  std::map<std::pair<std::string, std::string>, std::string> places;
  for (int i = 0; i < version.seats_size(); ++i) {
    const v1::ProgramSeats& stated = version.seats(i);
    const std::string place = absl::StrCat(path, ".seats[", i, "]");
    if (!IsPeriod(stated.period())) {
      violations.push_back(Against(rule::kPeriodNoYear).At(absl::StrCat(place, ".period")));
    }
    if (!stated.campus().empty() && !absl::StartsWith(stated.campus(), of_organization)) {
      violations.push_back(
          Against(rule::kCampusOfAnother, "organization"_is(version.organization()))
              .At(absl::StrCat(place, ".campus"))
              .Reading({absl::StrCat(path, ".organization")}));
    }
    const auto [earlier, fresh] = places.try_emplace({stated.period(), stated.campus()}, place);
    if (fresh) continue;
    violations.push_back(Against(puente::rule::kUnique, "earlier"_is(earlier->second))
                             .At(place)
                             .Reading({earlier->second}));
  }
  return violations;
}

bool IsPeriod(absl::string_view period) {
  const std::vector<absl::string_view> years = absl::StrSplit(period, '-');
  int64_t first = 0, second = 0;
  return years.size() < 2 || (absl::SimpleAtoi(years[0], &first) &&
                              absl::SimpleAtoi(years[1], &second) && second == first + 1);
}

v1::ProgramVersionDiff Diff(const v1::ProgramVersion& from, const v1::ProgramVersion& to) {
  v1::ProgramVersionDiff diff;
  diff.set_from_version(from.name());
  diff.set_to_version(to.name());
  DiffOutcomes(from, to, diff);
  const auto& type = *v1::ProgramVersion::descriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (IsOfServer(*field) || field->name() == "outcomes") continue;
    std::string before = FieldJson(from, field), after = FieldJson(to, field);
    if (before == after) continue;
    v1::FieldChange* change = diff.add_changed_fields();
    change->set_field(field->name());
    change->set_before(std::move(before));
    change->set_after(std::move(after));
  }
  return diff;
}

}  // namespace puente::education
