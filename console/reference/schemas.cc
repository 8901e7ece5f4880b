#include "console/reference/schemas.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/context/behavior.h"
#include "common/fields/message_plan.h"
#include "console/reference/words.h"
#include "proto/contract_comments.h"
#include "puente/api/v1/options.pb.h"

namespace puente::console {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using Json = Schemas::Json;

constexpr char kInteger[] = "^-?[0-9]{1,19}$";

const api::v1::Rules& RulesIn(const FieldDescriptor& field) {
  return field.options().GetExtension(api::v1::rules);
}

// "labor.v1.Skill", "google.type.Date".
std::string ShortName(absl::string_view full_name) {
  absl::ConsumePrefix(&full_name, "puente.");
  return std::string(full_name);
}

Json Described(Json schema, const std::string& description) {
  if (!description.empty()) schema["description"] = description;
  return schema;
}

// Of a type that is no object in JSON, or whose values are fewer than its fields' are; null of
// others.
Json OfValue(const Descriptor& type, bool is_asked) {
  const std::string& name = type.full_name();
  if (name == "google.protobuf.Timestamp") {
    return {{"type", "string"}, {"format", "date-time"}};
  }
  if (name == "google.protobuf.Duration") {
    return {{"type", "string"}, {"pattern", "^-?[0-9]{1,12}(\\.[0-9]{1,9})?s$"}};
  }
  if (name == "google.protobuf.FieldMask") {
    return {{"type", "string"}, {"pattern", "^[A-Za-z0-9.*,]*$"}};
  }
  if (name == "google.protobuf.Empty") {
    return {{"type", "object"}, {"additionalProperties", false}};
  }
  if (name == "google.type.Date") {
    const auto number = [](int least, int most) {
      return Json{{"type", "integer"}, {"minimum", least}, {"maximum", most}};
    };
    Json date = {{"type", "object"},
                 {"properties",
                  {{"year", number(1, 9999)}, {"month", number(1, 12)}, {"day", number(1, 31)}}},
                 {"additionalProperties", false}};
    // Answers have whole months, too.
    if (is_asked) date["required"] = {"year", "month", "day"};
    return date;
  }
  if (name == "google.type.Money") {
    return {{"type", "object"},
            {"properties",
             {{"currencyCode", {{"const", "MXN"}}},
              {"units", {{"type", "string"}, {"format", "int64"}, {"pattern", kInteger}}},
              {"nanos",
               {{"type", "integer"},
                {"description", "Thousand millionths of a peso, of whole centavos alone."},
                {"minimum", -990000000},
                {"maximum", 990000000},
                {"multipleOf", 10000000}}}}},
            {"required", {"currencyCode"}},
            {"additionalProperties", false}};
  }
  return nullptr;
}

bool IsNumber(const FieldDescriptor& field) {
  return field.cpp_type() != FieldDescriptor::CPPTYPE_STRING &&
         field.cpp_type() != FieldDescriptor::CPPTYPE_ENUM &&
         field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE;
}

// Whether a message without it is refused. A number that is required may be 0, which is left out,
// unless that is out of its range.
bool IsNeeded(const FieldDescriptor& field) {
  if (HasBehavior(field, google::api::OUTPUT_ONLY)) return false;
  if (IsNumber(field) && !field.is_repeated()) {
    const bool takes_zero =
        (!RulesIn(field).has_min() || RulesIn(field).min() <= 0) && RulesIn(field).max() >= 0;
    return field.has_presence() ? HasBehavior(field, google::api::REQUIRED) : !takes_zero;
  }
  return HasBehavior(field, google::api::REQUIRED);
}

void AddTextRules(const FieldDescriptor& field, Json& schema) {
  const api::v1::Rules& rules = RulesIn(field);
  const bool may_be_empty = !field.is_repeated() && !IsNeeded(field);
  if (field.name() == "request_id") {
    schema["pattern"] = absl::StrCat(
        "^(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})",
        may_be_empty ? "?$" : "$");
  }
  if (!rules.pattern().empty()) {
    schema["pattern"] = absl::StrCat("^(?:", rules.pattern(), may_be_empty ? ")?$" : ")$");
  }
  if (!rules.one_of().empty()) {
    schema["enum"] = std::vector<std::string>(rules.one_of().begin(), rules.one_of().end());
    if (may_be_empty) schema["enum"].push_back("");
  }
  if (!may_be_empty) schema["minLength"] = 1;
  if (rules.max_length() > 0) schema["maxLength"] = rules.max_length();
}

Json Integer(const FieldDescriptor& field, bool is_asked) {
  const bool is_unsigned = field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32;
  Json schema = {{"type", "integer"}, {"format", is_unsigned ? "uint32" : "int32"}};
  if (is_unsigned) schema["minimum"] = 0;
  if (!is_asked) return schema;
  if (RulesIn(field).has_min()) schema["minimum"] = RulesIn(field).min();
  if (RulesIn(field).max() != 0) schema["maximum"] = RulesIn(field).max();
  return schema;
}

Json Integer64(const FieldDescriptor& field, bool is_asked) {
  const bool is_natural = is_asked && RulesIn(field).has_min() && RulesIn(field).min() >= 0;
  return {{"type", "string"},
          {"format", "int64"},
          {"pattern", is_natural ? "^[0-9]{1,19}$" : kInteger}};
}

// The comment, and of what is asked what it has to observe.
std::string DescriptionOf(const FieldDescriptor& field, bool is_asked) {
  std::string description = CommentOf(field);
  if (!is_asked || HasBehavior(field, google::api::OUTPUT_ONLY)) return description;
  std::vector<std::string> rules;
  for (const Words& rule : RulesOf(field)) rules.push_back(rule.en);
  if (rules.empty()) return description;
  return absl::StrCat(description, description.empty() ? "" : "\n\n",
                      "Rules: ", absl::StrJoin(rules, "; "), ".");
}

// Adds a message and all that are in it.
void AddWithParts(const Descriptor& type, std::set<const Descriptor*>& all) {
  if (!all.insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->message_type() != nullptr) AddWithParts(*type.field(i)->message_type(), all);
  }
}

}  // namespace

