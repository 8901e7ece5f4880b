// JSON held against a message's type before it becomes one: all that is wrong, by field.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace puente::console {

// JSON_SYNTAX, JSON_TOO_DEEP, or INVALID_FIELDS with every member that the type does not have or
// that is there twice, and every value that is not of its field's kind. Maps and well-known types
// but times and masks are left to Protobuf.
absl::Status CheckJson(const google::protobuf::Descriptor* type, absl::string_view json);

}  // namespace puente::console
