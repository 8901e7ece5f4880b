#include "common/fields/field_checker.h"

#include <map>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/context/behavior.h"
#include "common/context/values.h"
#include "common/fields/mask.h"
#include "common/fields/values.h"
#include "common/names/text.h"
#include "common/status/error.h"
#include "common/telemetry/mistake.h"
#include "google/api/resource.pb.h"
#include "google/type/date.pb.h"
#include "google/type/money.pb.h"
#include "puente/api/v1/options.pb.h"
#include "re2/re2.h"

namespace puente::fields {

// Where a value stands; text is made of it only for what is wrong.
struct Place {
  const Place* parent;
  absl::string_view name;
  int index;  // -1 unless repeated

  std::string Path() const {
    return absl::StrCat(parent != nullptr ? parent->Path() + "." : "", name,
                        index >= 0 ? absl::StrCat("[", index, "]") : "");
  }
};

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Found = std::optional<Fault>;

using Violations = std::vector<Violation>;

void Add(Violations& violations, const Place& place, Fault fault) {
  violations.push_back({place.Path(), fault.rule, std::move(fault.es), std::move(fault.en)});
}

enum class Kind { kMessage, kDate, kMoney, kText, kUuid4, kBytes, kEnum, kNumber, kOther };

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

// The resource that an update changes, or null.
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

}  // namespace

class MessagePlan {
 public:
  using Plans = std::map<const Descriptor*, std::unique_ptr<MessagePlan>>;

  // Fills in `plans` with this type's plan and those of the types in it.
  static const MessagePlan* Make(const Descriptor* type, Plans& plans);

  // Clears OUTPUT_ONLY fields and normalizes free text.
  void Clean(Message& message) const;
  void Check(const Message& message, const Place* parent, Violations& violations) const;
  // What is wrong with values beside others: `unique` and `not_before`. Paths as of Check().
  void Compare(const Message& message, const Place* parent, Violations& violations) const;
  // Whether there are such values, at any depth.
  bool ComparesWithin() const;

 private:
  struct Field {
    const FieldDescriptor* field;
    Kind kind;
    bool required;
    bool output_only;
    bool free_text;
    api::v1::Rules rules;
    std::unique_ptr<RE2> pattern;
    const MessagePlan* nested;          // of kMessage, else null
    bool by_mask;                       // what it must be is not said by the request alone
    const FieldDescriptor* not_before;  // null without the rule
  };

  static Field MakeField(const FieldDescriptor& field, Plans& plans);
  static const FieldDescriptor* NotBefore(const FieldDescriptor& field, const std::string& other);
  static bool Fits(const Field& field);
  static bool Matters(const Field& field);
  static bool IsEmpty(const Field& field, const Message& message);
  static void CleanText(const Field& field, Message& message);
  static void CheckField(const Field& field, const Message& message, const Place* parent,
                         Violations& violations);
  static void CheckValue(const Field& field, const Message& message, const Place& place,
                         Violations& violations);
  static Found CheckText(const Field& field, const Message& message, int index);
  static Found CheckEnum(const Field& field, const Message& message, int index);
  static Found CheckNumber(const Field& field, const Message& message, int index);
  static void CompareElements(const Field& field, const Message& message, const Place* parent,
                              Violations& violations);
  static void CompareDates(const Field& field, const Message& message, const Place* parent,
                           Violations& violations);

  std::vector<Field> fields_;
};

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

void MessagePlan::Check(const Message& message, const Place* parent, Violations& violations) const {
  for (const Field& field : fields_) CheckField(field, message, parent, violations);
}

namespace {

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
  violations.push_back({place.Path(),
                        "UNIQUE",
                        absl::StrCat("repite el valor de ", earlier->second, "."),
                        absl::StrCat("repeats the value of ", earlier->second, "."),
                        {earlier->second}});
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
  violations.push_back({Place{parent, field.field->name(), -1}.Path(),
                        "NOT_BEFORE",
                        absl::StrCat("no puede ser anterior a ", other, "."),
                        absl::StrCat("must not be before ", other, "."),
                        {other}});
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
      Add(violations, place, {"REQUIRED", "es obligatorio.", "is required."});
    }
    // An absent number without presence is 0, which has to be in range.
    if (field.kind != Kind::kNumber || field.field->has_presence()) return;
  }
  if (!field.field->is_repeated()) return CheckValue(field, message, place, violations);
  const int size = message.GetReflection()->FieldSize(message, field.field);
  if (const int most = field.rules.max_items(); most > 0 && size > most) {
    return Add(violations, place,
               {"TOO_MANY", absl::StrCat("tiene ", size, " elementos; el máximo es ", most, "."),
                absl::StrCat("has ", size, " elements; the maximum is ", most, ".")});
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
    return Fault{"REQUIRED", "está vacío; complételo o quítelo.",
                 "is empty; fill it in or remove it."};
  }
  if (Found fault = fields::CheckText(text)) return fault;
  if (field.kind == Kind::kUuid4) return CheckUuid4(text);
  const size_t most = static_cast<size_t>(field.rules.max_length());
  if (most > 0 && text.size() > most && CodePoints(text) > most) {
    return Fault{"TOO_LONG", absl::StrCat("tiene más de ", most, " caracteres; acórtelo."),
                 absl::StrCat("has more than ", most, " characters; shorten it.")};
  }
  const auto& values = field.rules.one_of();
  if (!values.empty() && !absl::c_linear_search(values, text)) {
    const std::string all = absl::StrJoin(values, ", ");
    return Fault{"ONE_OF", absl::StrCat("debe ser uno de: ", all, "."),
                 absl::StrCat("must be one of: ", all, ".")};
  }
  if (field.pattern != nullptr && !RE2::FullMatch(text, *field.pattern)) {
    return Fault{"PATTERN", absl::StrCat("debe tener la forma ", field.rules.pattern(), "."),
                 absl::StrCat("must have the form ", field.rules.pattern(), ".")};
  }
  return std::nullopt;
}

