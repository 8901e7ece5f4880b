// A request that shows how one looks.
#pragma once

#include <string>

#include "google/protobuf/descriptor.h"

namespace puente::console {

// With all that is required of it, in protobuf's JSON, against which no rule of a field has
// anything; what it names need not exist.
std::string ExampleRequest(const google::protobuf::MethodDescriptor& method);

}  // namespace puente::console
