// What is wrong with values beside others: `unique` and `not_before`.
#include "absl/algorithm/container.h"
#include "common/context/values.h"
#include "common/fields/message_plan.h"
#include "common/fields/rules.h"
#include "google/type/date.pb.h"

namespace puente::fields {
namespace {

using google::protobuf::Reflection;

// A text or an enum's number as text; "" if it is empty or not said.
std::string ValueOf(const Message& message, const FieldDescriptor* field, int index = -1) {
  const Reflection& reflection = *message.GetReflection();
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    return index < 0 ? reflection.GetString(message, field)
                     : reflection.GetRepeatedString(message, field, index);
  }
  const int number = index < 0 ? reflection.GetEnumValue(message, field)
                               : reflection.GetRepeatedEnumValue(message, field, index);
  return number == 0 ? "" : absl::StrCat(number);
}

// Notes a value; says so if an earlier place has the same.
void NoteUnique(std::map<std::string, std::string>& places, std::string value, const Place& place,
                Violations& violations) {
  if (value.empty()) return;
  const auto [earlier, fresh] = places.emplace(std::move(value), "");
  if (fresh) {
    earlier->second = place.Path();
    return;
  }
  violations.push_back(Against(rule::kUnique, "earlier"_is(earlier->second))
                           .At(place.Path())
                           .Reading({earlier->second}));
}

}  // namespace

bool MessagePlan::ComparesWithin() const {
  return absl::c_any_of(fields_, [](const Field& field) {
    return field.rules.unique() || field.not_before != nullptr ||
           (field.nested != nullptr && field.nested->ComparesWithin());
  });
}

void MessagePlan::Compare(const Message& message, const Place* parent,
                          Violations& violations) const {
  const Reflection& reflection = *message.GetReflection();
  for (const Field& field : fields_) {
    if (field.not_before != nullptr) CompareDates(field, message, parent, violations);
    if (field.field->is_repeated()) CompareElements(field, message, parent, violations);
    if (field.nested == nullptr || field.by_mask || field.field->is_repeated()) continue;
    if (!reflection.HasField(message, field.field)) continue;
    const Place place{parent, field.field->name(), -1};
    field.nested->Compare(reflection.GetMessage(message, field.field), &place, violations);
  }
}

void MessagePlan::CompareElements(const Field& field, const Message& message, const Place* parent,
                                  Violations& violations) {
  const Reflection& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, field.field);
  if (field.rules.unique()) {
    std::map<std::string, std::string> places;
    for (int i = 0; i < size; ++i) {
      NoteUnique(places, ValueOf(message, field.field, i), {parent, field.field->name(), i},
                 violations);
    }
  }
  if (field.nested == nullptr) return;
  for (const Field& within : field.nested->fields_) {
    if (!within.rules.unique() || within.field->is_repeated()) continue;
    std::map<std::string, std::string> places;
    for (int i = 0; i < size; ++i) {
      const Place element{parent, field.field->name(), i};
      NoteUnique(places,
                 ValueOf(reflection.GetRepeatedMessage(message, field.field, i), within.field),
                 {&element, within.field->name(), -1}, violations);
    }
  }
  if (!field.nested->ComparesWithin()) return;
  for (int i = 0; i < size; ++i) {
    const Place element{parent, field.field->name(), i};
    field.nested->Compare(reflection.GetRepeatedMessage(message, field.field, i), &element,
                          violations);
  }
}

void MessagePlan::CompareDates(const Field& field, const Message& message, const Place* parent,
                               Violations& violations) {
  const Reflection& reflection = *message.GetReflection();
  const auto day = [&](const FieldDescriptor* of) -> std::optional<absl::CivilDay> {
    if (!reflection.HasField(message, of)) return std::nullopt;
    return ToDay(static_cast<const google::type::Date&>(reflection.GetMessage(message, of)));
  };
  const auto earlier = day(field.not_before), later = day(field.field);
  if (!earlier || !later || *earlier <= *later) return;
  const std::string other = Place{parent, field.not_before->name(), -1}.Path();
  violations.push_back(Against(rule::kNotBefore, "other"_is(other))
                           .At(Place{parent, field.field->name(), -1}.Path())
                           .Reading({other}));
}

}  // namespace puente::fields
