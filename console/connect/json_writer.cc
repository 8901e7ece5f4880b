#include "console/connect/json_writer.h"

#include <charconv>
#include <cmath>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/field_mask_util.h"
#include "google/protobuf/util/time_util.h"

namespace puente::console {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Duration;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;

void WriteText(absl::string_view text, std::string& json) {
  json.push_back('"');
  size_t from = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    // Nothing that could begin a mark where somebody puts it into a page.
    if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != '>') continue;
    json.append(text.data() + from, i - from);
    from = i + 1;
    if (c == '"' || c == '\\') {
      json.push_back('\\');
      json.push_back(text[i]);
    } else {
      absl::StrAppend(&json, "\\u", absl::Hex(c, absl::kZeroPad4));
    }
  }
  json.append(text.data() + from, text.size() - from);
  json.push_back('"');
}

template <class Number>
void WriteFloat(Number number, std::string& json) {
  if (std::isnan(number)) {
    json += "\"NaN\"";
  } else if (std::isinf(number)) {
    json += number > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    char digits[32];
    json.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
  }
}

void WriteMessage(const Message& message, std::string& json) {
  const Descriptor* type = message.GetDescriptor();
  if (type == Timestamp::descriptor()) {
    const auto& time = static_cast<const Timestamp&>(message);
    WriteText(google::protobuf::util::TimeUtil::ToString(time), json);
  } else if (type == Duration::descriptor()) {
    const auto& duration = static_cast<const Duration&>(message);
    WriteText(google::protobuf::util::TimeUtil::ToString(duration), json);
  } else if (type == FieldMask::descriptor()) {
    std::string text;
    google::protobuf::util::FieldMaskUtil::ToJsonString(static_cast<const FieldMask&>(message),
                                                        &text);
    WriteText(text, json);
  } else {
    WriteJson(message, json);
  }
}

// The value of a field, or with `index` that of an element.
class Writer {
 public:
  Writer(const Message& message, const FieldDescriptor& field, std::string& json)
      : message_(message), reflection_(*message.GetReflection()), field_(field), json_(json) {}

  void Write() {
    if (!field_.is_repeated()) return WriteValue(-1);
    json_.push_back('[');
    const int size = reflection_.FieldSize(message_, &field_);
    for (int i = 0; i < size; ++i) {
      if (i > 0) json_.push_back(',');
      WriteValue(i);
    }
    json_.push_back(']');
  }

 private:
  // Reflection has a getter for fields and one for elements, of each kind.
  template <class One, class Each>
  auto Get(One one, Each each, int index) const {
    return index < 0 ? (reflection_.*one)(message_, &field_)
                     : (reflection_.*each)(message_, &field_, index);
  }

  void WriteValue(int index) {
    switch (field_.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        absl::StrAppend(&json_, Get(&Reflection::GetInt32, &Reflection::GetRepeatedInt32, index));
        return;
      case FieldDescriptor::CPPTYPE_UINT32:
        absl::StrAppend(&json_, Get(&Reflection::GetUInt32, &Reflection::GetRepeatedUInt32, index));
        return;
      // Of 64 bits JavaScript's numbers hold 53.
      case FieldDescriptor::CPPTYPE_INT64:
        absl::StrAppend(&json_, "\"",
                        Get(&Reflection::GetInt64, &Reflection::GetRepeatedInt64, index), "\"");
        return;
      case FieldDescriptor::CPPTYPE_UINT64:
        absl::StrAppend(&json_, "\"",
                        Get(&Reflection::GetUInt64, &Reflection::GetRepeatedUInt64, index), "\"");
        return;
      case FieldDescriptor::CPPTYPE_BOOL:
        json_ += Get(&Reflection::GetBool, &Reflection::GetRepeatedBool, index) ? "true" : "false";
        return;
      case FieldDescriptor::CPPTYPE_FLOAT:
        return WriteFloat(Get(&Reflection::GetFloat, &Reflection::GetRepeatedFloat, index), json_);
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return WriteFloat(Get(&Reflection::GetDouble, &Reflection::GetRepeatedDouble, index),
                          json_);
      case FieldDescriptor::CPPTYPE_ENUM:
        return WriteEnum(Get(&Reflection::GetEnumValue, &Reflection::GetRepeatedEnumValue, index));
      case FieldDescriptor::CPPTYPE_STRING:
        return WriteString(index);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return WriteMessage(index < 0 ? reflection_.GetMessage(message_, &field_)
                                      : reflection_.GetRepeatedMessage(message_, &field_, index),
                            json_);
    }
  }

  void WriteEnum(int number) {
    const auto* value = field_.enum_type()->FindValueByNumber(number);
    if (value == nullptr) {
      absl::StrAppend(&json_, number);
    } else {
      absl::StrAppend(&json_, "\"", value->name(), "\"");
    }
  }

  void WriteString(int index) {
    std::string scratch;
    const std::string& text =
        index < 0 ? reflection_.GetStringReference(message_, &field_, &scratch)
                  : reflection_.GetRepeatedStringReference(message_, &field_, index, &scratch);
    if (field_.type() != FieldDescriptor::TYPE_BYTES) return WriteText(text, json_);
    absl::StrAppend(&json_, "\"", absl::Base64Escape(text), "\"");
  }

  const Message& message_;
  const Reflection& reflection_;
  const FieldDescriptor& field_;
  std::string& json_;
};

bool CanWrite(const Descriptor* type, std::set<const Descriptor*>& seen) {
  if (!seen.insert(type).second || type == Timestamp::descriptor() ||
      type == Duration::descriptor() || type == FieldMask::descriptor()) {
    return true;
  }
  if (absl::StartsWith(type->full_name(), "google.protobuf.") && type->field_count() > 0) {
    return false;
  }
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->is_map()) return false;
    if (field->message_type() != nullptr && !CanWrite(field->message_type(), seen)) return false;
  }
  return true;
}

}  // namespace

bool CanWriteJson(const Descriptor* type) {
  std::set<const Descriptor*> seen;
  return CanWrite(type, seen);
}

void WriteJson(const Message& message, std::string& json) {
  const Descriptor& type = *message.GetDescriptor();
  const Reflection& reflection = *message.GetReflection();
  json.push_back('{');
  bool first = true;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.is_repeated() ? reflection.FieldSize(message, &field) == 0
                            : !reflection.HasField(message, &field)) {
      continue;
    }
    absl::StrAppend(&json, first ? "\"" : ",\"", field.json_name(), "\":");
    first = false;
    Writer(message, field, json).Write();
  }
  json.push_back('}');
}

}  // namespace puente::console
