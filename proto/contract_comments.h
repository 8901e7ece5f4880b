// What the contract says in its comments, which generated code leaves out.
#pragma once

#include <string>

#include "google/protobuf/descriptor.h"

namespace puente {

// The comment that stands before it, as paragraphs: lines that are one paragraph are joined; "" if
// there is none.
std::string CommentOf(const google::protobuf::ServiceDescriptor& service);
std::string CommentOf(const google::protobuf::MethodDescriptor& method);
std::string CommentOf(const google::protobuf::Descriptor& message);
std::string CommentOf(const google::protobuf::FieldDescriptor& field);
std::string CommentOf(const google::protobuf::EnumDescriptor& type);
std::string CommentOf(const google::protobuf::EnumValueDescriptor& value);

}  // namespace puente
