#include "common/sql/row.h"

#include <cppconn/resultset.h>

#include <cstdio>

#include "absl/strings/cord.h"
#include "absl/strings/str_format.h"
#include "common/context/values.h"
#include "common/sql/error.h"
#include "common/status/macros.h"

namespace puente::sql {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool Is(const FieldDescriptor* field, const google::protobuf::Descriptor* type) {
  return field->message_type() == type;
}

// "YYYY-MM-DD"
bool ParseDate(const std::string& text, google::type::Date& date) {
  int year, month, day, end = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3) return false;
  if (static_cast<size_t>(end) != text.size()) return false;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return true;
}

// "YYYY-MM-DD HH:MM:SS[.ffffff]", UTC
bool ParseTime(const std::string& text, google::protobuf::Timestamp& time) {
  absl::CivilSecond second;
  int year, month, day, hour, minute, seconds, end = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d %2d:%2d:%2d%n", &year, &month, &day, &hour, &minute,
                  &seconds, &end) != 6) {
    return false;
  }
  second = absl::CivilSecond(year, month, day, hour, minute, seconds);
  int64_t nanos = 0;
  if (static_cast<size_t>(end) < text.size()) {
    if (text[end] != '.') return false;
    int64_t unit = 100'000'000;
    for (size_t i = end + 1; i < text.size(); ++i, unit /= 10) {
      if (text[i] < '0' || text[i] > '9' || unit == 0) return false;
      nanos += (text[i] - '0') * unit;
    }
  }
  time.set_seconds(absl::ToUnixSeconds(absl::FromCivil(second, absl::UTCTimeZone())));
  time.set_nanos(static_cast<int32_t>(nanos));
  return true;
}

bool SetMessage(const Row& row, size_t column, Message& message, const FieldDescriptor* field) {
  Message* child = message.GetReflection()->MutableMessage(&message, field);
  if (Is(field, google::type::Date::descriptor())) {
    return ParseDate(row.Text(column), static_cast<google::type::Date&>(*child));
  }
  if (Is(field, google::protobuf::Timestamp::descriptor())) {
    return ParseTime(row.Text(column), static_cast<google::protobuf::Timestamp&>(*child));
  }
  if (Is(field, google::type::Money::descriptor())) {
    static_cast<google::type::Money&>(*child) = Pesos(row.Int64(column));
    return true;
  }
  return child->ParseFromString(row.Text(column));
}

bool SetField(const Row& row, size_t column, Message& message, const FieldDescriptor* field) {
  const Reflection* reflection = message.GetReflection();
  if (field->is_repeated()) return message.MergeFromString(row.Text(column));
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      reflection->SetString(&message, field, row.Text(column));
      return true;
    case FieldDescriptor::CPPTYPE_INT64:
      reflection->SetInt64(&message, field, row.Int64(column));
      return true;
    case FieldDescriptor::CPPTYPE_INT32: {
      const int64_t number = row.Int64(column);
      reflection->SetInt32(&message, field, static_cast<int32_t>(number));
      return number == static_cast<int32_t>(number);
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = static_cast<int>(row.Int64(column));
      reflection->SetEnumValue(&message, field, number);
      return field->enum_type()->FindValueByNumber(number) != nullptr;
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection->SetBool(&message, field, row.Int64(column) != 0);
      return true;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return SetMessage(row, column, message, field);
    default:
      return false;  // no other types are stored
  }
}

Value RepeatedValue(const Message& message, const FieldDescriptor* field) {
  const Reflection* reflection = message.GetReflection();
  const int size = reflection->FieldSize(message, field);
  if (size == 0) return Value();
  std::unique_ptr<Message> alone(message.New());
  for (int i = 0; i < size; ++i) {
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      reflection->AddMessage(alone.get(), field)
          ->CopyFrom(reflection->GetRepeatedMessage(message, field, i));
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      reflection->AddString(alone.get(), field, reflection->GetRepeatedString(message, field, i));
    } else {
      reflection->AddEnumValue(alone.get(), field,
                               reflection->GetRepeatedEnumValue(message, field, i));
    }
  }
  return Value(alone->SerializeAsString());
}

Value MessageValue(const Message& message, const FieldDescriptor* field) {
  if (!message.GetReflection()->HasField(message, field)) return Value();
  const Message& child = message.GetReflection()->GetMessage(message, field);
  if (Is(field, google::type::Date::descriptor())) {
    const auto& date = static_cast<const google::type::Date&>(child);
    return Value(absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day()));
  }
  if (Is(field, google::protobuf::Timestamp::descriptor())) {
    const auto& time = static_cast<const google::protobuf::Timestamp&>(child);
    return Value(absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos()));
  }
  if (Is(field, google::type::Money::descriptor())) {
    return Value(InCentavos(static_cast<const google::type::Money&>(child)));
  }
  return Value(child.SerializeAsString());
}

}  // namespace

bool Row::IsNull(size_t column) const { return result_.isNull(static_cast<uint32_t>(column) + 1); }

int64_t Row::Int64(size_t column) const {
  return result_.getInt64(static_cast<uint32_t>(column) + 1);
}

std::string Row::Text(size_t column) const {
  return result_.getString(static_cast<uint32_t>(column) + 1).asStdString();
}

absl::Status Row::Into(Message& message) const {
  for (size_t column = 0; column < mapping_.fields.size(); ++column) {
    const FieldDescriptor* field = mapping_.fields[column];
    if (field == nullptr || IsNull(column)) continue;
    if (!SetField(*this, column, message, field)) {
      return Error(error::kRowCorrupt, {{"column", mapping_.columns[column]}});
    }
  }
  return absl::OkStatus();
}

Mapping MakeMapping(std::vector<std::string> columns, const google::protobuf::Descriptor* type) {
  Mapping mapping;
  mapping.descriptor = type;
  mapping.columns = std::move(columns);
  for (const std::string& column : mapping.columns) {
    mapping.fields.push_back(type == nullptr ? nullptr : type->FindFieldByName(column));
  }
  return mapping;
}

Value FieldValue(const Message& message, const FieldDescriptor* field) {
  const Reflection* reflection = message.GetReflection();
  if (field->is_repeated()) return RepeatedValue(message, field);
  if (field->has_presence() && !reflection->HasField(message, field)) return Value();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string scratch;
      const std::string& text = reflection->GetStringReference(message, field, &scratch);
      return &text == &scratch ? Value(std::move(scratch)) : Value(text);
    }
    case FieldDescriptor::CPPTYPE_INT64:
      return Value(reflection->GetInt64(message, field));
    case FieldDescriptor::CPPTYPE_INT32:
      return Value(reflection->GetInt32(message, field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return Value(reflection->GetEnumValue(message, field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return Value(reflection->GetBool(message, field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageValue(message, field);
    default:
      return Value();
  }
}

}  // namespace puente::sql