Schemas::Schemas(const std::vector<const Type*>& answered) {
  for (const Type* type : answered) AddWithParts(*type, answered_);
}

std::string Schemas::NameOf(const Type& type, Side side) const {
  std::string name = ShortName(type.full_name());
  if (side == Side::kAnswer || !answered_.contains(&type)) return name;
  const Json value = OfValue(type, /*is_asked=*/true);
  if (!value.is_null() && value == OfValue(type, /*is_asked=*/false)) return name;
  return name + (side == Side::kRequest ? ".Input" : ".Update");
}

Json Schemas::Asked(const Descriptor& type) { return Reference(type, Side::kRequest); }

Json Schemas::Answered(const Descriptor& type) { return Reference(type, Side::kAnswer); }

Json Schemas::All() && {
  Json all = Json::object();
  for (auto& [name, schema] : all_) all[name] = std::move(schema);
  return all;
}

Json Schemas::Reference(const Descriptor& type, Side side) {
  const std::string name = NameOf(type, side);
  Json value = OfValue(type, side != Side::kAnswer);
  if (all_.emplace(name, nullptr).second) {  // first, as it may be in itself
    all_[name] = value.is_null() ? OfMessage(type, side) : std::move(value);
  }
  return {{"$ref", absl::StrCat("#/components/schemas/", name)}};
}

