#include "modules/education/national_profiles/rules.h"

#include <cstdint>

#include "absl/algorithm/container.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/fields/rules.h"
#include "google/protobuf/descriptor.h"
#include "modules/education/errors.h"
#include "modules/education/field_json.h"
#include "re2/re2.h"

namespace puente::education {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Path = std::vector<const FieldDescriptor*>;

// Of a field of a version, "outcomes.hours"; empty if there is none.
Path Resolve(const std::string& field) {
  Path path;
  const auto* type = v1::MicrocredentialVersion::descriptor();
  for (const absl::string_view name : absl::StrSplit(field, '.')) {
    const FieldDescriptor* next =
        type == nullptr ? nullptr : type->FindFieldByName(std::string(name));
    if (next == nullptr) return {};
    path.push_back(next);
    type = next->message_type();
  }
  return path;
}

// Calls `take` with each message that has the last field of a path, and where that stands:
// "outcomes[2].hours".
using Take = absl::FunctionRef<void(const Message& holder, const std::string& place)>;
void EachHolder(const Message& message, const Path& path, size_t depth, const std::string& under,
                Take take) {
  const FieldDescriptor* field = path[depth];
  const std::string place = absl::StrCat(under, under.empty() ? "" : ".", field->name());
  const auto& reflection = *message.GetReflection();
  if (depth + 1 == path.size()) {
    take(message, place);
  } else if (!field->is_repeated()) {
    EachHolder(reflection.GetMessage(message, field), path, depth + 1, place, take);
  } else {
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      EachHolder(reflection.GetRepeatedMessage(message, field, i), path, depth + 1,
                 absl::StrCat(place, "[", i, "]"), take);
    }
  }
}

bool IsText(const FieldDescriptor& field) {
  return field.type() == FieldDescriptor::TYPE_STRING || field.enum_type() != nullptr;
}

bool IsNumber(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
         field.cpp_type() == FieldDescriptor::CPPTYPE_INT64;
}

bool CanBeChecked(v1::ProfileCheck check, const FieldDescriptor& field) {
  switch (check) {
    case v1::PROFILE_CHECK_ONE_OF:
    case v1::PROFILE_CHECK_MATCHES:
      return IsText(field);
    case v1::PROFILE_CHECK_BETWEEN:
      return field.is_repeated() || IsNumber(field);
    default:
      return true;
  }
}

bool IsPresent(const Message& holder, const FieldDescriptor* field) {
  const auto& reflection = *holder.GetReflection();
  return field->is_repeated() ? reflection.FieldSize(holder, field) > 0
                              : reflection.HasField(holder, field);
}

// How many there are, or how much it is.
int64_t NumberOf(const Message& holder, const FieldDescriptor* field) {
  const auto& reflection = *holder.GetReflection();
  if (field->is_repeated()) return reflection.FieldSize(holder, field);
  return field->cpp_type() == FieldDescriptor::CPPTYPE_INT32 ? reflection.GetInt32(holder, field)
                                                             : reflection.GetInt64(holder, field);
}

// All of them; of what is no list the one, perhaps "".
std::vector<std::string> TextsOf(const Message& holder, const FieldDescriptor* field) {
  const auto& reflection = *holder.GetReflection();
  const bool is_enum = field->enum_type() != nullptr;
  if (!field->is_repeated()) {
    return {is_enum ? reflection.GetEnum(holder, field)->name()
                    : reflection.GetString(holder, field)};
  }
  std::vector<std::string> texts;
  for (int i = 0; i < reflection.FieldSize(holder, field); ++i) {
    texts.push_back(is_enum ? reflection.GetRepeatedEnum(holder, field, i)->name()
                            : reflection.GetRepeatedString(holder, field, i));
  }
  return texts;
}

bool Meets(const v1::ProfileRequirement& requirement, const RE2& pattern, const Message& holder,
           const FieldDescriptor* field) {
  switch (requirement.check()) {
    case v1::PROFILE_CHECK_ONE_OF:
      return absl::c_all_of(TextsOf(holder, field), [&](const std::string& text) {
        return absl::c_linear_search(requirement.values(), text);
      });
    case v1::PROFILE_CHECK_MATCHES:
      return absl::c_all_of(TextsOf(holder, field),
                            [&](const std::string& text) { return RE2::FullMatch(text, pattern); });
    case v1::PROFILE_CHECK_BETWEEN: {
      const int64_t number = NumberOf(holder, field);
      return requirement.min() <= number && number <= requirement.max();
    }
    default:
      return IsPresent(holder, field);
  }
}

}  // namespace

std::vector<Violation> CheckRequirements(const v1::NationalProfile& profile,
                                         const std::string& path) {
  std::vector<Violation> violations;
  for (int i = 0; i < profile.requirements_size(); ++i) {
    const v1::ProfileRequirement& requirement = profile.requirements(i);
    const std::string place = absl::StrCat(path, ".requirements[", i, "]");
    const Path field = Resolve(requirement.field());
    if (field.empty() || !CanBeChecked(requirement.check(), *field.back())) {
      violations.push_back(Against(rule::kProfileField).At(absl::StrCat(place, ".field")));
    }
    if (requirement.check() == v1::PROFILE_CHECK_ONE_OF && requirement.values().empty()) {
      violations.push_back(Against(puente::rule::kRequired).At(absl::StrCat(place, ".values")));
    }
    if (requirement.check() == v1::PROFILE_CHECK_MATCHES &&
        !RE2(requirement.pattern(), RE2::Quiet).ok()) {
      violations.push_back(Against(rule::kProfilePattern).At(absl::StrCat(place, ".pattern")));
    }
    if (requirement.check() == v1::PROFILE_CHECK_BETWEEN && requirement.min() > requirement.max()) {
      violations.push_back(Against(rule::kProfileRange).At(absl::StrCat(place, ".max")));
    }
  }
  return violations;
}

v1::ProfileReport Report(const v1::NationalProfile& profile,
                         const v1::MicrocredentialVersion& version, Locale locale) {
  v1::ProfileReport report;
  report.set_microcredential_version(version.name());
  report.set_national_profile(profile.name());
  for (const v1::ProfileRequirement& requirement : profile.requirements()) {
    const Path path = Resolve(requirement.field());
    if (path.empty()) continue;
    const RE2 pattern(requirement.pattern(), RE2::Quiet);
    const bool english = locale == Locale::kEnglish && !requirement.remedy_en().empty();
    EachHolder(version, path, 0, "", [&](const Message& holder, const std::string& place) {
      if (Meets(requirement, pattern, holder, path.back())) return;
      v1::Departure& departure = *report.add_departures();
      departure.set_field(place);
      departure.set_rule(requirement.rule());
      departure.set_value(FieldJson(holder, path.back()));
      departure.set_remedy(english ? requirement.remedy_en() : requirement.remedy_es());
    });
  }
  report.set_conforms(report.departures().empty());
  return report;
}

}  // namespace puente::education
