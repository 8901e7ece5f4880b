// The contract as the program knows it: any method by its name, any request from JSON.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace puente {

// The method of "puente.labor.v1.VacancyService/GetVacancy"; the package may be left out where the
// service's name is enough ("VacancyService/GetVacancy").
absl::StatusOr<const google::protobuf::MethodDescriptor*> FindMethod(absl::string_view name);
// "VacancyService" and all others; and the methods of one, none where there is no such service.
std::vector<std::string> ServiceNames();
std::vector<std::string> MethodNames(absl::string_view service);

// "puente.labor.v1.VacancyService/GetVacancy".
std::string MethodName(const google::protobuf::MethodDescriptor& method);

// The server that answers a service: "labor" for puente.labor.v1, "" for what all of them answer.
std::string ServerOf(const google::protobuf::ServiceDescriptor& service);

// An empty message of this type.
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor* type);

// From protobuf's JSON; names that the type does not have are an error.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> MessageFromJson(
    const google::protobuf::Descriptor* type, absl::string_view json);

// Protobuf's JSON, with JSON names; on several lines if `pretty`.
std::string ToJson(const google::protobuf::Message& message, bool pretty);

// Puts a request id where the type has one and none is set.
void SetRequestId(google::protobuf::Message& request, const std::string& id);

// `caller` may call the method of a server, if its certificate is good.
bool MayCall(const google::protobuf::MethodDescriptor& method, absl::string_view caller,
             absl::string_view server);

}  // namespace puente
