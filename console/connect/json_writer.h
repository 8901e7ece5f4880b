// A message in protobuf's JSON, without looking each type up anew for every message, as Protobuf
// 3.21 does (docs/decisions/0075).
#pragma once

#include <string>

#include "google/protobuf/message.h"

namespace puente::console {

// Whether WriteJson() knows all of a type: no maps, and of well-known types times, masks and what
// has no fields.
bool CanWriteJson(const google::protobuf::Descriptor* type);

// Appends what util::MessageToJsonString() says, without white space.
void WriteJson(const google::protobuf::Message& message, std::string& json);

}  // namespace puente::console
