#include "common/fields/message_plan.h"

#include "common/context/behavior.h"
#include "common/telemetry/mistake.h"
#include "google/api/resource.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/type/date.pb.h"
#include "google/type/money.pb.h"

namespace puente::fields {
namespace {

using google::protobuf::Reflection;

Kind KindOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type() == google::type::Date::descriptor()) return Kind::kDate;
      if (field.message_type() == google::type::Money::descriptor()) return Kind::kMoney;
      // Looked at as a whole (mask.h).
      if (field.message_type() == google::protobuf::FieldMask::descriptor()) return Kind::kOther;
      return Kind::kMessage;
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == FieldDescriptor::TYPE_BYTES) return Kind::kBytes;
      return field.name() == "request_id" ? Kind::kUuid4 : Kind::kText;
    case FieldDescriptor::CPPTYPE_ENUM:
      return Kind::kEnum;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
      return Kind::kNumber;
    default:
      return Kind::kOther;
  }
}

}  // namespace

const FieldDescriptor* ResourceOf(const Descriptor& request) {
  if (request.FindFieldByName("update_mask") == nullptr) return nullptr;
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor* field = request.field(i);
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
        field->message_type()->options().HasExtension(google::api::resource)) {
      return field;
    }
  }
  return nullptr;
}

const MessagePlan* MessagePlan::Make(const Descriptor* type, Plans& plans) {
  auto& plan = plans[type];
  if (plan != nullptr) return plan.get();
  plan = std::make_unique<MessagePlan>();
  MessagePlan* made = plan.get();
  for (int i = 0; i < type->field_count(); ++i) {
    Field field = MakeField(*type->field(i), plans);
    if (Matters(field)) made->fields_.push_back(std::move(field));
  }
  return made;
}

MessagePlan::Field MessagePlan::MakeField(const FieldDescriptor& field, Plans& plans) {
  Field made{&field,
             KindOf(field),
             HasBehavior(field, google::api::REQUIRED),
             HasBehavior(field, google::api::OUTPUT_ONLY),
             false,
             field.options().HasExtension(api::v1::personal),
             field.options().GetExtension(api::v1::rules),
             nullptr,
             nullptr,
             &field == ResourceOf(*field.containing_type()),
             NotBefore(field, field.options().GetExtension(api::v1::rules).not_before())};
  if (!Fits(made))
    telemetry::Mistake("rules that a field of this type does not have", field.full_name());
  made.free_text = made.rules.max_length() > 0 && made.rules.pattern().empty();
  if (!made.rules.pattern().empty()) {
    made.pattern = std::make_unique<RE2>(made.rules.pattern(), RE2::Quiet);
    if (!made.pattern->ok()) {
      telemetry::Mistake("no RE2 expression", field.full_name());
    }
  }
  if (made.kind == Kind::kMessage && !made.output_only) {
    made.nested = Make(field.message_type(), plans);
  }
  return made;
}

const FieldDescriptor* MessagePlan::NotBefore(const FieldDescriptor& field,
                                              const std::string& other) {
  if (other.empty()) return nullptr;
  const FieldDescriptor* earlier = field.containing_type()->FindFieldByName(other);
  if (earlier == nullptr || KindOf(field) != Kind::kDate || KindOf(*earlier) != Kind::kDate) {
    telemetry::Mistake("not_before is for two dates of a message", field.full_name());
  }
  return earlier;
}

bool MessagePlan::Fits(const Field& field) {
  const api::v1::Rules& rules = field.rules;
  const bool of_text =
      rules.max_length() != 0 || !rules.pattern().empty() || !rules.one_of().empty();
  const bool of_number = rules.has_min() || rules.max() != 0;
  return (!of_text || field.kind == Kind::kText) && (!of_number || field.kind == Kind::kNumber) &&
         (rules.max_items() == 0 || field.field->is_repeated()) &&
         (!rules.unique() || field.kind == Kind::kText || field.kind == Kind::kEnum);
}

bool MessagePlan::Matters(const Field& field) {
  if (field.required || field.output_only || field.rules.max_items() > 0) return true;
  switch (field.kind) {
    case Kind::kBytes:
    case Kind::kOther:
      return false;
    case Kind::kNumber:
      return field.rules.has_min() || field.rules.max() != 0;
    default:
      return true;
  }
}

void MessagePlan::Clean(Message& message) const {
  const Reflection& reflection = *message.GetReflection();
  for (const Field& field : fields_) {
    if (field.output_only) {
      reflection.ClearField(&message, field.field);
    } else if (field.free_text) {
      CleanText(field, message);
    } else if (field.kind == Kind::kMessage && field.field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(message, field.field); ++i) {
        field.nested->Clean(*reflection.MutableRepeatedMessage(&message, field.field, i));
      }
    } else if (field.kind == Kind::kMessage && reflection.HasField(message, field.field)) {
      field.nested->Clean(*reflection.MutableMessage(&message, field.field));
    }
  }
}

void MessagePlan::CleanText(const Field& field, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  std::string scratch;
  if (!field.field->is_repeated()) {
    auto clean = Cleaned(reflection.GetStringReference(message, field.field, &scratch));
    if (clean) reflection.SetString(&message, field.field, *std::move(clean));
    return;
  }
  for (int i = 0; i < reflection.FieldSize(message, field.field); ++i) {
    auto clean = Cleaned(reflection.GetRepeatedStringReference(message, field.field, i, &scratch));
    if (clean) reflection.SetRepeatedString(&message, field.field, i, *std::move(clean));
  }
}

}  // namespace puente::fields
