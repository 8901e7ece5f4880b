#include "common/sql/row.h"

#include <cppconn/datatype.h>
#include <cppconn/resultset.h>
#include <cppconn/resultset_metadata.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/context/values.h"
#include "common/sql/error.h"
#include "common/status/macros.h"

namespace puente::sql {

struct Cell {
  ::sql::ResultSet& result;
  uint32_t at;  // as Mapping::Column::at
  google::protobuf::Message& message;
  const google::protobuf::Reflection& reflection;
  const google::protobuf::FieldDescriptor* field;
  const google::protobuf::EnumDescriptor* values;  // of an enum
};

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using ::sql::ResultSet;

bool Is(const FieldDescriptor* field, const google::protobuf::Descriptor* type) {
  return field->message_type() == type;
}

// The connector's copy of the bytes becomes ours.
std::string Take(ResultSet& result, uint32_t at) {
  ::sql::SQLString text = result.getString(at);
  return std::move(*text.operator->());
}

// How a column's value is set, by the field's type. False if it does not fit.

bool SetText(const Cell& cell) {
  cell.reflection.SetString(&cell.message, cell.field, Take(cell.result, cell.at));
  return true;
}

bool SetInt64(const Cell& cell) {
  cell.reflection.SetInt64(&cell.message, cell.field, cell.result.getInt64(cell.at));
  return true;
}

bool SetInt32(const Cell& cell) {
  const int64_t number = cell.result.getInt64(cell.at);
  cell.reflection.SetInt32(&cell.message, cell.field, static_cast<int32_t>(number));
  return number == static_cast<int32_t>(number);
}

bool SetEnum(const Cell& cell) {
  const int64_t number = cell.result.getInt64(cell.at);
  const auto value = static_cast<int>(number);
  cell.reflection.SetEnumValue(&cell.message, cell.field, value);
  return value == number && cell.values->FindValueByNumber(value) != nullptr;
}

bool SetBool(const Cell& cell) {
  cell.reflection.SetBool(&cell.message, cell.field, cell.result.getInt64(cell.at) != 0);
  return true;
}

template <class M>
M& Child(const Cell& cell) {
  return static_cast<M&>(*cell.reflection.MutableMessage(&cell.message, cell.field));
}

bool SetInstant(const Cell& cell) {
  puente::SetMicros(cell.result.getInt64(cell.at), Child<google::protobuf::Timestamp>(cell));
  return true;
}

bool SetTime(const Cell& cell) {
  absl::Time time;
  const std::string text = Take(cell.result, cell.at);
  if (!absl::ParseTime("%Y-%m-%d %H:%M:%E*S", text, &time, nullptr)) return false;
  Child<google::protobuf::Timestamp>(cell) = ToProto(time);
  return true;
}

bool SetDate(const Cell& cell) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(Take(cell.result, cell.at), &day)) return false;
  Child<google::type::Date>(cell) = ToProto(day);
  return true;
}

bool SetMoney(const Cell& cell) {
  Child<google::type::Money>(cell) = Pesos(cell.result.getInt64(cell.at));
  return true;
}

bool SetMessage(const Cell& cell) {
  return Child<Message>(cell).ParseFromString(Take(cell.result, cell.at));
}

bool SetRepeated(const Cell& cell) {
  return cell.message.MergeFromString(Take(cell.result, cell.at));
}

// No other types are stored.
bool SetNothing(const Cell&) { return false; }

bool (*SetterOf(const FieldDescriptor* field, bool integer))(const Cell&) {
  if (field->is_repeated()) return &SetRepeated;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return &SetText;
    case FieldDescriptor::CPPTYPE_INT64:
      return &SetInt64;
    case FieldDescriptor::CPPTYPE_INT32:
      return &SetInt32;
    case FieldDescriptor::CPPTYPE_ENUM:
      return &SetEnum;
    case FieldDescriptor::CPPTYPE_BOOL:
      return &SetBool;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (Is(field, google::type::Date::descriptor())) return &SetDate;
      if (Is(field, google::type::Money::descriptor())) return &SetMoney;
      if (!Is(field, google::protobuf::Timestamp::descriptor())) return &SetMessage;
      return integer ? &SetInstant : &SetTime;
    default:
      return &SetNothing;
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
  return Take(result_, static_cast<uint32_t>(column) + 1);
}

absl::CivilDay Row::Day(size_t column) const {
  absl::CivilDay day;
  absl::ParseCivilTime(Text(column), &day);
  return day;
}

absl::Status Row::Into(Message& message) const {
  Cell cell{result_, 0, message, *mapping_.reflection, nullptr, nullptr};
  for (const Mapping::Column& column : mapping_.columns) {
    cell.at = column.at;
    cell.field = column.field;
    cell.values = column.values;
    if (column.nullable && result_.isNull(cell.at)) continue;
    if (!column.set(cell)) return Error(error::kRowCorrupt, "column"_is(column.name));
  }
  return absl::OkStatus();
}

Mapping MakeMapping(ResultSet& result, const google::protobuf::Descriptor* type) {
  Mapping mapping;
  mapping.descriptor = type;
  if (type == nullptr) return mapping;
  auto* const factory = google::protobuf::MessageFactory::generated_factory();
  mapping.reflection = factory->GetPrototype(type)->GetReflection();
  ::sql::ResultSetMetaData* meta = result.getMetaData();
  for (uint32_t i = 1; i <= meta->getColumnCount(); ++i) {
    Mapping::Column column;
    column.at = i;
    column.name = meta->getColumnLabel(i).asStdString();
    column.field = type->FindFieldByName(column.name);
    if (column.field == nullptr) continue;
    column.values = column.field->enum_type();
    column.nullable = meta->isNullable(i) != ::sql::ResultSetMetaData::columnNoNulls;
    column.set = SetterOf(column.field, meta->getColumnType(i) == ::sql::DataType::BIGINT);
    mapping.columns.push_back(std::move(column));
  }
  return mapping;
}

std::string Micros(absl::string_view column) {
  return absl::StrCat("TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ", column, ")");
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
