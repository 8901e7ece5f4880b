// Values of fields as answers write them where any field can stand: in protobuf's JSON.
#pragma once

#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace puente::education {

std::string Json(const google::protobuf::Message& message);
// Of one field; "" if it is not set.
std::string FieldJson(const google::protobuf::Message& message,
                      const google::protobuf::FieldDescriptor* field);

}  // namespace puente::education