Found MessagePlan::CheckEnum(const Field& field, const Message& message, int index) {
  const Reflection& reflection = *message.GetReflection();
  const int value = index < 0 ? reflection.GetEnumValue(message, field.field)
                              : reflection.GetRepeatedEnumValue(message, field.field, index);
  const bool known = field.field->enum_type()->FindValueByNumber(value) != nullptr;
  if (known && (value != 0 || index < 0)) return std::nullopt;
  return Fault{"UNKNOWN_VALUE",
               absl::StrCat("no admite el valor ", value, "; use uno del contrato."),
               absl::StrCat("does not accept the value ", value, "; use one of the contract's.")};
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
    return Fault{"TOO_SMALL", absl::StrCat("debe ser al menos ", rules.min(), "."),
                 absl::StrCat("must be at least ", rules.min(), ".")};
  }
  if (rules.max() != 0 && value > rules.max()) {
    return Fault{"TOO_LARGE", absl::StrCat("debe ser como máximo ", rules.max(), "."),
                 absl::StrCat("must be at most ", rules.max(), ".")};
  }
  return std::nullopt;
}

namespace {

// "a.b[2]" is within "a", "a.b" and itself.
bool IsWithin(absl::string_view path, absl::string_view outer) {
  return absl::ConsumePrefix(&path, outer) && (path.empty() || path[0] == '.' || path[0] == '[');
}

bool AtFault(const Violations& violations, absl::string_view path) {
  return absl::c_any_of(violations, [path](const Violation& violation) {
    return IsWithin(path, violation.field) || IsWithin(violation.field, path);
  });
}

// Whether a list is longer than allowed: rules would have something to say of each element.
bool IsOverlong(const Violations& violations) {
  return absl::c_any_of(violations,
                        [](const Violation& violation) { return violation.rule == "TOO_MANY"; });
}

void AddUnlessConsequence(Violations& violations, Violations more) {
  for (Violation& violation : more) {
    const auto at_fault = [&](absl::string_view path) { return AtFault(violations, path); };
    if (at_fault(violation.field) || absl::c_any_of(violation.reads, at_fault)) continue;
    violations.push_back(std::move(violation));
  }
}

struct PlanSet {
  MessagePlan::Plans plans;
};

}  // namespace

FieldChecker::FieldChecker(const Descriptor* type) {
  auto set = std::make_shared<PlanSet>();
  const MessagePlan* plan = MessagePlan::Make(type, set->plans);
  plan_ = std::shared_ptr<const MessagePlan>(std::move(set), plan);
  compares_ = plan->ComparesWithin();
  resource_ = ResourceOf(*type);
  if (resource_ != nullptr) mask_ = type->FindFieldByName("update_mask");
}

FieldChecker::~FieldChecker() = default;

void FieldChecker::AddComparisons(const Message& message, const Place* place,
                                  std::vector<Violation>& violations) const {
  if (IsOverlong(violations)) return;
  if (compares_) {
    std::vector<Violation> more;
    plan_->Compare(message, place, more);
    AddUnlessConsequence(violations, std::move(more));
  }
  if (rules_) AddUnlessConsequence(violations, rules_(message));
}

absl::Status FieldChecker::Check(Message& request) const {
  request.DiscardUnknownFields();
  plan_->Clean(request);
  std::vector<Violation> violations;
  plan_->Check(request, nullptr, violations);
  if (mask_ != nullptr) {
    const auto& mask = static_cast<const google::protobuf::FieldMask&>(
        request.GetReflection()->GetMessage(request, mask_));
    for (Violation& violation : CheckMask(mask, *resource_->message_type())) {
      violations.push_back(std::move(violation));
    }
  }
  AddComparisons(request, nullptr, violations);
  return InvalidFields(violations);
}

std::vector<Violation> FieldChecker::Violations(const Message& message,
                                                const std::string& under) const {
  std::vector<Violation> violations;
  const Place place{nullptr, under, -1};
  plan_->Check(message, &place, violations);
  AddComparisons(message, &place, violations);
  return violations;
}

}  // namespace puente::fields
