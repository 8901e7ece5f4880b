// What is wrong with single values.
#include "absl/algorithm/container.h"
#include "absl/strings/str_join.h"
#include "common/fields/forms.h"
#include "common/fields/message_plan.h"
#include "common/fields/rules.h"
#include "common/names/curp.h"
#include "common/names/text.h"

namespace puente::fields {
namespace {

using google::protobuf::Reflection;
using Found = std::optional<Violation>;

void Add(Violations& violations, const Place& place, Violation violation) {
  violations.push_back(std::move(violation).At(place.Path()));
}

}  // namespace

void MessagePlan::Check(const Message& message, const Place* parent, Violations& violations) const {
  for (const Field& field : fields_) CheckField(field, message, parent, violations);
}

bool MessagePlan::IsEmpty(const Field& field, const Message& message) {
  const Reflection& reflection = *message.GetReflection();
  if (field.field->is_repeated()) return reflection.FieldSize(message, field.field) == 0;
  if (field.field->has_presence()) {
    if (!reflection.HasField(message, field.field)) return true;
    if (field.kind == Kind::kMessage || field.kind == Kind::kDate || field.kind == Kind::kMoney) {
      return false;
    }
  }
  if (field.kind == Kind::kEnum) return reflection.GetEnumValue(message, field.field) == 0;
  if (field.field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    std::string scratch;
    return reflection.GetStringReference(message, field.field, &scratch).empty();
  }
  return false;  // 0 and false are values
}

void MessagePlan::CheckField(const Field& field, const Message& message, const Place* parent,
                             Violations& violations) {
  if (field.output_only) return;
  const Place place{parent, field.field->name(), -1};
  if (IsEmpty(field, message)) {
    if (field.required) {
      Add(violations, place, Against(rule::kRequired));
    }
    // An absent number without presence is 0, which has to be in range.
    if (field.kind != Kind::kNumber || field.field->has_presence()) return;
  }
  if (!field.field->is_repeated()) return CheckValue(field, message, place, violations);
  const int size = message.GetReflection()->FieldSize(message, field.field);
  if (const int most = field.rules.max_items(); most > 0 && size > most) {
    return Add(violations, place, Against(rule::kTooMany, "most"_is(most)));
  }
  for (int i = 0; i < size; ++i) {
    CheckValue(field, message, {parent, field.field->name(), i}, violations);
  }
}

void MessagePlan::CheckValue(const Field& field, const Message& message, const Place& place,
                             Violations& violations) {
  const int index = place.index;
  const auto value = [&]() -> const Message& {
    const Reflection& reflection = *message.GetReflection();
    return index < 0 ? reflection.GetMessage(message, field.field)
                     : reflection.GetRepeatedMessage(message, field.field, index);
  };
  Found fault;
  switch (field.kind) {
    case Kind::kMessage:
      if (!field.by_mask) field.nested->Check(value(), &place, violations);
      return;
    case Kind::kDate:
      fault = CheckDate(value());
      break;
    case Kind::kMoney:
      fault = CheckMoney(value());
      break;
    case Kind::kText:
    case Kind::kUuid4:
      fault = CheckText(field, message, index);
      break;
    case Kind::kEnum:
      fault = CheckEnum(field, message, index);
      break;
    case Kind::kNumber:
      fault = CheckNumber(field, message, index);
      break;
    case Kind::kBytes:
    case Kind::kOther:
      return;
  }
  if (fault) Add(violations, place, *std::move(fault));
}

Found MessagePlan::CheckText(const Field& field, const Message& message, int index) {
  const Reflection& reflection = *message.GetReflection();
  std::string scratch;
  const std::string& text =
      index < 0 ? reflection.GetStringReference(message, field.field, &scratch)
                : reflection.GetRepeatedStringReference(message, field.field, index, &scratch);
  if (text.empty()) {
    if (index < 0) return std::nullopt;
    return Against(rule::kRequired);
  }
  if (Found fault = fields::CheckText(text)) return fault;
  if (field.kind == Kind::kUuid4) return CheckUuid4(text);
  const size_t most = static_cast<size_t>(field.rules.max_length());
  if (most > 0 && text.size() > most && CodePoints(text) > most) {
    return Against(rule::kTooLong, "most"_is(most));
  }
  if (field.free_text && !field.personal && TellsCurp(text)) return Against(rule::kCurpInText);
  const auto& values = field.rules.one_of();
  if (!values.empty() && !absl::c_linear_search(values, text)) {
    return Against(rule::kOneOf, "values"_is(absl::StrJoin(values, ", ")));
  }
  if (field.pattern != nullptr && !RE2::FullMatch(text, *field.pattern)) {
    const Form form = FormOf(field.rules.pattern());
    return Against(rule::kPattern, "form_es"_is(form.es), "form_en"_is(form.en));
  }
  return std::nullopt;
}

Found MessagePlan::CheckEnum(const Field& field, const Message& message, int index) {
  const Reflection& reflection = *message.GetReflection();
  const int value = index < 0 ? reflection.GetEnumValue(message, field.field)
                              : reflection.GetRepeatedEnumValue(message, field.field, index);
  const bool known = field.field->enum_type()->FindValueByNumber(value) != nullptr;
  if (known && (value != 0 || index < 0)) return std::nullopt;
  return Against(rule::kUnknownValue, "value"_is(value));
}

Found MessagePlan::CheckNumber(const Field& field, const Message& message, int index) {
  const Reflection& reflection = *message.GetReflection();
  const FieldDescriptor* at = field.field;
  int64_t value = 0;
  switch (at->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      value = index < 0 ? reflection.GetInt32(message, at)
                        : reflection.GetRepeatedInt32(message, at, index);
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      value = index < 0 ? reflection.GetUInt32(message, at)
                        : reflection.GetRepeatedUInt32(message, at, index);
      break;
    default:
      value = index < 0 ? reflection.GetInt64(message, at)
                        : reflection.GetRepeatedInt64(message, at, index);
  }
  const api::v1::Rules& rules = field.rules;
  if (rules.has_min() && value < rules.min()) {
    return Against(rule::kTooSmall, "least"_is(rules.min()));
  }
  if (rules.max() != 0 && value > rules.max()) {
    return Against(rule::kTooLarge, "most"_is(rules.max()));
  }
  return std::nullopt;
}

}  // namespace puente::fields
