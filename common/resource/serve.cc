#include "common/resource/serve.h"

#include <memory>

#include "common/resource/bind.h"
#include "common/telemetry/mistake.h"

namespace puente::resource::internal {

const google::protobuf::FieldDescriptor* Need(const google::protobuf::Descriptor& type,
                                              const std::string& name) {
  const google::protobuf::FieldDescriptor* field = type.FindFieldByName(name);
  if (field == nullptr) {
    telemetry::Mistake("a standard method needs this field", type.full_name() + "." + name);
  }
  return field;
}

calls::Method* Unanswered(calls::Service& service,
                          const google::protobuf::MethodDescriptor* method) {
  if (method == nullptr) return nullptr;
  calls::Method* found = service.Find(method->name());
  return service.Answers(*found) ? nullptr : found;
}

RecordWriter Serve(calls::Host& host, const Spec& spec, UntypedRules rules) {
  calls::Service& service = host.Serve(spec.contract().service());
  for (int i = 0; i < service.descriptor().method_count(); ++i) {
    calls::Method& method = *service.Find(service.descriptor().method(i)->name());
    if (method.resource.empty()) method.resource = spec.contract().type();
  }
  if (spec.personal() && !rules.person_key) {
    telemetry::Mistake("nobody says which key seals its personal fields", spec.table());
  }
  const auto shared = std::make_shared<const UntypedRules>(std::move(rules));
  BindReads(service, spec, shared);
  return BindWrites(service, spec, shared);
}

}  // namespace puente::resource::internal
