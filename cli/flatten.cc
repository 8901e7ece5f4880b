#include "cli/flatten.h"

#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "cli/format.h"
#include "common/federation/contract.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/time_util.h"

namespace puente::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

void AddMessage(Table& table, const std::string& path, const Message& message);

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
      return (many ? read.GetRepeatedEnum(message, field, index) : read.GetEnum(message, field))
          ->name();
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string text =
          many ? read.GetRepeatedString(message, field, index) : read.GetString(message, field);
      return field->type() == FieldDescriptor::TYPE_BYTES ? absl::BytesToHexString(text) : text;
    }
    default:
      return "";  // the contract has no floating point numbers
  }
}

constexpr char kMoney[] = "google.type.Money";
constexpr char kCurrency[] = ".currencyCode";

// Whether messages of the type are one value. Of money that is its amount.
bool IsValue(const Descriptor& type) {
  const std::string& name = type.full_name();
  return name == kMoney || name == "google.type.Date" || name == "google.protobuf.Timestamp" ||
         name == "google.protobuf.Duration" || name == "puente.type.v1.Figure";
}

std::string ValueText(const Message& message) {
  const std::string& type = message.GetDescriptor()->full_name();
  if (type == kMoney) return MoneyDecimal(static_cast<const google::type::Money&>(message));
  if (type == "google.type.Date") return DateText(static_cast<const google::type::Date&>(message));
  if (type == "google.protobuf.Timestamp") {
    return google::protobuf::util::TimeUtil::ToString(
        static_cast<const google::protobuf::Timestamp&>(message));
  }
  if (type == "google.protobuf.Duration") {
    return google::protobuf::util::TimeUtil::ToString(
        static_cast<const google::protobuf::Duration&>(message));
  }
  const auto& figure = static_cast<const type::v1::Figure&>(message);
  return figure.outcome_case() == type::v1::Figure::kValue
             ? absl::StrCat(figure.value())
             : type::v1::Mark_Name(figure.mark()).substr(sizeof("MARK_") - 1);
}

std::string CurrencyOf(const Message& money) {
  return static_cast<const google::type::Money&>(money).currency_code();
}

std::string Below(const std::string& path, const FieldDescriptor& field) {
  return path.empty() ? field.json_name() : absl::StrCat(path, ".", field.json_name());
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
  if (IsValue(*message.GetDescriptor())) {
    table.Add({path, ValueText(message)});
    if (message.GetDescriptor()->full_name() == kMoney) {
      table.Add({path + kCurrency, CurrencyOf(message)});
    }
    return;
  }
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string below = Below(path, *field);
    if (!field->is_repeated()) {
      AddField(table, below, message, field, -1);
      continue;
    }
    for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
      AddField(table, absl::StrCat(below, "[", i, "]"), message, field, i);
    }
  }
}

// The elements of a field that is set, as JSON.
std::string ListText(const Message& message, const FieldDescriptor& field) {
  auto all = nlohmann::ordered_json::parse(ToJson(message, false), nullptr, false);
  return all.is_discarded() ? "" : all[field.json_name()].dump();
}

const FieldDescriptor* RecordsOf(const Descriptor& list) {
  for (int i = 0; i < list.field_count(); ++i) {
    const FieldDescriptor* field = list.field(i);
    if (field->is_repeated() && field->message_type() != nullptr) return field;
  }
  return nullptr;
}

// Calls `cell` with the column and the text of each value that a message of the type has; without
// one, with no texts. No record of the contract holds one of its own kind.
template <class Cell>
void ForEachCell(const Descriptor& type, const Message* message, const std::string& path,
                 const Cell& cell) {
  if (IsValue(type)) {
    cell(path, message == nullptr ? "" : ValueText(*message));
    if (type.full_name() == kMoney) {
      cell(path + kCurrency, message == nullptr ? "" : CurrencyOf(*message));
    }
    return;
  }
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const std::string below = Below(path, field);
    const Reflection* read = message == nullptr ? nullptr : message->GetReflection();
    if (field.is_repeated()) {
      const bool some = read != nullptr && read->FieldSize(*message, &field) > 0;
      cell(below, some ? ListText(*message, field) : "");
      continue;
    }
    const bool set = read != nullptr && read->HasField(*message, &field);
    if (field.message_type() == nullptr) {
      cell(below, set ? Scalar(*message, &field, -1) : "");
    } else {
      ForEachCell(*field.message_type(), set ? &read->GetMessage(*message, &field) : nullptr, below,
                  cell);
    }
  }
}

}  // namespace

bool IsPlainList(const Descriptor& type) {
  return type.field_count() == 2 && RecordsOf(type) != nullptr &&
         type.FindFieldByName("next_page_token") != nullptr;
}

Table Records(const Message& list) {
  const FieldDescriptor* records = RecordsOf(*list.GetDescriptor());
  std::vector<Column> columns;
  ForEachCell(*records->message_type(), nullptr, "",
              [&](const std::string& column, const std::string&) { columns.push_back({column}); });
  Table table(std::move(columns));
  for (int i = 0; i < list.GetReflection()->FieldSize(list, records); ++i) {
    std::vector<std::string> row;
    ForEachCell(*records->message_type(),
                &list.GetReflection()->GetRepeatedMessage(list, records, i), "",
                [&](const std::string&, std::string text) { row.push_back(std::move(text)); });
    table.Add(std::move(row));
  }
  return table;
}

Table Flatten(const Message& message) {
  Table table({{"field"}, {"value"}});
  AddMessage(table, "", message);
  return table;
}

}  // namespace puente::cli
