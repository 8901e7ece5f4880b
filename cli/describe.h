// A method as the contract has it: what it does, who may call it, what it takes and answers, and a
// call of it that can be pasted.
#pragma once

#include <string>

#include "cli/labels.h"
#include "google/protobuf/descriptor.h"

namespace puente::cli {

// In 80 columns; what the contract says itself is English in both.
std::string Describe(const google::protobuf::MethodDescriptor& method, Language language);

}  // namespace puente::cli