Json Schemas::OfMessage(const Descriptor& type, Side side) {
  const bool is_asked = side != Side::kAnswer;
  Json schema = Described({{"type", "object"}}, CommentOf(type));
  schema["properties"] = Json::object();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const bool is_changed = is_asked && &field == fields::ResourceOf(type);
    Json of_field = OfField(field, is_changed ? Side::kChange
                                   : is_asked ? Side::kRequest
                                              : Side::kAnswer);
    schema["properties"][field.json_name()] = std::move(of_field);
    if (side == Side::kRequest && IsNeeded(field)) schema["required"].push_back(field.json_name());
  }
  if (side == Side::kChange) schema["required"] = {"name"};
  if (is_asked) schema["additionalProperties"] = false;
  for (int i = 0; i < type.real_oneof_decl_count(); ++i) {
    // At most one of them.
    Json pairs = Json::array();
    const auto& one_of = *type.oneof_decl(i);
    for (int j = 0; j < one_of.field_count(); ++j) {
      for (int k = 0; k < j; ++k) {
        pairs.push_back(
            {{"required", {one_of.field(k)->json_name(), one_of.field(j)->json_name()}}});
      }
    }
    schema["allOf"].push_back({{"not", {{"anyOf", std::move(pairs)}}}});
  }
  return schema;
}

Json Schemas::OfField(const FieldDescriptor& field, Side side) {
  const bool is_asked = side != Side::kAnswer;
  Json schema;
  if (field.is_map()) {
    schema = {{"type", "object"},
              {"additionalProperties", OfOne(*field.message_type()->map_value(), side)}};
  } else if (field.is_repeated()) {
    schema = {{"type", "array"}, {"items", OfOne(field, side)}};
    if (is_asked && IsNeeded(field)) schema["minItems"] = 1;
    if (is_asked && RulesIn(field).max_items() > 0) schema["maxItems"] = RulesIn(field).max_items();
    if (is_asked && RulesIn(field).unique()) schema["uniqueItems"] = true;
  } else {
    schema = OfOne(field, side);
  }
  if (HasBehavior(field, google::api::OUTPUT_ONLY)) schema["readOnly"] = true;
  if (field.options().deprecated()) schema["deprecated"] = true;
  return Described(std::move(schema), DescriptionOf(field, is_asked));
}

Json Schemas::OfOne(const FieldDescriptor& field, Side side) {
  const bool is_asked = side != Side::kAnswer;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      Json schema = {{"type", "string"}};
      if (field.type() == FieldDescriptor::TYPE_BYTES) {
        schema["contentEncoding"] = "base64";
      } else if (is_asked && !HasBehavior(field, google::api::OUTPUT_ONLY)) {
        AddTextRules(field, schema);
      }
      return schema;
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return {{"type", "boolean"}};
    case FieldDescriptor::CPPTYPE_ENUM:
      return OfEnum(*field.enum_type());
    case FieldDescriptor::CPPTYPE_MESSAGE:
      // What the server alone says is not looked at.
      return Reference(*field.message_type(),
                       HasBehavior(field, google::api::OUTPUT_ONLY) ? Side::kAnswer : side);
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_UINT32:
      return Integer(field, is_asked);
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT64:
      return Integer64(field, is_asked);
    default:
      return {{"type", "number"}};
  }
}

Json Schemas::OfEnum(const EnumDescriptor& type) {
  const std::string name = ShortName(type.full_name());
  if (!all_.contains(name)) {
    Json names = Json::array(), meanings = Json::array();
    std::string list;
    for (int i = 0; i < type.value_count(); ++i) {
      const std::string meaning = CommentOf(*type.value(i));
      names.push_back(type.value(i)->name());
      meanings.push_back(meaning);
      absl::StrAppend(&list, i == 0 ? "" : "\n", "- `", type.value(i)->name(), "`: ", meaning);
    }
    all_[name] = {{"type", "string"},
                  {"description", std::move(list)},
                  {"enum", std::move(names)},
                  {"x-enum-descriptions", std::move(meanings)}};
  }
  return {{"$ref", absl::StrCat("#/components/schemas/", name)}};
}

}  // namespace puente::console
