// How Serve() finds what it needs in requests. For common/resource alone.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/calls/service.h"
#include "common/resource/serve.h"

namespace puente::resource::internal {

// A field that a standard method needs; a type without it ends the process.
const google::protobuf::FieldDescriptor* Need(const google::protobuf::Descriptor& type,
                                              const std::string& name);

// A text field of requests; one that they do not have reads "".
class Text {
 public:
  Text(const google::protobuf::Descriptor& type, const char* name)
      : field_(type.FindFieldByName(name)) {}
  std::string Of(const Message& message) const {
    return field_ == nullptr ? "" : message.GetReflection()->GetString(message, field_);
  }

 private:
  const google::protobuf::FieldDescriptor* field_;
};

// The service's method, if the contract has it and no function answers it yet; else null.
calls::Method* Unanswered(calls::Service& service,
                          const google::protobuf::MethodDescriptor* method);

// A field of a verb's request that the resource keeps.
struct Kept {
  const google::protobuf::FieldDescriptor* from;
  const google::protobuf::FieldDescriptor* to;
};
std::vector<Kept> KeptFields(const google::protobuf::Descriptor& request, const Spec& spec,
                             absl::string_view verb);
// Of the resource, in which it keeps when the verb happened; null if it doesn't.
const google::protobuf::FieldDescriptor* TimeOf(const Spec& spec, absl::string_view verb);
// Null for a verb without any.
const UntypedVerb* RulesOf(const UntypedRules& rules, absl::string_view verb);

void BindReads(calls::Service& service, const Spec& spec,
               const std::shared_ptr<const UntypedRules>& rules);
RecordWriter BindWrites(calls::Service& service, const Spec& spec,
                        std::shared_ptr<const UntypedRules> rules);

}  // namespace puente::resource::internal
