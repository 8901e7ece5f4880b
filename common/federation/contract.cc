#include "common/federation/contract.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/identity/access.h"
#include "common/identity/spiffe.h"
#include "google/protobuf/util/json_util.h"
#include "proto/contract_files.h"

namespace puente {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

std::vector<const ServiceDescriptor*> Services() {
  std::vector<const ServiceDescriptor*> services;
  for (const FileDescriptor* file : ContractFiles()) {
    for (int i = 0; i < file->service_count(); ++i) services.push_back(file->service(i));
  }
  return services;
}

}  // namespace

absl::StatusOr<const MethodDescriptor*> FindMethod(absl::string_view name) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(name, '/');
  for (const ServiceDescriptor* service : Services()) {
    if (parts.first != service->full_name() && parts.first != service->name()) continue;
    const MethodDescriptor* method = service->FindMethodByName(std::string(parts.second));
    if (method != nullptr) return method;
    return absl::NotFoundError(
        absl::StrCat(service->full_name(), " has no method \"", parts.second, "\""));
  }
  return absl::NotFoundError(
      absl::StrCat("there is no service \"", parts.first, "\" (write SERVICE/METHOD)"));
}

std::vector<std::string> ServiceNames() {
  std::vector<std::string> names;
  for (const ServiceDescriptor* service : Services()) names.push_back(service->name());
  return names;
}

std::vector<std::string> MethodNames(absl::string_view service_name) {
  std::vector<std::string> names;
  for (const ServiceDescriptor* service : Services()) {
    if (service_name != service->full_name() && service_name != service->name()) continue;
    for (int i = 0; i < service->method_count(); ++i) names.push_back(service->method(i)->name());
    break;
  }
  return names;
}

std::string MethodName(const MethodDescriptor& method) {
  return absl::StrCat(method.service()->full_name(), "/", method.name());
}

std::string ServerOf(const ServiceDescriptor& service) {
  const std::vector<std::string> parts = absl::StrSplit(service.file()->package(), '.');
  return parts.size() < 2 || parts[1] == "api" ? "" : parts[1];
}

std::unique_ptr<Message> NewMessage(const Descriptor* type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

absl::StatusOr<std::unique_ptr<Message>> MessageFromJson(const Descriptor* type,
                                                         absl::string_view json) {
  std::unique_ptr<Message> message = NewMessage(type);
  const auto parsed =
      google::protobuf::util::JsonStringToMessage({json.data(), json.size()}, message.get());
  if (parsed.ok()) return message;
  return absl::InvalidArgumentError(
      absl::StrCat("this is not a ", type->full_name(), " in protobuf's JSON: ",
                   absl::string_view(parsed.message().data(), parsed.message().size())));
}

std::string ToJson(const Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = pretty;
  std::string json;
  // Messages of the contract hold nothing that JSON can't express.
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  return json;
}

void SetRequestId(Message& request, const std::string& id) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr || !request.GetReflection()->GetString(request, field).empty()) return;
  request.GetReflection()->SetString(&request, field, id);
}

bool MayCall(const MethodDescriptor& method, absl::string_view caller, absl::string_view server) {
  return identity::MethodAccess(method, identity::ServerPath(server)).Allows(caller);
}

}  // namespace puente
