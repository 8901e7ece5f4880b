#include "cli/flatten.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "cli/format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/time_util.h"

namespace puente::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

void AddMessage(Table& table, const std::string& path, const Message& message);

std::string EnumText(const google::protobuf::EnumValueDescriptor& value) { return value.name(); }

// A scalar of a field; index -1 for a field that is not repeated.
std::string Scalar(const Message& message, const FieldDescriptor* field, int index) {
  const Reflection& read = *message.GetReflection();
  const bool many = index >= 0;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(many ? read.GetRepeatedInt32(message, field, index)
                               : read.GetInt32(message, field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(many ? read.GetRepeatedInt64(message, field, index)
                               : read.GetInt64(message, field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(many ? read.GetRepeatedUInt32(message, field, index)
                               : read.GetUInt32(message, field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(many ? read.GetRepeatedUInt64(message, field, index)
                               : read.GetUInt64(message, field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return (many ? read.GetRepeatedBool(message, field, index) : read.GetBool(message, field))
                 ? "true"
                 : "false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumText(many ? *read.GetRepeatedEnum(message, field, index)
                           : *read.GetEnum(message, field));
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string text =
          many ? read.GetRepeatedString(message, field, index) : read.GetString(message, field);
      return field->type() == FieldDescriptor::TYPE_BYTES ? absl::BytesToHexString(text) : text;
    }
    default:
      return "";  // the contract has no floating point numbers
  }
}

// True if the message is one value, which was added.
bool AddValue(Table& table, const std::string& path, const Message& message) {
  const std::string& type = message.GetDescriptor()->full_name();
  if (type == "google.type.Money") {
    const auto& money = static_cast<const google::type::Money&>(message);
    table.Add({path, MoneyDecimal(money)});
    table.Add({path + ".currencyCode", money.currency_code()});
    return true;
  }
  if (type == "google.type.Date") {
    table.Add({path, DateText(static_cast<const google::type::Date&>(message))});
    return true;
  }
  if (type == "google.protobuf.Timestamp") {
    const auto& time = static_cast<const google::protobuf::Timestamp&>(message);
    table.Add({path, google::protobuf::util::TimeUtil::ToString(time)});
    return true;
  }
  if (type == "google.protobuf.Duration") {
    const auto& duration = static_cast<const google::protobuf::Duration&>(message);
    table.Add({path, google::protobuf::util::TimeUtil::ToString(duration)});
    return true;
  }
  if (type == "puente.type.v1.Figure") {
    const auto& figure = static_cast<const type::v1::Figure&>(message);
    table.Add({path, figure.outcome_case() == type::v1::Figure::kValue
                         ? absl::StrCat(figure.value())
                         : type::v1::Mark_Name(figure.mark()).substr(sizeof("MARK_") - 1)});
    return true;
  }
  return false;
}

void AddField(Table& table, const std::string& path, const Message& message,
              const FieldDescriptor* field, int index) {
  const Reflection& read = *message.GetReflection();
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
    table.Add({path, Scalar(message, field, index)});
    return;
  }
  AddMessage(table, path,
             index >= 0 ? read.GetRepeatedMessage(message, field, index)
                        : read.GetMessage(message, field));
}

void AddMessage(Table& table, const std::string& path, const Message& message) {
  if (AddValue(table, path, message)) return;
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string below =
        path.empty() ? field->json_name() : absl::StrCat(path, ".", field->json_name());
    if (!field->is_repeated()) {
      AddField(table, below, message, field, -1);
      continue;
    }
    for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
      AddField(table, absl::StrCat(below, "[", i, "]"), message, field, i);
    }
  }
}

}  // namespace

Table Flatten(const Message& message) {
  Table table({{"field"}, {"value"}});
  AddMessage(table, "", message);
  return table;
}

}  // namespace puente::cli
