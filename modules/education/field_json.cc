#include "modules/education/field_json.h"

#include <memory>
#include <vector>

#include "google/protobuf/util/json_util.h"

namespace puente::education {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string Json(const Message& message) {
  std::string json;
  return google::protobuf::util::MessageToJsonString(message, &json).ok() ? json : "";
}

std::string FieldJson(const Message& message, const FieldDescriptor* field) {
  const auto& reflection = *message.GetReflection();
  if (field->is_repeated() ? reflection.FieldSize(message, field) == 0
                           : !reflection.HasField(message, field)) {
    return "";
  }
  const std::unique_ptr<Message> alone(message.New());
  alone->CopyFrom(message);
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  for (const FieldDescriptor* other : set) {
    if (other != field) reflection.ClearField(alone.get(), other);
  }
  const std::string json = Json(*alone);
  const size_t colon = json.find(':');
  return colon == json.npos ? "" : json.substr(colon + 1, json.size() - colon - 2);
}

}  // namespace puente::education
