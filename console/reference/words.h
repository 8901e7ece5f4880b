// What the contract's options say of fields and methods, in words.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/fields/forms.h"
#include "google/protobuf/descriptor.h"

namespace puente::console {

using Words = fields::Form;

// Whether a message is a value to a reader, as those of google.type and google.protobuf are.
bool IsValue(const google::protobuf::Descriptor& type);

// "list of text", "date"; the type's name where the contract has one.
Words KindOf(const google::protobuf::FieldDescriptor& field);

// What a caller has to observe: "required", "at most 63 characters".
std::vector<Words> RulesOf(const google::protobuf::FieldDescriptor& field);

// Who may call, as whom and what for; each is a line.
std::vector<Words> RightsOf(const google::protobuf::MethodDescriptor& method);

// "statistics", as Puente-Purpose has it.
std::vector<std::string> PurposesOf(const google::protobuf::MethodDescriptor& method);

// The first sentence of a comment.
std::string SummaryOf(absl::string_view comment);

}  // namespace puente::console
