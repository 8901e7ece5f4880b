#include "console/reference/example_request.h"

#include <google/protobuf/util/time_util.h>
#include <re2/re2.h>

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/context/behavior.h"
#include "common/federation/contract.h"
#include "common/fields/forms.h"
#include "google/api/resource.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/type/date.pb.h"
#include "google/type/money.pb.h"
#include "proto/contract_comments.h"
#include "proto/contract_files.h"
#include "puente/api/v1/options.pb.h"

namespace puente::console {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::Reflection;

// Deeper than any message that is required of a request.
constexpr int kDeepest = 6;
constexpr char kUuid[] = "6f1d3c1e-3a0b-4c55-9a61-2b7a0c9d4e10";
// Ids that are no words, for what neither comment nor form has an example of.
constexpr const char* kTexts[] = {"muestra-1",
                                  "1",
                                  "11",
                                  "muestra",
                                  "Muestra",
                                  "MUESTRA",
                                  "2027-01-11",
                                  "12345678",
                                  kUuid,
                                  "es",
                                  "MX",
                                  "A2345678",
                                  "organization/muestra-1"};

const api::v1::Rules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(api::v1::rules);
}

// A name of this form: "companies/muestra-1" of "companies/{company}".
std::string NameOf(std::string pattern) {
  RE2::GlobalReplace(&pattern, R"(\{(version|\w*release)\})", "1");
  RE2::GlobalReplace(&pattern, R"(\{\w+\})", "muestra-1");
  return pattern;
}

// Names that what its comment quotes, or the resource that it refers to, has.
std::vector<std::string> NamesOf(const FieldDescriptor& field) {
  std::vector<std::string> names;
  const std::string comment = CommentOf(field);
  re2::StringPiece text(comment);
  for (std::string quoted; RE2::FindAndConsume(&text, R"re("([^"]+)")re", &quoted);) {
    names.push_back(NameOf(quoted));
  }
  const std::string& type = field.options().GetExtension(google::api::resource_reference).type();
  for (const auto* file : ContractFiles()) {
    for (int i = 0; i < file->message_type_count() && !type.empty(); ++i) {
      const auto& resource = file->message_type(i)->options().GetExtension(google::api::resource);
      if (resource.type() == type) names.push_back(NameOf(resource.pattern(0)));
    }
  }
  return names;
}

std::string TextOf(const FieldDescriptor& field) {
  const api::v1::Rules& rules = RulesOf(field);
  if (rules.one_of_size() > 0) return rules.one_of(0);
  if (field.name() == "request_id") return kUuid;
  std::vector<std::string> texts = NamesOf(field);
  if (rules.pattern().empty()) {
    // What has a length alone is free text.
    return texts.empty() || rules.max_length() > 0 ? "Muestra" : texts.front();
  }
  const std::string form = fields::FormOf(rules.pattern()).en;
  std::string example;
  if (RE2::PartialMatch(form, R"(such as ([^ ,]+))", &example)) {
    texts.push_back(
        absl::StrReplaceAll(example, {{"UUID", kUuid}, {"ID", "muestra-1"}, {"/N", "/1"}}));
    texts.push_back(example);
  }
  texts.insert(texts.end(), std::begin(kTexts), std::end(kTexts));
  for (const std::string& text : texts) {
    if (RE2::FullMatch(text, rules.pattern())) return text;
  }
  return "";
}

int64_t NumberOf(const FieldDescriptor& field) {
  const int64_t least = std::max<int64_t>(1, RulesOf(field).min()), most = RulesOf(field).max();
  return most == 0 ? least : std::min(least, most);
}

void Fill(Message& message, int depth);

// The kinds of values that are messages; false of others.
bool FillValue(const FieldDescriptor& field, Message& value) {
  const std::string& type = value.GetDescriptor()->full_name();
  if (auto* date = google::protobuf::DynamicCastToGenerated<google::type::Date>(&value)) {
    date->set_year(2027);
    date->set_month(1);
    date->set_day(11);
  } else if (auto* money = google::protobuf::DynamicCastToGenerated<google::type::Money>(&value)) {
    money->set_currency_code("MXN");
    money->set_units(10000);
  } else if (auto* time =
                 google::protobuf::DynamicCastToGenerated<google::protobuf::Timestamp>(&value)) {
    time->set_seconds(1799679600);  // 2027-01-11T15:00:00Z
  } else if (auto* mask =
                 google::protobuf::DynamicCastToGenerated<google::protobuf::FieldMask>(&value)) {
    mask->add_paths("*");
  } else {
    return type == "google.protobuf.Duration" || type == "google.protobuf.Empty";
  }
  return true;
}

void FillMessage(const FieldDescriptor& field, Message& value, int depth) {
  if (!FillValue(field, value)) Fill(value, depth + 1);
}

void FillField(Message& message, const FieldDescriptor& field, int depth) {
  const Reflection& reflection = *message.GetReflection();
  const bool many = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text = field.type() == FieldDescriptor::TYPE_BYTES ? "" : TextOf(field);
      many ? reflection.AddString(&message, &field, text)
           : reflection.SetString(&message, &field, text);
      break;
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int value = field.enum_type()->value(1)->number();
      many ? reflection.AddEnumValue(&message, &field, value)
           : reflection.SetEnumValue(&message, &field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_INT32: {
      const auto number = static_cast<int32_t>(NumberOf(field));
      many ? reflection.AddInt32(&message, &field, number)
           : reflection.SetInt32(&message, &field, number);
      break;
    }
    case FieldDescriptor::CPPTYPE_INT64:
      many ? reflection.AddInt64(&message, &field, NumberOf(field))
           : reflection.SetInt64(&message, &field, NumberOf(field));
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection.SetBool(&message, &field, true);
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      reflection.SetDouble(&message, &field, static_cast<double>(NumberOf(field)));
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      FillMessage(field,
                  many ? *reflection.AddMessage(&message, &field)
                       : *reflection.MutableMessage(&message, &field),
                  depth);
      break;
    default:
      break;
  }
}

void Fill(Message& message, int depth) {
  if (depth > kDeepest) return;
  const Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (HasBehavior(*type.field(i), google::api::REQUIRED))
      FillField(message, *type.field(i), depth);
  }
}

}  // namespace

std::string ExampleRequest(const MethodDescriptor& method) {
  const std::unique_ptr<Message> request = NewMessage(method.input_type());
  Fill(*request, 0);
  return ToJson(*request, /*pretty=*/false);
}

}  // namespace puente::console
