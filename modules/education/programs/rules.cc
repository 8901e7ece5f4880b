#include "modules/education/programs/rules.h"

#include <map>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/context/behavior.h"
#include "common/context/values.h"
#include "common/status/macros.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::util::MessageDifferencer;

constexpr int64_t kTenThousandths = 10'000;

// "2027-2028" is from one year to the next; "2027" is a year.
bool IsPeriod(absl::string_view period) {
  const std::vector<absl::string_view> years = absl::StrSplit(period, '-');
  int64_t first = 0, second = 0;
  return years.size() < 2 || (absl::SimpleAtoi(years[0], &first) &&
                              absl::SimpleAtoi(years[1], &second) && second == first + 1);
}

// A field in protobuf's JSON; "" if it is not set.
std::string Json(const v1::ProgramVersion& version, const FieldDescriptor* field) {
  const auto& reflection = *version.GetReflection();
  if (field->is_repeated() ? reflection.FieldSize(version, field) == 0
                           : !reflection.HasField(version, field)) {
    return "";
  }
  v1::ProgramVersion alone = version;
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(version, &set);
  for (const FieldDescriptor* other : set) {
    if (other != field) reflection.ClearField(&alone, other);
  }
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(alone, &json);
  const size_t colon = json.find(':');
  return status.ok() && colon != json.npos ? json.substr(colon + 1, json.size() - colon - 2) : "";
}

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
  std::vector<Violation> violations;
  int64_t hours = 0;
  std::set<absl::string_view> codes, periods;
  for (int i = 0; i < version.outcomes_size(); ++i) {
    hours += version.outcomes(i).hours();
    if (!codes.insert(version.outcomes(i).code()).second) {
      violations.push_back({absl::StrCat(path, ".outcomes[", i, "].code"), "CODE_TWICE",
                            "Otro resultado anterior tiene este código.",
                            "An outcome before has this code."});
    }
  }
  if (hours > version.workload_hours()) {
    violations.push_back(
        {absl::StrCat(path, ".outcomes"),
         "HOURS_OVER_WORKLOAD",
         absl::StrCat("Las horas de los resultados suman ", hours, " y la carga de trabajo es de ",
                      version.workload_hours(), "."),
         absl::StrCat("The outcomes' hours add up to ", hours, ", over the workload of ",
                      version.workload_hours(), "."),
         {absl::StrCat(path, ".workload_hours")}});
  }
  for (int i = 0; i < version.seats_size(); ++i) {
    const std::string& period = version.seats(i).period();
    const std::string at = absl::StrCat(path, ".seats[", i, "].period");
    if (!periods.insert(period).second) {
      violations.push_back(
          {at, "PERIOD_TWICE", "El periodo ya aparece antes.", "The period stands there before."});
    }
    if (!IsPeriod(period)) {
      violations.push_back({at, "PERIOD_NO_YEAR", "Un ciclo va de un año al siguiente.",
                            "A school cycle is from one year to the next."});
    }
  }
  return violations;
}

int64_t CreditsE4(int64_t workload_hours, int64_t hours_per_credit) {
  return (2 * workload_hours * kTenThousandths + hours_per_credit) / (2 * hours_per_credit);
}

std::string SchoolCycle(absl::CivilDay day) {
  const absl::civil_year_t first = day.month() >= 8 ? day.year() : day.year() - 1;
  return absl::StrCat(first, "-", first + 1);
}

absl::Status CheckDraft(const v1::ProgramVersion& version) {
  if (version.state() == v1::PROGRAM_STATE_DRAFT) return absl::OkStatus();
  return Error(error::kProgramVersionNotDraft,
               {{"name", version.name()}, {"state", v1::ProgramState_Name(version.state())}});
}

absl::StatusOr<v1::ProgramVersion> Publish(const v1::ProgramVersion& draft, absl::Time now) {
  RETURN_IF_ERROR(CheckDraft(draft));
  v1::ProgramVersion after = draft;
  after.set_state(v1::PROGRAM_STATE_PUBLISHED);
  *after.mutable_publish_time() = ToProto(now);
  return after;
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
    std::string before = Json(from, field), after = Json(to, field);
    if (before == after) continue;
    v1::FieldChange* change = diff.add_changed_fields();
    change->set_field(field->name());
    change->set_before(std::move(before));
    change->set_after(std::move(after));
  }
  return diff;
}

}  // namespace puente::education
